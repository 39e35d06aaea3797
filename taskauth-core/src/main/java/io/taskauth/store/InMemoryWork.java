package io.taskauth.store;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Work in the memory of the process. */
final class InMemoryWork implements WorkStore {
  private final TreeMap<Long, Work> byNumber = new TreeMap<>();
  private final Map<UUID, Long> numbers = new HashMap<>();
  private final LocalChangeFeed feed;
  private long nextNumber = 1;

  InMemoryWork(LocalChangeFeed feed) {
    this.feed = feed;
  }

  @Override
  public Set<UUID> add(List<NewWork> more, int atMostWaiting) {
    List<WorkItem> added = new ArrayList<>();
    synchronized (this) {
      // Counted once for each name: a long list would otherwise be looked through for each item.
      Map<List<String>, Long> waiting = new HashMap<>();
      for (NewWork work : more) {
        List<String> lane = List.of(work.pool(), work.name());
        long before = waiting.computeIfAbsent(lane, same -> waiting(work.pool(), work.name()));
        if (!numbers.containsKey(work.id()) && before < atMostWaiting) {
          WorkItem item = queued(work, nextNumber++);
          put(new Work(item, work.input(), null));
          added.add(item);
          waiting.put(lane, before + 1);
        }
      }
    }
    added.forEach(this::tell);
    Set<UUID> ids = new LinkedHashSet<>();
    added.forEach(item -> ids.add(item.id()));
    return ids;
  }

  private static WorkItem queued(NewWork work, long number) {
    return new WorkItem(
        work.id(),
        number,
        work.pool(),
        work.name(),
        work.label(),
        WorkStatus.QUEUED,
        work.createdAt(),
        work.dueAt(),
        0,
        null,
        null,
        null,
        null,
        0,
        false,
        0,
        null);
  }

  private long waiting(String pool, String name) {
    return items().filter(new WorkFilter(pool, name, null, WorkStatus.QUEUED)::matches).count();
  }

  @Override
  public Optional<Work> claim(Claim claim) {
    Optional<Work> taken = take(claim);
    taken.map(Work::item).ifPresent(this::tell);
    return taken;
  }

  private synchronized Optional<Work> take(Claim claim) {
    if (running(claim, claim.name()::equals) >= claim.atOnce()
        || running(claim, claim.together()::contains) >= claim.togetherAtOnce()) {
      return Optional.empty();
    }
    Optional<Work> found =
        byNumber.values().stream()
            .filter(work -> WorkFilter.of(claim.pool(), claim.name()).matches(work.item()))
            .filter(work -> work.item().isTakeable(claim.now()))
            .min(
                Comparator.<Work, Instant>comparing(work -> work.item().dueAt())
                    .thenComparing(work -> work.item().number()));
    return found.map(work -> put(new Work(taken(work.item(), claim), work.input(), work.output())));
  }

  private long running(Claim claim, Predicate<String> name) {
    return items()
        .filter(item -> item.pool().equals(claim.pool()) && name.test(item.name()))
        .filter(item -> item.status() == WorkStatus.RUNNING && !item.isAbandoned(claim.now()))
        .count();
  }

  private static WorkItem taken(WorkItem item, Claim claim) {
    return with(
        item,
        WorkStatus.RUNNING,
        item.dueAt(),
        item.attempts() + 1,
        claim.worker(),
        claim.until(),
        claim.now(),
        null,
        0,
        item.cancelRequested(),
        item.note());
  }

  @Override
  public Hold hold(UUID id, String worker, int attempt, Instant until, double progress) {
    WorkItem before;
    WorkItem after;
    synchronized (this) {
      Work work = held(id, worker, attempt);
      if (work == null) {
        return Hold.LOST;
      }
      before = work.item();
      double further = progress < 0 ? before.progress() : progress;
      after =
          with(
              before,
              before.status(),
              before.dueAt(),
              attempt,
              worker,
              until,
              before.startedAt(),
              null,
              further,
              before.cancelRequested(),
              before.note());
      put(new Work(after, work.input(), work.output()));
    }
    if (before.progress() != after.progress()) {
      tell(after);
    }
    return after.cancelRequested() ? Hold.CANCEL_REQUESTED : Hold.HELD;
  }

  @Override
  public boolean settle(UUID id, String worker, int attempt, Settlement settlement) {
    Work after;
    synchronized (this) {
      Work work = held(id, worker, attempt);
      if (work == null) {
        return false;
      }
      String output = settlement.output() == null ? work.output() : settlement.output();
      after = put(new Work(settled(work.item(), settlement), work.input(), output));
    }
    tell(after.item());
    return true;
  }

  private static WorkItem settled(WorkItem item, Settlement settlement) {
    boolean again = settlement.status() == WorkStatus.QUEUED;
    WorkStatus status =
        again && item.cancelRequested() ? WorkStatus.CANCELLED : settlement.status();
    return with(
        item,
        status,
        status == WorkStatus.QUEUED ? settlement.dueAt() : item.dueAt(),
        item.attempts(),
        null,
        null,
        item.startedAt(),
        status.isFinished() ? settlement.at() : null,
        status == WorkStatus.SUCCEEDED ? 1 : status == WorkStatus.QUEUED ? 0 : item.progress(),
        item.cancelRequested(),
        settlement.note());
  }

