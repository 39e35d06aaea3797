package io.taskauth.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.Jetty;
import redis.clients.jedis.Jedis;

/** The machine and the programs that something was measured with. */
final class Surroundings {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Surroundings() {}

  static Map<String, String> of(List<String> addresses) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    about.put("processors", String.valueOf(SYSTEM.getAvailableProcessors()));
    about.put("memory", ((SYSTEM.getTotalMemorySize() + (1L << 29)) >> 30) + " GiB");
    about.put("system", SYSTEM.getName() + " " + SYSTEM.getVersion() + " " + SYSTEM.getArch());
    about.put("java", Runtime.version().toString());
    about.put("jetty", Jetty.VERSION);
    for (String address : addresses) {
      switch (Stores.name(address)) {
        case "duckdb" -> about.put("duckdb", sql("jdbc:duckdb:", "SELECT version()"));
        case "postgresql" -> about.put("postgresql", sql(address, "SHOW server_version"));
        case "redis" -> about.put("redis", redis(address));
        default -> {}
      }
    }
    return about;
  }

  private static String sql(String url, String query) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String redis(String url) {
    try (Jedis jedis = new Jedis(URI.create(url))) {
      return jedis
          .info("server")
          .lines()
          .filter(line -> line.startsWith("redis_version:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
