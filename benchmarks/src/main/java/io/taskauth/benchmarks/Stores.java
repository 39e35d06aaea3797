package io.taskauth.benchmarks;

import io.taskauth.store.AuthStore;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stores to be measured, by their addresses: {@code memory}, {@code duckdb}. Say which in the
 * system property {@code bench.stores}, separated by commas.
 */
public final class Stores {
  private Stores() {}

  /** The addresses of those that were asked for. */
  public static List<String> chosen() {
    return Stream.of(System.getProperty("bench.stores", "memory,duckdb").split(",", -1))
        .map(String::strip)
        .toList();
  }

  /** A short name for tables. */
  public static String name(String address) {
    int colon = address.indexOf(':');
    String scheme = colon < 0 ? address : address.substring(0, colon);
    return scheme.equals("jdbc") ? "postgresql" : scheme;
  }

  /**
   * An empty store.
   *
   * @param directory where one that keeps files may put them
   */
  public static AuthStore open(String address, Path directory) {
    return switch (name(address)) {
      case "memory" -> new InMemoryAuthStore();
      case "duckdb" -> DuckDbAuthStore.open(directory.resolve("taskauth.duckdb"));
      default -> throw new IllegalArgumentException("no store has the address " + address);
    };
  }
}
