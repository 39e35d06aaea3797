package io.taskauth.store.jdbi;

import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * One kind of SQL database: how to reach it, and what makes a step atomic there. Threads share it.
 * All methods throw {@link io.taskauth.store.AuthStoreException} where the database is out; no
 * exception of Jdbi or JDBC gets past it.
 */
public interface Database {
  /**
   * Statements that only read, outside of any transaction: each sees what is there when it runs.
   */
  <T> T read(Function<Handle, T> query);

  /**
   * One atomic step. It is durable, and its {@link Transaction#changes changes} are told, before
   * this returns.
   *
   * @param work may run more than once, because a step that lost a race (a conflict, or a unique
   *     key that was taken meanwhile) is rolled back and begins again: it must have no effect but
   *     through its transaction
   */
  <T> T write(Function<Transaction, T> work);

  /**
   * Called within a step that asks how many users or administrators there are and then acts upon
   * it. From here to the step's end no other step that called it may run: two administrators who
   * demote each other touch different rows, so no row lock and no unique key would stop them.
   */
  void lockAdministrators(Handle handle);

  /**
   * Called within a step that looks at what an account has and then acts upon it, or ends its
   * sessions. From here to the step's end no other step that called it for the same account may
   * run, nor one that signs in to the account, closes or deletes it; all of those write the
   * account's row first, so a lock on that row is enough. Without it sixteen requests at once would
   * each count the same tokens and all add one, and a session that has just ended could still make
   * one.
   */
  void lockUser(Handle handle, UUID userId);

  /**
   * Called within a step that makes a service account. From here to the step's end no other step
   * that called it may run: each would count the same accounts, and all of them add one.
   */
  void lockServices(Handle handle);

  /**
   * Called within a step that adds work to a pool or takes work of it. From here to the step's end
   * no other step that called it for the same pool may run: each would count what waits or runs,
   * and all of them add or take one. Rows that are locked and skipped by others would not do: what
   * two take are two rows.
   */
  void lockWork(Handle handle, String pool);

  /** Called within the step that changes the schema; one step at a time may be past it. */
  void lockSchema(Handle handle);
}
