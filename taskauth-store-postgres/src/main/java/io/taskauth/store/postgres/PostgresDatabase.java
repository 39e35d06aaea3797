package io.taskauth.store.postgres;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.LeasedFeed;
import io.taskauth.store.jdbi.Database;
import io.taskauth.store.jdbi.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * PostgreSQL as the shared SQL sees it, at its default isolation (read committed): a step that lost
 * a race begins again, and one that must not race takes a lock. Nothing waits longer than the
 * timeout says, here or on the server.
 */
final class PostgresDatabase implements Database {
  private static final int MAX_TRIES = 10;

  private final Handles handles;
  private final Schema schema;
  private final Duration timeout;
  private final NodeMark node;
  private final LeasedFeed feed;

  PostgresDatabase(
      Handles handles, Schema schema, Duration timeout, NodeMark node, LeasedFeed feed) {
    this.handles = handles;
    this.schema = schema;
    this.timeout = timeout;
    this.node = node;
    this.feed = feed;
  }

  @Override
  public <T> T read(Function<Handle, T> query) {
    try (Handles.Borrowed borrowed = handles.borrow(Deadline.in(timeout))) {
      return query.apply(borrowed.handle());
    } catch (JdbiException | Deadline.TimedOutException e) {
      throw new AuthStoreException("PostgreSQL could not read", e);
    }
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    long end = Deadline.in(timeout);
    for (int tries = 1; ; tries++) {
      try {
        return writeOnce(work, end);
      } catch (JdbiException | Deadline.TimedOutException e) {
        if (tries == MAX_TRIES || !SqlStates.isLostRace(e)) {
          throw new AuthStoreException("PostgreSQL could not write", e);
        }
      }
    }
  }

  private <T> T writeOnce(Function<Transaction, T> work, long end) {
    try (Handles.Borrowed borrowed = handles.borrow(end)) {
      Handle handle = borrowed.handle();
      Transaction step = new Transaction(handle);
      handle.begin();
      isolateAndLimit(handle);
      T answer = work.apply(step);
      List<Change> changes = step.changes();
      tellOthers(handle, changes);
      commit(handle, changes);
      changes.forEach(feed::publish);
      return answer;
    }
  }

  /**
   * At an isolation above read committed, which a host's pool or a role may have set, a step that
   * waited for a lock would go on to see what was there before: two first administrators, or none.
   *
   * <p>The limits only for this transaction, because the connection may be somebody else's
   * afterwards. Without it a node that vanished between two statements would leave its locks to the
   * others until TCP gives up, which takes hours.
   */
  private void isolateAndLimit(Handle handle) {
    long millis = timeout.toMillis();
    handle.execute(
        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE; SET LOCAL lock_timeout = "
            + millis
            + "; SET LOCAL statement_timeout = "
            + millis
            + "; SET LOCAL idle_in_transaction_session_timeout = "
            + millis);
  }

  /** Delivered with the commit, in the order of commits, or not at all. */
  private void tellOthers(Handle handle, List<Change> changes) {
    if (!changes.isEmpty()) {
      handle
          .createQuery("SELECT count(pg_notify(:channel, change)) FROM unnest(:changes) AS change")
          .bind("channel", schema.channel())
          .bindArray("changes", String.class, changes.stream().map(node::mark).toList())
          .mapTo(Long.class)
          .one();
    }
  }

  private void commit(Handle handle, List<Change> changes) {
    handle.getConfig(Deadline.class).bound();
    try {
      handle.commit();
    } catch (JdbiException e) {
      if (!SqlStates.isLostRace(e)) {
        doubt(changes);
      }
      throw e;
    }
  }

  /**
   * Nobody knows whether it was or will yet be committed. We forget now, and take it for another
   * node's change should it still be told later.
   */
  private void doubt(List<Change> changes) {
    node.renew();
    changes.forEach(feed::publish);
  }

  @Override
  public void lockAdministrators(Handle handle) {
    handle.execute(schema.lock("administrators"));
  }

  @Override
  public void lockUser(Handle handle, UUID userId) {
    handle
        .createQuery("SELECT 1 FROM taskauth_user WHERE id = :id FOR UPDATE")
        .bind("id", userId)
        .mapTo(Integer.class)
        .findOne();
  }

  @Override
  public void lockServices(Handle handle) {
    handle.execute(schema.lock("services"));
  }

  /** By the number of its name, which may have any letters; two pools of one number only wait. */
  @Override
  public void lockWork(Handle handle, String pool) {
    handle.execute(schema.lock("work." + pool.hashCode()));
  }

  /** Also makes the schema, and lets the scripts name the tables without it. */
  @Override
  public void lockSchema(Handle handle) {
    handle.execute(schema.lock("schema"));
    if (!schemaExists(handle)) {
      handle.execute("CREATE SCHEMA " + schema.quoted());
    }
    handle.execute("SET LOCAL search_path = " + schema.quoted());
  }

  /** CREATE IF NOT EXISTS asks for the right to create even where there is nothing to do. */
  private boolean schemaExists(Handle handle) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = :name)")
        .bind("name", schema.name())
        .mapTo(Boolean.class)
        .one();
  }
}
