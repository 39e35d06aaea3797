package io.taskauth.server.upkeep;

import io.taskauth.Upkeep;
import io.taskauth.Upkeep.Swept;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskSettings;
import java.time.Duration;
import java.util.Optional;

/** Removes sessions, single-use secrets, attempts and access tokens that have ended. */
public final class Sweep implements Task {
  /** What the tasks of this package wait in. */
  static final String QUEUE = "upkeep";

  private final Upkeep upkeep;

  public Sweep(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String description() {
    return "Removes sessions, tickets, links, attempts and access tokens that have ended.";
  }

  @Override
  public String queue() {
    return QUEUE;
  }

  /** It comes again within the minute. */
  @Override
  public TaskSettings defaults() {
    return TaskSettings.STANDARD.withRetries(0);
  }

  @Override
  public Optional<Duration> every() {
    return Optional.of(Duration.ofMinutes(1));
  }

  @Override
  public Work prepare(Arguments arguments) {
    Arguments unused = arguments.only();
    return progress -> {
      progress.at(0);
      return text(upkeep.sweep(), Thread.currentThread().isInterrupted());
    };
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
