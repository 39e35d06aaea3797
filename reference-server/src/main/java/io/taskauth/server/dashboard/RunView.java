package io.taskauth.server.dashboard;

import io.taskauth.server.task.run.Run;
import io.taskauth.server.task.run.RunDetails;
import io.taskauth.server.web.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a run shows.
 *
 * @param arguments as JSON, or nothing
 * @param result its beginning, or nothing
 * @param cut whether there is more in the download
 * @param hidden whether there is a result that this person must not read
 */
public record RunView(
    RunRow run,
    int attempts,
    Moment created,
    Moment started,
    Moment finished,
    Moment next,
    boolean cancelling,
    String arguments,
    String result,
    boolean cut,
    boolean hidden,
    boolean cancellable) {
  /** A page stays small. */
  private static final int SHOWN = 16 * 1024;

  static RunView of(RunDetails details, boolean mayRead, boolean operator) {
    Run run = details.run();
    String result = details.result();
    String shown = mayRead && result != null ? result : "";
    return new RunView(
        RunRow.of(run),
        run.attempts(),
        Moment.of(run.createdAt()),
        moment(run.startedAt()),
        moment(run.finishedAt()),
        run.attempts() > 0 ? moment(run.nextAttemptAt()) : Moment.NONE,
        run.cancelRequested() && !run.status().isFinished(),
        mayRead && details.arguments() != null ? Json.text(details.arguments()) : "",
        shown.substring(0, shown.offsetByCodePoints(0, Math.min(SHOWN, count(shown)))),
        count(shown) > SHOWN,
        !mayRead && result != null,
        operator && !run.status().isFinished() && !run.cancelRequested());
  }

  private static int count(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Moment moment(@Nullable Instant instant) {
    return instant == null ? Moment.NONE : Moment.of(instant);
  }
}
