package io.taskauth.benchmarks;

import io.taskauth.store.AuthStore;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import io.taskauth.store.postgres.PostgresAuthStore;
import io.taskauth.store.redis.RedisAuthStore;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The stores to be measured: {@code memory}, {@code duckdb}, {@code postgresql}, {@code redis}. Say
 * which in the system property {@code bench.stores}, separated by commas.
 */
public final class Stores {
  private Stores() {}

  /** The addresses of those that were asked for; servers that they need run by now. */
  public static List<String> chosen() {
    return Stream.of(System.getProperty("bench.stores", "memory,duckdb").split(",", -1))
        .map(String::strip)
        .map(Stores::address)
        .toList();
  }

  /** The address of the store of that kind; the server that it needs runs by now. */
  public static String address(String name) {
    return switch (name) {
      case "postgresql" -> Servers.postgresUrl();
      case "redis" -> Servers.redisUrl();
      default -> name;
    };
  }

  /** A short name for tables. */
  public static String name(String address) {
    int colon = address.indexOf(':');
    String scheme = colon < 0 ? address : address.substring(0, colon);
    return scheme.equals("jdbc") ? "postgresql" : scheme;
  }

  /** Whether several nodes can share it. */
  public static boolean isShared(String address) {
    return address.contains(":");
  }

  /** The name of a schema, or what keys begin with, that nobody has used. */
  public static String freshName() {
    return "bench" + UUID.randomUUID().toString().replace("-", "");
  }

  /**
   * An empty store.
   *
   * @param directory where one that keeps files may put them
   */
  public static AuthStore open(String address, Path directory) {
    return open(address, directory, freshName());
  }

  /**
   * The store of that name, which several nodes may open where it {@link #isShared}.
   *
   * @param name lower-case letters and digits
   */
  public static AuthStore open(String address, Path directory, String name) {
    return switch (name(address)) {
      case "memory" -> new InMemoryAuthStore();
      case "duckdb" -> DuckDbAuthStore.open(directory.resolve(name + ".duckdb"));
      case "postgresql" -> PostgresAuthStore.builder().url(address).schema(name).open();
      case "redis" -> RedisAuthStore.builder(address).keyPrefix(name).open();
      default -> throw new IllegalArgumentException("no store has the address " + address);
    };
  }
}
