package io.taskauth.store.redis;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.Change;
import io.taskauth.work.Claim;
import io.taskauth.work.Lane;
import io.taskauth.work.NewWork;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import io.taskauth.work.WorkStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/**
 * Work, all in one slot: whoever has an id need not know the pool. What {@link #trim} and {@link
 * #remove} take away goes in several steps, so that they keep nobody waiting for long, and so does
 * what is read by its label, of which there is no list.
 */
final class RedisWork implements WorkStore {
  /** How many one step removes. */
  private static final int BATCH = 200;

  /** How many labels one step looks at. */
  private static final int WINDOW = 1000;

  /** How often one page may go on looking; after that it is a short page. */
  private static final int MAX_ROUNDS = 10;

  private final Redis redis;
  private final Keys keys;
  private final Changes changes;

  RedisWork(Redis redis, Keys keys, Changes changes) {
    this.redis = redis;
    this.keys = keys;
    this.changes = changes;
  }

  @Override
  public Set<UUID> add(List<NewWork> more, int atMostWaiting) {
    if (more.isEmpty()) {
      return Set.of();
    }
    String origin = changes.origin();
    List<String> arguments = new ArrayList<>();
    Collections.addAll(arguments, keys.channel(), origin, String.valueOf(atMostWaiting));
    for (NewWork work : more) {
      Collections.addAll(
          arguments,
          work.id().toString(),
          work.pool(),
          work.name(),
          work.label(),
          Fields.millis(work.createdAt()),
          Fields.millis(work.dueAt()),
          work.input());
    }
    Object answer = redis.run("add work", Step.of(Script.ADD_WORK, keys.work(), arguments));
    Set<UUID> added = new LinkedHashSet<>();
    List<Change> told = new ArrayList<>();
    for (@Nullable Object place : Replies.list(answer)) {
      NewWork work = more.get((int) Replies.number(place));
      added.add(work.id());
      told.add(new Change.OfWork(work.pool(), work.id()));
    }
    changes.made(origin, told);
    return added;
  }

