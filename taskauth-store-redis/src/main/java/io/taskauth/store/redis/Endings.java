package io.taskauth.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/**
 * When things of one kind end and whose they are, so that they are found without looking through
 * all accounts. An entry is written before the thing, and stays until its end even if that came
 * early.
 */
final class Endings {
  /** How often one place is looked through at a time, where most of it had ended before. */
  private static final int MAX_ROUNDS = 20;

  /** Redis does nothing else while it lists them. */
  private static final int COUNTED_AT_ONCE = 500;

  private final Redis redis;
  private final Keys keys;
  private final String kind;

  Endings(Redis redis, Keys keys, String kind) {
    this.redis = redis;
    this.keys = keys;
    this.kind = kind;
  }

  /** Something of which was noted when it ends. */
  record Noted(String id, String owner) {}

  void note(String id, Instant end, String owner) {
    Object unused =
        redis.run(
            "note when something ends",
            Script.NOTE_END,
            keys.bucketOf(kind, id),
            id,
            Fields.millis(end),
            owner);
  }

  /** Whose it is, as it was noted; null where nothing is known of it. */
  @Nullable String owner(String id) {
    Step step = Step.of(Protocol.Command.HGET, keys.bucketOf(kind, id) + ":owners", id);
    return Replies.textOrNull(redis.run("find whose something is", step));
  }

  void forget(String id) {
    forget(keys.bucketOf(kind, id), Stream.of(id));
  }

  /**
   * Removes what has ended.
   *
   * @param removal the step that removes one thing if it has really ended, and answers 1 or 0
   * @return how many things were removed
   */
  int sweep(Instant now, int limit, BiFunction<Noted, Instant, Step> removal) {
    int removed = 0;
    for (int i = 0; i < Keys.BUCKETS && removed < limit; i++) {
      removed += sweep(keys.bucket(kind, i), now, limit - removed, removal);
    }
    return removed;
  }

  private int sweep(
      String bucket, Instant now, int limit, BiFunction<Noted, Instant, Step> removal) {
    int removed = 0;
    for (int round = 0; round < MAX_ROUNDS && removed < limit; round++) {
      List<Noted> ended = ended(bucket, now, limit - removed);
      if (ended.isEmpty()) {
        return removed;
      }
      List<Step> steps = ended.stream().map(each -> removal.apply(each, now)).toList();
      for (Object answer : redis.runAll("sweep", steps)) {
        removed += (int) Replies.number(answer);
      }
      forget(bucket, ended.stream().map(Noted::id));
    }
    return removed;
  }

  private List<Noted> ended(String bucket, Instant now, int limit) {
    return noted(
        redis.run(
            "list what has ended",
            Script.LIST_ENDED,
            bucket,
            Fields.millis(now),
            String.valueOf(limit)));
  }

  /** Ids and owners in turn. */
  private static List<Noted> noted(@Nullable Object reply) {
    List<String> flat = Replies.texts(reply);
    List<Noted> noted = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      noted.add(new Noted(flat.get(i), flat.get(i + 1)));
    }
    return noted;
  }

  /**
   * How many things have not come to their end. An entry outlives what ended early, so each thing
   * is looked at, so many at a time: exact but for what happens meanwhile.
   *
   * @param look the step that answers 1 where the thing is there, or 0
   */
  long count(Instant now, Function<Noted, Step> look) {
    long count = 0;
    for (int i = 0; i < Keys.BUCKETS; i++) {
      count += count(keys.bucket(kind, i), now, look);
    }
    return count;
  }

  private long count(String bucket, Instant now, Function<Noted, Step> look) {
    long count = 0;
    int seen = 0;
    List<Noted> page;
    do {
      page = running(bucket, now, seen);
      for (Object answer : redis.runAll("count", page.stream().map(look).toList())) {
        count += Replies.number(answer);
      }
      seen += page.size();
    } while (page.size() == COUNTED_AT_ONCE);
    return count;
  }

  private List<Noted> running(String bucket, Instant now, int after) {
    return noted(
        redis.run(
            "list what has not ended",
            Script.LIST_RUNNING,
            bucket,
            Fields.millis(now),
            String.valueOf(after),
            String.valueOf(COUNTED_AT_ONCE)));
  }

  private void forget(String bucket, Stream<String> ids) {
    Object unused =
        redis.run("forget what has ended", Step.of(Script.FORGET_ENDS, bucket, ids.toList()));
  }
}
