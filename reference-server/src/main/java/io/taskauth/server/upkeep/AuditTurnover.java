package io.taskauth.server.upkeep;

import io.taskauth.Upkeep;
import io.taskauth.server.task.Progress;
import java.time.Duration;

/** Removes the oldest security events beyond the number that is kept. */
public final class AuditTurnover extends UpkeepTask {
  private final Upkeep upkeep;

  public AuditTurnover(Upkeep upkeep) {
    super(
        "audit-turnover",
        "Removes the oldest security events beyond the number that is kept.",
        Duration.ofMinutes(10));
    this.upkeep = upkeep;
  }

  @Override
  String work(Progress progress) {
    progress.at(0);
    int removed = upkeep.turnOverAuditLog();
    return "Removed " + Count.of(removed, "security event") + " beyond the number that is kept.\n";
  }
}
