package io.taskauth.store.jdbi;

import static java.util.stream.Collectors.toCollection;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.Change;
import io.taskauth.work.Claim;
import io.taskauth.work.Lane;
import io.taskauth.work.NewWork;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import io.taskauth.work.WorkStore;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Whoever adds or takes work has the lock of its pool, because they count first. All else is one
 * statement about one row, which says itself under which conditions it holds.
 */
final class SqlWork implements WorkStore {
  private static final String HELD =
      ByKey.where("id = :id", "(status = 'running' AND worker = :worker AND attempts = :attempt)");

  private static final String FINISHED =
      "status = :status, finished_at = :at,"
          + " progress = CASE WHEN :status = 'succeeded' THEN 1 ELSE progress END";

  /** Or cancelled, where somebody has asked for that. */
  private static final String AGAIN =
      "status = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'queued' END,"
          + " finished_at = CASE WHEN cancel_requested THEN :at END,"
          + " due_at = CASE WHEN cancel_requested THEN due_at ELSE :dueAt END,"
          + " progress = CASE WHEN cancel_requested THEN progress ELSE 0 END";

  private final Database database;

  SqlWork(Database database) {
    this.database = database;
  }

  @Override
  public Set<UUID> add(List<NewWork> more, int atMostWaiting) {
    if (more.isEmpty()) {
      return Set.of();
    }
    return database.write(
        step -> {
          // In one order for all: two lists of the same pools must not wait for each other.
          more.stream()
              .map(NewWork::pool)
              .distinct()
              .sorted()
              .forEach(pool -> database.lockWork(step.handle(), pool));
          List<NewWork> fitting = WorkToAdd.of(step.handle(), more, atMostWaiting);
          WorkRows.insert(step.handle(), fitting);
          fitting.forEach(one -> step.changed(new Change.OfWork(one.pool(), one.id())));
          return fitting.stream().map(NewWork::id).collect(toCollection(LinkedHashSet::new));
        });
  }

  @Override
  public Optional<Work> claim(Claim claim) {
    return database.write(
        step -> {
          database.lockWork(step.handle(), claim.pool());
          Optional<Work> taken = WorkToTake.take(step.handle(), claim);
          taken.ifPresent(work -> tell(step, work.item()));
          return taken;
        });
  }

  @Override
  public Hold hold(UUID id, String worker, int attempt, Instant until, double progress) {
    return database.write(
        step -> {
          Optional<WorkItem> before = item(step.handle(), id);
          Optional<WorkItem> after = hold(step.handle(), id, worker, attempt, until, progress);
          if (before.isEmpty() || after.isEmpty()) {
            return Hold.LOST;
          }
          if (before.get().progress() != after.get().progress()) {
            tell(step, after.get());
          }
          return after.get().cancelRequested() ? Hold.CANCEL_REQUESTED : Hold.HELD;
        });
  }

  private static Optional<WorkItem> hold(
      Handle handle, UUID id, String worker, int attempt, Instant until, double progress) {
    return changed(
        held(
                handle,
                "lease_until = :until,"
                    + " progress = CASE WHEN :progress < 0 THEN progress ELSE :progress END",
                id,
                worker,
                attempt)
            .bind("until", until.toEpochMilli())
            .bind("progress", progress));
  }

  @Override
  public boolean settle(UUID id, String worker, int attempt, Settlement settlement) {
    boolean again = settlement.status() == WorkStatus.QUEUED;
    return database.write(
        step -> {
          Query update =
              held(
                      step.handle(),
                      "worker = NULL, lease_until = NULL, note = :note,"
                          + " output = coalesce(:output, output), "
                          + (again ? AGAIN : FINISHED),
                      id,
                      worker,
                      attempt)
                  .bind("note", settlement.note())
                  .bind("output", settlement.output())
                  .bind("at", settlement.at().toEpochMilli());
          Optional<WorkItem> settled =
              changed(
                  again
                      ? update.bind("dueAt", settlement.dueAt().toEpochMilli())
                      : update.bind("status", settlement.status().code()));
          settled.ifPresent(item -> tell(step, item));
          return settled.isPresent();
        });
  }

  /** A change of what that attempt of that worker has. */
  private static Query held(Handle handle, String change, UUID id, String worker, int attempt) {
    return update(handle, change, HELD)
        .bind("id", id)
        .bind("worker", worker)
        .bind("attempt", attempt);
  }

  @Override
  public Optional<WorkItem> cancel(UUID id, Instant now) {
    return database.write(
        step -> {
          Optional<WorkItem> cancelled =
              changed(
                  update(
                          step.handle(),
                          "status = CASE WHEN status = 'queued' THEN 'cancelled' ELSE status END,"
                              + " finished_at = CASE WHEN status = 'queued' THEN :now END,"
                              + " cancel_requested = TRUE",
                          ByKey.where(
                              "id = :id",
                              "(status IN ('queued', 'running') AND NOT cancel_requested)"))
                      .bind("id", id)
                      .bind("now", now.toEpochMilli()));
          cancelled.ifPresent(item -> tell(step, item));
          return cancelled.or(() -> item(step.handle(), id));
        });
  }

  private static Query update(Handle handle, String change, String where) {
    return handle.createQuery(
        "UPDATE taskauth_work SET revision = revision + 1, "
            + change
            + where
            + " RETURNING "
            + WorkRows.ITEM);
  }

  private static Optional<WorkItem> changed(Query update) {
    return update.map((row, context) -> WorkRows.item(row)).findOne();
  }

  private static void tell(Transaction step, WorkItem item) {
    step.changed(new Change.OfWork(item.pool(), item.id()));
  }

  private static Optional<WorkItem> item(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT " + WorkRows.ITEM + " FROM taskauth_work WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> WorkRows.item(row))
        .findOne();
  }

  @Override
  public Optional<Work> find(UUID id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT " + WorkRows.WORK + " FROM taskauth_work WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> WorkRows.work(row))
                .findOne());
  }

  @Override
  public Page<WorkItem> newest(WorkFilter filter, PageRequest page) {
    return database.read(handle -> WorkList.newest(handle, filter, page));
  }

  @Override
  public long count(WorkFilter filter) {
    return database.read(handle -> WorkList.count(handle, filter));
  }

  @Override
  public List<Lane> lanes(String pool) {
    return database.read(handle -> WorkList.lanes(handle, pool));
  }

  @Override
  public int trim(String pool, int keep, int limit) {
    return database.write(
        step ->
            step.handle()
                .createUpdate(
                    """
                    DELETE FROM taskauth_work WHERE id IN
                      (SELECT id FROM
                        (SELECT id, number,
                           row_number() OVER (PARTITION BY name ORDER BY number DESC) AS place
                         FROM taskauth_work
                         WHERE pool = :pool AND status NOT IN ('queued', 'running')) AS finished
                       WHERE place > :keep ORDER BY number LIMIT :limit)
                    """)
                .bind("pool", pool)
                .bind("keep", keep)
                .bind("limit", limit)
                .execute());
  }

  @Override
  public int remove(String pool, String name) {
    return database.write(
        step ->
            step.handle()
                .createUpdate("DELETE FROM taskauth_work WHERE pool = :pool AND name = :name")
                .bind("pool", pool)
                .bind("name", name)
                .execute());
  }
}
