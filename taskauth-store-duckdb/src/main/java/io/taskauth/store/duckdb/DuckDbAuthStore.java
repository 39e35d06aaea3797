package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.Migrations;
import io.taskauth.store.jdbi.SqlAuthStore;
import java.nio.file.Path;

/**
 * A store in one DuckDB file. One process has the file at a time; a second one is refused with a
 * message that says so. What was answered with success is on disk. Threads may share a store; a
 * look-up waits two seconds at most and a change ten, then they throw {@link AuthStoreException}.
 */
@SuppressWarnings("exports") // Hosts need not name what it extends.
public final class DuckDbAuthStore extends SqlAuthStore {
  private final DuckDbDatabase database;
  private final LocalChangeFeed feed;

  DuckDbAuthStore(DuckDbDatabase database, LocalChangeFeed feed) {
    super(database);
    this.database = database;
    this.feed = feed;
  }

  /**
   * Opens the file, or creates it, with the directories above it, readable by the owner only.
   *
   * @throws AuthStoreException where another process or store has the file, or where it is no
   *     DuckDB database
   */
  public static DuckDbAuthStore open(Path file) {
    return over(DuckDbInstance.open(file));
  }

  /** A store that lasts until it is closed. */
  public static DuckDbAuthStore inMemory() {
    return over(DuckDbInstance.inMemory());
  }

  private static DuckDbAuthStore over(DuckDbInstance instance) {
    LocalChangeFeed feed = new LocalChangeFeed();
    try {
      return new DuckDbAuthStore(new DuckDbDatabase(instance, feed), feed);
    } catch (RuntimeException e) {
      instance.close();
      throw e;
    }
  }

  @Override
  public ChangeFeed changes() {
    return feed;
  }

  @Override
  public void migrate() {
    Migrations.shared().thenServices().thenIdentities().thenWork().apply(database);
  }

  /** Finishes what is being written, then lets go of the file. Calling it again does nothing. */
  @Override
  public void close() {
    database.close();
  }

  /** For tests: how many transactions were committed so far. */
  long commits() {
    return database.commits();
  }
}
