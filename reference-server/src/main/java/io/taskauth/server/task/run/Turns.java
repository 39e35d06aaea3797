package io.taskauth.server.task.run;

import io.taskauth.server.task.Rate;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskCatalog;
import io.taskauth.server.task.TaskSettings;
import io.taskauth.server.task.settings.QueueSettings;
import io.taskauth.server.task.settings.TaskOverrides;
import io.taskauth.work.Claim;
import io.taskauth.work.Lane;
import io.taskauth.work.Work;
import io.taskauth.work.WorkStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: of the tasks that have something due, are not paused and have not reached their
 * limits, the one with the highest priority, and of several such the one that has been due for
 * longest. For one thread.
 */
final class Turns {
  /** A run that is this node's from now on. */
  record Taken(Work work, Task task, TaskSettings settings, Instant until) {}

  private record Turn(Task task, Lane lane, TaskSettings settings, QueueSettings queue) {
    boolean isPaused() {
      return settings.paused() || queue.paused();
    }

    /** Whether what keeps it may be its own limit, and not that of its queue. */
    boolean isAtItsOwnLimit() {
      Integer most = settings.maxConcurrent();
      return settings.rateLimit() != null || (most != null && lane.running() >= most);
    }

    Instant due() {
      return Objects.requireNonNull(lane.next());
    }
  }

  private static final Comparator<Turn> ORDER =
      Comparator.<Turn>comparingInt(turn -> -turn.settings().priority()).thenComparing(Turn::due);

  private final TaskCatalog catalog;
  private final TaskOverrides overrides;
  private final WorkStore store;
  private final RateLimits rates;
  private final String worker;
  private @Nullable Instant nextDue;

  Turns(
      TaskCatalog catalog,
      TaskOverrides overrides,
      WorkStore store,
      RateLimits rates,
      String worker) {
    this.catalog = catalog;
    this.overrides = overrides;
    this.store = store;
    this.rates = rates;
    this.worker = worker;
  }

  /** Takes one run; empty where there is none to be had. */
  Optional<Taken> take(Instant now) {
    List<Lane> lanes = store.lanes(TaskRunner.POOL);
    nextDue =
        lanes.stream()
            .map(Lane::next)
            .filter(next -> next != null && next.isAfter(now))
            .min(Comparator.naturalOrder())
            .orElse(null);
    List<Turn> turns =
        lanes.stream()
            .filter(lane -> lane.next() != null && !lane.next().isAfter(now))
            .flatMap(this::turn)
            .filter(turn -> !turn.isPaused())
            .sorted(ORDER)
            .toList();
    Set<String> full = new HashSet<>();
    for (Turn turn : turns) {
      String queue = turn.task().queue();
      Optional<Taken> taken = full.contains(queue) ? Optional.empty() : claim(turn, now);
      if (taken.isPresent()) {
        return taken;
      }
      if (turn.queue().maxConcurrent() != null && !turn.isAtItsOwnLimit()) {
        // Room that there is a moment later belongs to whoever comes first, not to the next one.
        full.add(queue);
      }
    }
    return Optional.empty();
  }

  /** What another version of this server has left is for that one. */
  private Stream<Turn> turn(Lane lane) {
    return catalog.find(lane.name()).stream()
        .map(
            task ->
                new Turn(task, lane, overrides.effective(task), overrides.effective(task.queue())));
  }

  private Optional<Taken> claim(Turn turn, Instant now) {
    RateLimits.Counted counted = rates.count(limits(turn), now);
    if (counted == null) {
      return Optional.empty();
    }
    Instant until = now.plus(Heartbeat.LEASE);
    Optional<Work> work =
        store.claim(
            new Claim(
                TaskRunner.POOL,
                turn.task().name(),
                limit(turn.settings().maxConcurrent()),
                catalog.inQueue(turn.task().queue()),
                limit(turn.queue().maxConcurrent()),
                worker,
                now,
                until));
    if (work.isEmpty()) {
      rates.giveBack(counted);
    }
    return work.map(taken -> new Taken(taken, turn.task(), turn.settings(), until));
  }

  private static Map<String, Rate> limits(Turn turn) {
    Map<String, Rate> limits = new LinkedHashMap<>();
    Rate task = turn.settings().rateLimit();
    if (task != null) {
      limits.put("task-rate:" + turn.task().name(), task);
    }
    Rate queue = turn.queue().rateLimit();
    if (queue != null) {
      limits.put("queue-rate:" + turn.task().queue(), queue);
    }
    return limits;
  }

  private static int limit(@Nullable Integer limit) {
    return limit == null ? Integer.MAX_VALUE : limit;
  }

  /** When there may be one to be had that is not now; null where nobody knows. */
  @Nullable Instant next(Instant now) {
    return Stream.of(Optional.ofNullable(nextDue), Optional.ofNullable(rates.nextRoom(now)))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
