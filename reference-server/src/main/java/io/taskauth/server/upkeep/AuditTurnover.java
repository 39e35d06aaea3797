package io.taskauth.server.upkeep;

import io.taskauth.Upkeep;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskSettings;
import java.time.Duration;
import java.util.Optional;

/** Removes the oldest security events beyond the number that is kept. */
public final class AuditTurnover implements Task {
  private final Upkeep upkeep;

  public AuditTurnover(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public String name() {
    return "audit-turnover";
  }

  @Override
  public String description() {
    return "Removes the oldest security events beyond the number that is kept.";
  }

  @Override
  public String queue() {
    return Sweep.QUEUE;
  }

  /** It comes again in ten minutes. */
  @Override
  public TaskSettings defaults() {
    return TaskSettings.STANDARD.withRetries(0);
  }

  @Override
  public Optional<Duration> every() {
    return Optional.of(Duration.ofMinutes(10));
  }

  @Override
  public Work prepare(Arguments arguments) {
    Arguments unused = arguments.only();
    return progress -> {
      progress.at(0);
      int removed = upkeep.turnOverAuditLog();
      return "Removed "
          + Count.of(removed, "security event")
          + " beyond the number that is kept.\n";
    };
  }
}
