package io.taskauth.server.task;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task as it is at a moment. Immutable; what happens next is a new value.
 *
 * @param number counts the runs of this process: the order in which they were asked for
 * @param startedBy the name of whoever asked for it
 * @param revision grows with every change, so that whoever hears two knows the later one
 * @param progress 0 to 1
 * @param cancelRequested whether somebody has asked a running one to end
 * @param result what came of it, once it has succeeded
 * @param error what went wrong, as a sentence, once it has failed
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
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String result,
    @Nullable String error) {
  /** Smaller steps are not worth telling everybody. */
  private static final double STEP = 0.01;

  static Run queued(UUID id, long number, String task, String startedBy, Instant now) {
    return new Run(
        id, number, task, startedBy, RunStatus.QUEUED, 0, 0, false, now, null, null, null, null);
  }

  Run started(Instant now) {
    return status == RunStatus.QUEUED ? next(RunStatus.RUNNING, 0, false, now, null) : this;
  }

  Run at(double fraction) {
    boolean further = fraction >= progress + STEP && fraction <= 1;
    return status == RunStatus.RUNNING && further
        ? next(status, fraction, cancelRequested, startedAt, null)
        : this;
  }

  /** One that waits ends at once; one that runs is asked to. */
  Run cancelled(Instant now) {
    if (status == RunStatus.QUEUED) {
      return next(RunStatus.CANCELLED, progress, true, startedAt, now);
    }
    return status == RunStatus.RUNNING && !cancelRequested
        ? next(status, progress, true, startedAt, null)
        : this;
  }

  /** A running one that has done as it was asked. */
  Run stopped(Instant now) {
    return next(RunStatus.CANCELLED, progress, true, startedAt, now);
  }

  Run succeeded(Instant now, String text) {
    return next(RunStatus.SUCCEEDED, 1, cancelRequested, startedAt, now).with(text, null);
  }

  Run failed(Instant now, String sentence) {
    return next(RunStatus.FAILED, progress, cancelRequested, startedAt, now).with(null, sentence);
  }

  private Run next(
      RunStatus newStatus,
      double newProgress,
      boolean cancel,
      @Nullable Instant started,
      @Nullable Instant finished) {
    return new Run(
        id,
        number,
        task,
        startedBy,
        newStatus,
        revision + 1,
        newProgress,
        cancel,
        createdAt,
        started,
        finished,
        result,
        error);
  }

  private Run with(@Nullable String newResult, @Nullable String newError) {
    return new Run(
        id,
        number,
        task,
        startedBy,
        status,
        revision,
        progress,
        cancelRequested,
        createdAt,
        startedAt,
        finishedAt,
        newResult,
        newError);
  }
}
