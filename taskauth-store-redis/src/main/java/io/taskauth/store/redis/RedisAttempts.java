package io.taskauth.store.redis;

import io.taskauth.internal.Hashes;
import io.taskauth.login.AttemptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Attempts, spread over several slots. Their keys are hashed: people type passwords as names. */
final class RedisAttempts implements AttemptStore {
  private final Redis redis;
  private final Keys keys;

  RedisAttempts(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  @Override
  public Map<String, Attempts> count(Collection<String> counted, Duration window, Instant now) {
    List<String> inOrder = List.copyOf(counted);
    List<@Nullable Object> replies =
        redis.runAll(
            "count attempts",
            inOrder.stream()
                .map(
                    key ->
                        step(
                            Script.COUNT_ATTEMPT,
                            key,
                            Fields.millis(now),
                            Fields.millis(now.plus(window))))
                .toList());
    Map<String, Attempts> counts = new HashMap<>();
    for (int i = 0; i < inOrder.size(); i++) {
      List<@Nullable Object> answer = Replies.list(replies.get(i));
      counts.put(
          inOrder.get(i),
          new Attempts(
              (int) Replies.number(answer.get(0)),
              Instant.ofEpochMilli(Replies.number(answer.get(1)))));
    }
    return counts;
  }

  @Override
  public void release(Collection<String> refund, Collection<String> forget) {
    List<Step> steps =
        Stream.concat(
                refund.stream().map(key -> step(Script.RELEASE_ATTEMPTS, key, "refund")),
                forget.stream().map(key -> step(Script.RELEASE_ATTEMPTS, key, "forget")))
            .toList();
    List<@Nullable Object> unused = redis.runAll("release attempts", steps);
  }

  private Step step(Script script, String key, String... arguments) {
    String hash = Hashes.sha256Hex(key);
    return Step.of(
        script,
        keys.bucketOf("attempts", hash),
        Stream.concat(Stream.of(hash), Stream.of(arguments)).toList());
  }

  @Override
  public int sweep(Instant now, int limit) {
    int removed = 0;
    for (int i = 0; i < Keys.BUCKETS && removed < limit; i++) {
      Object swept =
          redis.run(
              "sweep attempts",
              Script.SWEEP_ATTEMPTS,
              keys.bucket("attempts", i),
              Fields.millis(now),
              String.valueOf(limit - removed));
      removed += (int) Replies.number(swept);
    }
    return removed;
  }
}
