package io.taskauth.server.task.run;

import io.taskauth.work.WorkItem;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task as it is at a moment. Immutable.
 *
 * @param number the order in which runs were asked for, on all nodes together
 * @param startedBy the name of whoever asked for it
 * @param revision grows with every change, so that whoever hears two knows the later one
 * @param progress of the last attempt, 0 to 1
 * @param cancelRequested whether somebody has asked a running one to end
 * @param attempts how often it was begun
 * @param startedAt when it was last begun
 * @param nextAttemptAt while it waits: not to be begun earlier
 * @param error what went wrong with the last attempt, as a sentence
 */
public record Run(
    UUID id,
    long number,
    String task,
    String startedBy,
    RunStatus status,
    int revision,
    double progress,
    boolean cancelRequested,
    int attempts,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant nextAttemptAt,
    @Nullable String error) {

  static Run of(WorkItem item) {
    RunStatus status = RunStatus.of(item.status());
    return new Run(
        item.id(),
        item.number(),
        item.name(),
        item.label(),
        status,
        item.revision(),
        item.progress(),
        item.cancelRequested(),
        item.attempts(),
        item.createdAt(),
        item.startedAt(),
        item.finishedAt(),
        status == RunStatus.QUEUED ? item.dueAt() : null,
        item.note());
  }
}
