package io.taskauth.store.postgres;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.LeasedFeed;
import io.taskauth.store.jdbi.Database;
import io.taskauth.store.jdbi.Migrations;
import io.taskauth.store.jdbi.SqlAuthStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A store in PostgreSQL 13 or newer, for any number of nodes. Its tables have a schema of their
 * own, {@code taskauth} unless set otherwise, made by {@link #migrate} where it is missing.
 *
 * <p>Nodes hear of each other's changes by {@code LISTEN} and {@code NOTIFY}, on one connection
 * beside those of the pool. Where that does not get through (a pooler in transaction mode), every
 * request asks the database until {@link Builder#feed} is given a direct way.
 *
 * <p>Each call is over after the timeout, two seconds unless set otherwise: then it throws {@link
 * AuthStoreException}, and works again as soon as the database does. Threads may share a store.
 */
@SuppressWarnings("exports") // Hosts need not name what it extends.
public final class PostgresAuthStore extends SqlAuthStore {
  private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(5);

  private final Database migrating;
  private final LeasedFeed changes;
  private final PostgresFeed feed;
  private final Runnable closePool;

  private PostgresAuthStore(
      Database database,
      Database migrating,
      LeasedFeed changes,
      PostgresFeed feed,
      Runnable closePool) {
    super(database);
    this.migrating = migrating;
    this.changes = changes;
    this.feed = feed;
    this.closePool = closePool;
  }

  /**
   * A store with a pool of its own; nothing is connected yet.
   *
   * @param jdbcUrl such as {@code jdbc:postgresql://db.example.com/app?user=…&password=…}
   * @throws IllegalArgumentException where it is none; the message does not repeat it
   */
  public static PostgresAuthStore open(String jdbcUrl) {
    return builder().url(jdbcUrl).open();
  }

  /** A builder that takes at least a URL or a data source. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ChangeFeed changes() {
    return changes;
  }

  @Override
  public void migrate() {
    try {
      Migrations.shared()
          .then(PostgresAuthStore.class, "V3__postgres.sql")
          .thenServices()
          .thenIdentities()
          .thenWork()
          .then(PostgresAuthStore.class, "V7__work.sql")
          .apply(migrating);
    } catch (AuthStoreException e) {
      throw new AuthStoreException("PostgreSQL cannot be used: " + reason(e), e);
    }
    boolean unused = changes.awaitCurrent(LeasedFeed.LEASE);
  }

  /** What the driver says last: what it heard of Java itself names no server. */
  private static String reason(AuthStoreException e) {
    @Nullable String reason = e.getMessage();
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException || cause instanceof AuthStoreException) {
        reason = cause.getMessage();
      }
    }
    return String.valueOf(reason);
  }

  /** Lets go of its connections; a data source that was given stays open. */
  @Override
  public void close() {
    feed.close();
    closePool.run();
  }

  /** What a store takes. Not for several threads. */
  public static final class Builder {
    private @Nullable DataSource pool;
    private @Nullable DataSource feedSource;
    private @Nullable String url;
    private Schema schema = new Schema("taskauth");
    private Duration timeout = Duration.ofSeconds(2);
    private int maxConnections = 10;

    private Builder() {}

    /**
     * Where the database is; the store makes a pool of connections to it.
     *
     * @throws IllegalArgumentException where it is no JDBC URL of PostgreSQL; the message does not
     *     repeat it
     */
    public Builder url(String jdbcUrl) {
      OwnPool.requireUrl(jdbcUrl);
      this.url = jdbcUrl;
      return this;
    }

    /**
     * The host's own pool. It should give up on a connection sooner than this store's timeout; the
     * store closes nothing but what it borrowed.
     */
    public Builder dataSource(DataSource source) {
      this.pool = source;
      return this;
    }

    /**
     * Where to listen, if {@link #url} or {@link #dataSource} leads through a pooler: one
     * connection is kept from here.
     */
    public Builder feed(DataSource direct) {
      this.feedSource = direct;
      return this;
    }

    /** Where to listen; see {@link #feed(DataSource)}. */
    public Builder feed(String directJdbcUrl) {
      OwnPool.requireUrl(directJdbcUrl);
      this.feedSource = OwnPool.direct(directJdbcUrl, timeout);
      return this;
    }

    /** The schema for the tables: 1 to 40 characters a-z, 0-9 or _. */
    public Builder schema(String name) {
      this.schema = new Schema(name);
      return this;
    }

    /** After how long a call gives up, 250 milliseconds to a minute; two seconds unless set. */
    public Builder timeout(Duration patience) {
      if (patience.toMillis() < 250 || patience.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalArgumentException(
            "timeout(…) must be 250 milliseconds to one minute, not " + patience);
      }
      this.timeout = patience;
      return this;
    }

    /** How many connections the store's own pool may have, 1 to 1000; 10 unless set. */
    public Builder maxConnections(int number) {
      if (number < 1 || number > 1000) {
        throw new IllegalArgumentException("maxConnections(…) must be 1 to 1000, not " + number);
      }
      this.maxConnections = number;
      return this;
    }

    /**
     * The store; nothing is connected yet.
     *
     * @throws IllegalStateException where neither or both of URL and data source were given
     */
    public PostgresAuthStore open() {
      if ((url == null) == (pool == null)) {
        throw new IllegalStateException("say either url(…) or dataSource(…)");
      }
      if (url == null) {
        DataSource given = Objects.requireNonNull(pool);
        return open(given, given, () -> {});
      }
      OwnPool own = OwnPool.of(url, maxConnections, timeout);
      return open(own.source(), OwnPool.direct(url, timeout), own::close);
    }

    /**
     * @param way by which the store is reached, without its pool where that is known
     */
    private PostgresAuthStore open(DataSource source, DataSource way, Runnable closePool) {
      LeasedFeed changes = new LeasedFeed();
      NodeMark node = new NodeMark();
      return new PostgresAuthStore(
          new PostgresDatabase(Handles.in(schema, source), schema, timeout, node, changes),
          new PostgresDatabase(Handles.plain(source), schema, MIGRATION_TIMEOUT, node, changes),
          changes,
          feedSource == null
              ? PostgresFeed.start(way, NotifySource.LISTENING, schema, node, changes)
              : PostgresFeed.start(feedSource, NotifySource.of(way), schema, node, changes),
          closePool);
    }
  }
}
