package io.taskauth.benchmarks.nodes;

import io.taskauth.benchmarks.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** The processor time that a server of databases has taken. */
interface ServerCpu extends AutoCloseable {
  /** So far. */
  double seconds();

  @Override
  void close();

  static ServerCpu of(String address) {
    return Stores.name(address).equals("redis") ? new OfRedis(address) : new OfPostgres(address);
  }

  /** As the server itself says. */
  final class OfRedis implements ServerCpu {
    private final Jedis jedis;

    OfRedis(String url) {
      jedis = new Jedis(URI.create(url));
    }

    @Override
    public double seconds() {
      return jedis
          .info("cpu")
          .lines()
          .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
          .sum();
    }

    @Override
    public void close() {
      jedis.close();
    }
  }

  /** Of all processes of a server on this machine, as Linux counts for its scheduler. */
  final class OfPostgres implements ServerCpu {
    private final ProcessHandle postmaster;

    OfPostgres(String url) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
        row.next();
        postmaster = ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public double seconds() {
      return Stream.concat(Stream.of(postmaster), postmaster.descendants())
          .mapToDouble(OfPostgres::secondsOf)
          .sum();
    }

    private static double secondsOf(ProcessHandle process) {
      try {
        String counts =
            Files.readString(Path.of("/proc", String.valueOf(process.pid()), "schedstat"));
        return Long.parseLong(counts.substring(0, counts.indexOf(' '))) / 1e9;
      } catch (IOException e) {
        // It has just ended.
        return 0;
      }
    }

    @Override
    public void close() {}
  }
}
