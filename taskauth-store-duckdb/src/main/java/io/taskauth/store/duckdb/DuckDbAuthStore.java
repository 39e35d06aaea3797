package io.taskauth.store.duckdb;

import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.audit.AuditStore;
import io.taskauth.login.AttemptStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.SettingStore;
import io.taskauth.store.jdbi.Migrations;
import io.taskauth.store.jdbi.SqlStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.UserStore;
import java.nio.file.Path;

/**
 * A store in one DuckDB file. One process has the file at a time; a second one is refused with a
 * message that says so. What was answered with success is on disk. Threads may share a store; calls
 * wait ten seconds at most, then throw {@link AuthStoreException}.
 */
public final class DuckDbAuthStore implements AuthStore {
  private final DuckDbDatabase database;
  private final LocalChangeFeed feed;
  private final SqlStore parts;

  private DuckDbAuthStore(DuckDbInstance instance) {
    this.feed = new LocalChangeFeed();
    this.database = connect(instance, feed);
    this.parts = SqlStore.over(database);
  }

  /**
   * Opens the file, or creates it, with the directories above it, readable by the owner only.
   *
   * @throws AuthStoreException where another process or store has the file, or where it is no
   *     DuckDB database
   */
  public static DuckDbAuthStore open(Path file) {
    return new DuckDbAuthStore(DuckDbInstance.open(file));
  }

  /** A store that lasts until it is closed. */
  public static DuckDbAuthStore inMemory() {
    return new DuckDbAuthStore(DuckDbInstance.inMemory());
  }

  private static DuckDbDatabase connect(DuckDbInstance instance, LocalChangeFeed feed) {
    try {
      return new DuckDbDatabase(instance, feed);
    } catch (RuntimeException e) {
      instance.close();
      throw e;
    }
  }

  @Override
  public UserStore users() {
    return parts.users();
  }

  @Override
  public SessionStore sessions() {
    return parts.sessions();
  }

  @Override
  public AccessTokenStore accessTokens() {
    return parts.accessTokens();
  }

  @Override
  public OneTimeSecretStore secrets() {
    return parts.secrets();
  }

  @Override
  public AttemptStore attempts() {
    return parts.attempts();
  }

  @Override
  public SettingStore settings() {
    return parts.settings();
  }

  @Override
  public AuditStore audit() {
    return parts.audit();
  }

  @Override
  public ChangeFeed changes() {
    return feed;
  }

  @Override
  public void migrate() {
    Migrations.shared().apply(database);
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