  private @Nullable Work held(UUID id, String worker, int attempt) {
    Long number = numbers.get(id);
    Work work = number == null ? null : byNumber.get(number);
    return work != null && work.item().isHeldBy(worker, attempt) ? work : null;
  }

  @Override
  public Optional<WorkItem> cancel(UUID id, Instant now) {
    WorkItem before;
    WorkItem after;
    synchronized (this) {
      Work work = find(id).orElse(null);
      if (work == null) {
        return Optional.empty();
      }
      before = work.item();
      after = cancelled(before, now);
      put(new Work(after, work.input(), work.output()));
    }
    if (!after.equals(before)) {
      tell(after);
    }
    return Optional.of(after);
  }

  private static WorkItem cancelled(WorkItem item, Instant now) {
    if (item.status().isFinished() || item.cancelRequested()) {
      return item;
    }
    boolean waits = item.status() == WorkStatus.QUEUED;
    return with(
        item,
        waits ? WorkStatus.CANCELLED : item.status(),
        item.dueAt(),
        item.attempts(),
        item.worker(),
        item.leaseUntil(),
        item.startedAt(),
        waits ? now : null,
        item.progress(),
        true,
        item.note());
  }

  private static WorkItem with(
      WorkItem item,
      WorkStatus status,
      Instant dueAt,
      int attempts,
      @Nullable String worker,
      @Nullable Instant leaseUntil,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      double progress,
      boolean cancelRequested,
      @Nullable String note) {
    return new WorkItem(
        item.id(),
        item.number(),
        item.pool(),
        item.name(),
        item.label(),
        status,
        item.createdAt(),
        dueAt,
        attempts,
        worker,
        leaseUntil,
        startedAt,
        finishedAt,
        progress,
        cancelRequested,
        item.revision() + 1,
        note);
  }

  @Override
  public synchronized Optional<Work> find(UUID id) {
    return Optional.ofNullable(numbers.get(id)).map(byNumber::get);
  }

  @Override
  public synchronized Page<WorkItem> newest(WorkFilter filter, PageRequest page) {
    return Pages.of(
        byNumber.headMap(page.before(), false).descendingMap().values().stream()
            .map(Work::item)
            .filter(filter::matches),
        page.limit(),
        item -> item,
        item -> String.valueOf(item.number()));
  }

  @Override
  public synchronized long count(WorkFilter filter) {
    return items().filter(filter::matches).count();
  }

  @Override
  public synchronized List<Lane> lanes(String pool) {
    Map<String, Lane> lanes = new TreeMap<>();
    items()
        .filter(item -> item.pool().equals(pool) && !item.status().isFinished())
        .forEach(item -> lanes.merge(item.name(), lane(item), InMemoryWork::sum));
    return List.copyOf(lanes.values());
  }

  private static Lane lane(WorkItem item) {
    boolean waits = item.status() == WorkStatus.QUEUED;
    return new Lane(
        item.name(), waits ? 1 : 0, waits ? 0 : 1, waits ? item.dueAt() : item.leaseUntil());
  }

  private static Lane sum(Lane one, Lane other) {
    Instant next =
        Stream.of(Optional.ofNullable(one.next()), Optional.ofNullable(other.next()))
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new Lane(
        one.name(), one.waiting() + other.waiting(), one.running() + other.running(), next);
  }

  @Override
  public synchronized int trim(String pool, int keep, int limit) {
    Map<String, Integer> kept = new HashMap<>();
    List<WorkItem> tooMany = new ArrayList<>();
    for (Work work : byNumber.descendingMap().values()) {
      WorkItem item = work.item();
      if (item.pool().equals(pool)
          && item.status().isFinished()
          && kept.merge(item.name(), 1, Integer::sum) > keep) {
        tooMany.add(item);
      }
    }
    List<WorkItem> oldest = tooMany.subList(Math.max(0, tooMany.size() - limit), tooMany.size());
    oldest.forEach(this::forget);
    return oldest.size();
  }

  @Override
  public synchronized int remove(String pool, String name) {
    List<WorkItem> all = items().filter(WorkFilter.of(pool, name)::matches).toList();
    all.forEach(this::forget);
    return all.size();
  }

  private Stream<WorkItem> items() {
    return byNumber.values().stream().map(Work::item);
  }

  private Work put(Work work) {
    byNumber.put(work.item().number(), work);
    numbers.put(work.item().id(), work.item().number());
    return work;
  }

  private void forget(WorkItem item) {
    byNumber.remove(item.number());
    numbers.remove(item.id());
  }

  private void tell(WorkItem item) {
    feed.publish(new Change.OfWork(item.pool(), item.id()));
  }
}
