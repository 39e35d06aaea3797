package io.taskauth.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** The pool of a store that was given a URL. */
final class OwnPool {
  /** The least that HikariCP accepts. */
  private static final long MIN_MILLIS = 250;

  private final HikariDataSource source;

  private OwnPool(HikariDataSource source) {
    this.source = source;
  }

  static OwnPool of(String url, int maxConnections, Duration timeout) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("taskauth");
    config.setDataSource(direct(url, timeout));
    config.setMaximumPoolSize(maxConnections);
    // Half of the time for a connection, so that something is left for the statement.
    long waiting = Math.max(MIN_MILLIS, timeout.toMillis() / 2);
    config.setConnectionTimeout(waiting);
    config.setValidationTimeout(Math.max(MIN_MILLIS, waiting / 2));
    // The database may come up after us.
    config.setInitializationFailTimeout(-1);
    return new OwnPool(new HikariDataSource(config));
  }

  /** Makes a new connection each time. */
  static DataSource direct(String url, Duration timeout) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    int seconds = (int) Math.max(1, timeout.toSeconds());
    source.setUrl(url);
    source.setConnectTimeout(seconds);
    source.setLoginTimeout(seconds);
    source.setTcpKeepAlive(true);
    source.setApplicationName("taskauth");
    // Its details repeat rows, and end up in logs.
    source.setLogServerErrorDetail(false);
    return source;
  }

  /** The URL may hold a password, so no message repeats it. */
  static void requireUrl(String url) {
    // Before the driver sees it, which logs what it takes for a port.
    boolean nameBeforeHost = url.matches("jdbc:postgresql://[^/?]*@.*");
    if (nameBeforeHost
        || !url.startsWith("jdbc:postgresql:")
        || Driver.parseURL(url, null) == null) {
      throw new IllegalArgumentException(
          "that is no JDBC URL of PostgreSQL: it looks like"
              + " jdbc:postgresql://host:5432/database?user=name&password=secret, with user and"
              + " password at the end");
    }
  }

  DataSource source() {
    return source;
  }

  void close() {
    source.close();
  }
}