  @Override
  public Optional<Work> claim(Claim claim) {
    String origin = changes.origin();
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments,
        keys.channel(),
        origin,
        claim.pool(),
        claim.name(),
        String.valueOf(claim.atOnce()),
        String.valueOf(claim.togetherAtOnce()),
        claim.worker(),
        Fields.millis(claim.now()),
        Fields.millis(claim.until()));
    arguments.addAll(claim.together());
    Fields row =
        Replies.fields(redis.run("claim work", Step.of(Script.CLAIM_WORK, keys.work(), arguments)));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Work work = WorkRow.work(row);
    changes.made(origin, new Change.OfWork(claim.pool(), work.item().id()));
    return Optional.of(work);
  }

  @Override
  public Hold hold(UUID id, String worker, int attempt, Instant until, double progress) {
    String origin = changes.origin();
    List<String> answer =
        Replies.texts(
            redis.run(
                "hold work",
                Script.HOLD_WORK,
                keys.work(),
                keys.channel(),
                origin,
                id.toString(),
                worker,
                String.valueOf(attempt),
                Fields.millis(until),
                progress < 0 ? "" : String.valueOf(progress)));
    if (answer.size() > 1) {
      changes.made(origin, new Change.OfWork(answer.get(1), id));
    }
    return Hold.valueOf(answer.get(0));
  }

  @Override
  public boolean settle(UUID id, String worker, int attempt, Settlement settlement) {
    String origin = changes.origin();
    String pool =
        Replies.textOrNull(
            redis.run(
                "settle work",
                Script.SETTLE_WORK,
                keys.work(),
                keys.channel(),
                origin,
                id.toString(),
                worker,
                String.valueOf(attempt),
                settlement.status().code(),
                Fields.millis(settlement.at()),
                Fields.millis(settlement.dueAt()),
                given(settlement.note()),
                given(settlement.output())));
    if (pool == null) {
      return false;
    }
    changes.made(origin, new Change.OfWork(pool, id));
    return true;
  }

  @Override
  public Optional<WorkItem> cancel(UUID id, Instant now) {
    String origin = changes.origin();
    List<@Nullable Object> answer =
        Replies.list(
            redis.run(
                "cancel work",
                Script.CANCEL_WORK,
                keys.work(),
                keys.channel(),
                origin,
                id.toString(),
                Fields.millis(now)));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    WorkItem item = WorkRow.item(Replies.fields(answer.get(1)));
    if (Replies.number(answer.get(0)) == 1) {
      changes.made(origin, new Change.OfWork(item.pool(), id));
    }
    return Optional.of(item);
  }

  @Override
  public Optional<Work> find(UUID id) {
    Step step = Step.of(Protocol.Command.HGETALL, keys.work(id));
    Fields row = Replies.fields(redis.run("find work", step));
    return row.isEmpty() ? Optional.empty() : Optional.of(WorkRow.work(row));
  }

  @Override
  public Page<WorkItem> newest(WorkFilter filter, PageRequest page) {
    String before = String.valueOf(page.before());
    List<WorkItem> found = new ArrayList<>();
    for (int round = 1; ; round++) {
      List<@Nullable Object> answer = window(filter, before, page.limit() + 1 - found.size());
      Replies.list(answer.get(1)).stream()
          .map(row -> WorkRow.item(Replies.fields(row)))
          .forEach(found::add);
      before = Replies.text(answer.get(0));
      if (found.size() > page.limit() || before.isEmpty()) {
        return Pages.of(found, page.limit(), items -> items, last -> String.valueOf(last.number()));
      }
      if (round == MAX_ROUNDS) {
        return new Page<>(found, before);
      }
    }
  }

  private List<@Nullable Object> window(WorkFilter filter, String before, int limit) {
    List<String> arguments = wanted(filter);
    Collections.addAll(arguments, "(" + before, String.valueOf(limit), String.valueOf(WINDOW));
    return Replies.list(redis.run("list work", Step.of(Script.PAGE_WORK, keys.work(), arguments)));
  }

  @Override
  public long count(WorkFilter filter) {
    long count = 0;
    String before = "+inf";
    while (true) {
      List<String> arguments = wanted(filter);
      Collections.addAll(arguments, before, String.valueOf(WINDOW));
      List<@Nullable Object> answer =
          Replies.list(redis.run("count work", Step.of(Script.COUNT_WORK, keys.work(), arguments)));
      count += Replies.number(answer.get(0));
      String further = Replies.text(answer.get(1));
      if (further.isEmpty()) {
        return count;
      }
      before = "(" + further;
    }
  }

  private static List<String> wanted(WorkFilter filter) {
    WorkStatus status = filter.status();
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments,
        filter.pool(),
        given(filter.name()),
        status == null ? "all" : status.code(),
        given(filter.label()));
    return arguments;
  }

  /** Any text may be given, also the empty one, which is not the same as none. */
  private static String given(@Nullable String text) {
    return text == null ? "" : "=" + text;
  }

  @Override
  public List<Lane> lanes(String pool) {
    return Replies.list(redis.run("list lanes of work", Script.LIST_LANES, keys.work(), pool))
        .stream()
        .map(row -> lane(Replies.texts(row)))
        .sorted(Comparator.comparing(Lane::name))
        .toList();
  }

  private static Lane lane(List<String> row) {
    String next = row.get(3);
    return new Lane(
        row.get(0),
        Long.parseLong(row.get(1)),
        Long.parseLong(row.get(2)),
        next.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(next)));
  }

  @Override
  public int trim(String pool, int keep, int limit) {
    int removed = 0;
    while (removed < limit) {
      int most = Math.min(BATCH, limit - removed);
      Object some =
          redis.run(
              "trim work",
              Script.TRIM_WORK,
              keys.work(),
              pool,
              String.valueOf(keep),
              String.valueOf(most));
      removed += (int) Replies.number(some);
      if (Replies.number(some) < most) {
        return removed;
      }
    }
    return removed;
  }

  @Override
  public int remove(String pool, String name) {
    int removed = 0;
    while (true) {
      Object some =
          redis.run(
              "remove work", Script.REMOVE_WORK, keys.work(), pool, name, String.valueOf(BATCH));
      removed += (int) Replies.number(some);
      if (Replies.number(some) < BATCH) {
        return removed;
      }
    }
  }
}
