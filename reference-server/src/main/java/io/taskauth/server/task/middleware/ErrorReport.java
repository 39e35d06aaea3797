package io.taskauth.server.task.middleware;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log why an attempt failed, and on the run with what. */
final class ErrorReport implements Middleware {
  private static final Logger log = LoggerFactory.getLogger(ErrorReport.class);

  @Override
  public String name() {
    return "error-report";
  }

  @Override
  public Outcome around(Attempt attempt, Next next) {
    Outcome outcome = next.run(attempt);
    if (!(outcome instanceof Outcome.Failed failed)) {
      return outcome;
    }
    Throwable cause = failed.cause();
    log.warn(
        "attempt {} of run {} of {} failed: {} (arguments: {})",
        attempt.number(),
        attempt.run(),
        attempt.task(),
        failed.note(),
        attempt.arguments(),
        cause);
    return cause == null ? failed : failed.withNote(note(cause));
  }

  /** The message may name hosts and files; it is in the log, for those who may read that. */
  private static String note(Throwable cause) {
    return "It failed with " + kind(cause.getClass()) + "; the server's log says why.";
  }

  private static String kind(@Nullable Class<?> type) {
    String name = type == null ? "" : type.getSimpleName();
    return name.isEmpty() ? "an error" : name;
  }
}
