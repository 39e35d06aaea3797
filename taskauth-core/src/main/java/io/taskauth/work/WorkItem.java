package io.taskauth.work;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work as it is at a moment, without what it is done with and what came of it, which may
 * be long (see {@link Work}). Immutable.
 *
 * @param number grows in the order in which the store was given them
 * @param pool whose work it is: those who work one pool do not see another
 * @param name what it is grouped and limited by, for instance the name of a task
 * @param label what else lists are filtered by; may be empty
 * @param dueAt not to be taken earlier
 * @param attempts how often it was taken; names the attempt of whoever has it
 * @param worker who has it, null while nobody does
 * @param leaseUntil until when it is theirs: past that, others may take it
 * @param startedAt when it was last taken
 * @param progress of the last attempt, 0 to 1
 * @param cancelRequested whether somebody has asked a running one to end
 * @param revision grows with every change, so that whoever sees two knows the later one
 * @param note a few words on what came of it so far, for lists
 */
public record WorkItem(
    UUID id,
    long number,
    String pool,
    String name,
    String label,
    WorkStatus status,
    Instant createdAt,
    Instant dueAt,
    int attempts,
    @Nullable String worker,
    @Nullable Instant leaseUntil,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    double progress,
    boolean cancelRequested,
    int revision,
    @Nullable String note) {

  /** Whether it may be taken now: it waits and is due, or whoever had it has not been heard of. */
  public boolean isTakeable(Instant now) {
    return status == WorkStatus.QUEUED ? !dueAt.isAfter(now) : isAbandoned(now);
  }

  /** Whether somebody took it and did not come back in time. */
  public boolean isAbandoned(Instant now) {
    return status == WorkStatus.RUNNING && leaseUntil != null && !leaseUntil.isAfter(now);
  }

  /** Whether that attempt of that worker is the one under way. */
  public boolean isHeldBy(String other, int attempt) {
    return status == WorkStatus.RUNNING && other.equals(worker) && attempts == attempt;
  }
}
