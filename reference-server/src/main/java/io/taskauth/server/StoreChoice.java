package io.taskauth.server;

import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import io.taskauth.store.postgres.PostgresAuthStore;
import io.taskauth.store.redis.RedisAuthStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Where accounts and sessions are kept: {@code TASKAUTH_STORE}. */
sealed interface StoreChoice {
  /** In the memory of the process: gone when it ends. */
  record Memory() implements StoreChoice {
    @Override
    public AuthStore open() {
      return new InMemoryAuthStore();
    }

    @Override
    public String describe() {
      return "memory";
    }
  }

  /** In a file that one process has. */
  record DuckDb(Path file) implements StoreChoice {
    @Override
    public AuthStore open() {
      try {
        return DuckDbAuthStore.open(file);
      } catch (AuthStoreException e) {
        throw new ConfigException("TASKAUTH_STORE", String.valueOf(e.getMessage()));
      }
    }

    @Override
    public String describe() {
      return "DuckDB, " + file.getFileName();
    }

    /** A made secret key lies beside the accounts that it signs in. */
    Path keyFile() {
      return file.resolveSibling(file.getFileName() + ".key");
    }
  }

  /** In a database that several nodes share. */
  record Postgres(String url, Optional<String> feedUrl) implements StoreChoice {
    @Override
    public AuthStore open() {
      PostgresAuthStore.Builder builder = PostgresAuthStore.builder();
      named("TASKAUTH_STORE", url, builder::url);
      feedUrl.ifPresent(direct -> named("TASKAUTH_STORE_FEED", direct, builder::feed));
      return builder.open();
    }

    @Override
    public String describe() {
      return "PostgreSQL";
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public String toString() {
      return "PostgreSQL [redacted]";
    }
  }

  /** In a Redis that several nodes share. */
  record Redis(String url) implements StoreChoice {
    @Override
    public AuthStore open() {
      try {
        return RedisAuthStore.open(url);
      } catch (IllegalArgumentException | AuthStoreException e) {
        throw new ConfigException("TASKAUTH_STORE", String.valueOf(e.getMessage()));
      }
    }

    @Override
    public String describe() {
      return "Redis";
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public String toString() {
      return "Redis [redacted]";
    }
  }

  AuthStore open();

  /** Whether other nodes may have it too, so that they need the same secret key. */
  default boolean isShared() {
    return false;
  }

  /** For a page: what it is, without a path that tells about the machine. */
  String describe();

  static StoreChoice parse(Environment environment) {
    String value = environment.secret(Setting.STORE).orElseThrow();
    Optional<String> feed = environment.secret(Setting.STORE_FEED);
    if (feed.isPresent() && !value.startsWith("jdbc:postgresql:")) {
      throw new ConfigException(
          "TASKAUTH_STORE_FEED", "makes sense beside a TASKAUTH_STORE in PostgreSQL only");
    }
    if (value.equals("memory")) {
      return new Memory();
    }
    if (value.startsWith("duckdb:") && value.length() > "duckdb:".length()) {
      return new DuckDb(Path.of(value.substring("duckdb:".length())).toAbsolutePath());
    }
    if (value.startsWith("jdbc:postgresql:")) {
      return new Postgres(value, feed);
    }
    if (value.startsWith("redis")) {
      return new Redis(value);
    }
    // Not the value itself: the address of a store may hold a password.
    throw new ConfigException(
        "TASKAUTH_STORE",
        "must be 'memory', 'duckdb:<file>', 'jdbc:postgresql://…', 'redis://…' or 'rediss://…'");
  }

  private static void named(String variable, String value, Consumer<String> setting) {
    try {
      setting.accept(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(variable, String.valueOf(e.getMessage()));
    }
  }
}
