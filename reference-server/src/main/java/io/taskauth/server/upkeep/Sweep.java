package io.taskauth.server.upkeep;

import io.taskauth.Upkeep;
import io.taskauth.Upkeep.Swept;
import io.taskauth.server.task.Progress;
import java.time.Duration;

/** Removes sessions, single-use secrets, attempts and access tokens that have ended. */
public final class Sweep extends UpkeepTask {
  private final Upkeep upkeep;

  public Sweep(Upkeep upkeep) {
    super(
        "sweep",
        "Removes sessions, tickets, links, attempts and access tokens that have ended.",
        Duration.ofMinutes(1));
    this.upkeep = upkeep;
  }

  @Override
  String work(Progress progress) {
    progress.at(0);
    return text(upkeep.sweep(), Thread.currentThread().isInterrupted());
  }

  private static String text(Swept swept, boolean stopped) {
    return "Removed "
        + Count.of(swept.sessions(), "session")
        + ", "
        + Count.of(swept.secrets(), "single-use secret")
        + ", "
        + Count.of(swept.attempts(), "count of attempts", "counts of attempts")
        + " and "
        + Count.of(swept.accessTokens(), "access token")
        + (stopped ? "; stopped before the end.\n" : " that had ended.\n");
  }
}
