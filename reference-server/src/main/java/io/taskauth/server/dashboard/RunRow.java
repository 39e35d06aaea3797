package io.taskauth.server.dashboard;

import io.taskauth.server.task.run.Run;
import io.taskauth.server.task.run.RunStatus;

/**
 * A run in the list of runs.
 *
 * @param percent how far it is, 0 to 100
 * @param error what went wrong, or nothing
 */
public record RunRow(
    String id,
    String task,
    String status,
    int percent,
    boolean finished,
    boolean succeeded,
    boolean bad,
    String startedBy,
    Moment at,
    String error) {
  /** What scripts copy and fill in. */
  public static final RunRow EMPTY =
      new RunRow("", "", "", 0, false, false, false, "", Moment.NONE, "");

  static RunRow of(Run run) {
    String error = run.error();
    return new RunRow(
        run.id().toString(),
        run.task(),
        run.status().code(),
        (int) (run.progress() * 100),
        run.status().isFinished(),
        run.status() == RunStatus.SUCCEEDED,
        run.status() == RunStatus.FAILED,
        run.startedBy(),
        Moment.of(run.createdAt()),
        error == null ? "" : error);
  }
}
