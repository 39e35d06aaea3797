package io.taskauth.benchmarks.server;

import io.taskauth.benchmarks.Stores;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** How often a server of databases was asked, as the server itself counts. */
interface RoundTrips extends AutoCloseable {
  /** The number so far; what the change feed asks four times a second is hardly among it. */
  long count();

  @Override
  void close();

  static RoundTrips of(String address) {
    return switch (Stores.name(address)) {
      case "postgresql" -> new OfPostgres(address);
      case "redis" -> new OfRedis(address);
      default -> new None();
    };
  }

  /** A store within the process. */
  final class None implements RoundTrips {
    @Override
    public long count() {
      return 0;
    }

    @Override
    public void close() {}
  }

  /**
   * Statements. The driver sends BEGIN along with the one after it, so that costs nothing; it
   * stands here for the COMMIT at the other end, which PostgreSQL does not count when it is
   * prepared.
   */
  final class OfPostgres implements RoundTrips {
    private static final String CALLS =
        "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query <> 'COMMIT'"
            + " AND query NOT LIKE '%pg_backend_pid%' AND query NOT LIKE '%pg_stat_statements%'";

    private final Connection connection;

    OfPostgres(String url) {
      try {
        connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
          statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        }
      } catch (SQLException e) {
        throw new IllegalStateException(
            "PostgreSQL needs shared_preload_libraries = 'pg_stat_statements' for this", e);
      }
    }

    @Override
    public long count() {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(CALLS)) {
        row.next();
        return row.getLong(1);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Reads from clients: each waits for the answer to the last, so one read is one round trip. */
  final class OfRedis implements RoundTrips {
    private static final Pattern READS = Pattern.compile("total_reads_processed:([0-9]+)");

    private final Jedis jedis;

    OfRedis(String url) {
      jedis = new Jedis(URI.create(url));
    }

    @Override
    public long count() {
      Matcher reads = READS.matcher(jedis.info("stats"));
      if (!reads.find()) {
        throw new IllegalStateException("this server does not count what it reads");
      }
      return Long.parseLong(reads.group(1));
    }

    @Override
    public void close() {
      jedis.close();
    }
  }
}
