package io.taskauth.store.jdbi;

import io.taskauth.work.Claim;
import io.taskauth.work.Work;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Takes work. */
final class WorkToTake {
  /**
   * Each half by the order of an index. Both in one, with an OR, would put all that is due in its
   * order for each claim.
   */
  private static final String NEXT =
      """
      SELECT id, revision FROM (
        (SELECT id, revision, due_at, number FROM taskauth_work
         WHERE pool = :pool AND name = :name AND status = 'queued' AND due_at <= :now
         ORDER BY due_at, number LIMIT 1)
        UNION ALL
        (SELECT id, revision, due_at, number FROM taskauth_work
         WHERE pool = :pool AND name = :name AND status = 'running' AND lease_until <= :now
         ORDER BY due_at, number LIMIT 1)
      ) AS next
      ORDER BY due_at, number LIMIT 1
      """;

  private record Next(UUID id, int revision) {}

  private record Running(int ofName, int together) {}

  private WorkToTake() {}

  /** In a step that has the lock of the pool, so that nobody else takes anything of it. */
  static Optional<Work> take(Handle handle, Claim claim) {
    Running running = running(handle, claim);
    if (running.ofName() >= claim.atOnce() || running.together() >= claim.togetherAtOnce()) {
      return Optional.empty();
    }
    Optional<Next> next = next(handle, claim);
    while (next.isPresent()) {
      Optional<Work> taken = take(handle, claim, next.get());
      if (taken.isPresent()) {
        return taken;
      }
      next = next(handle, claim);
    }
    return Optional.empty();
  }

  private static Running running(Handle handle, Claim claim) {
    return handle
        .createQuery(
            """
            SELECT coalesce(sum(CASE WHEN name = :name THEN 1 ELSE 0 END), 0) AS of_name,
              count(*) AS together
            FROM taskauth_work
            WHERE pool = :pool AND status = 'running' AND lease_until > :now
              AND name IN (<together>)
            """)
        .bind("pool", claim.pool())
        .bind("name", claim.name())
        .bind("now", claim.now().toEpochMilli())
        .bindList("together", claim.together())
        .map((row, context) -> new Running(row.getInt("of_name"), row.getInt("together")))
        .one();
  }

  private static Optional<Next> next(Handle handle, Claim claim) {
    return handle
        .createQuery(NEXT)
        .bind("pool", claim.pool())
        .bind("name", claim.name())
        .bind("now", claim.now().toEpochMilli())
        .map((row, context) -> new Next(Columns.uuid(row, "id"), row.getInt("revision")))
        .findOne();
  }

  /**
   * Empty where it was cancelled, ended, removed or held on to since it was looked for: no lock
   * keeps others from that.
   */
  private static Optional<Work> take(Handle handle, Claim claim, Next next) {
    return handle
        .createQuery(
            "UPDATE taskauth_work SET status = 'running', attempts = attempts + 1,"
                + " worker = :worker, lease_until = :until, started_at = :now, progress = 0,"
                + " revision = revision + 1"
                + ByKey.where("id = :id", "revision = :revision")
                + " RETURNING "
                + WorkRows.WORK)
        .bind("worker", claim.worker())
        .bind("until", claim.until().toEpochMilli())
        .bind("now", claim.now().toEpochMilli())
        .bind("id", next.id())
        .bind("revision", next.revision())
        .map((row, context) -> WorkRows.work(row))
        .findOne();
  }
}
