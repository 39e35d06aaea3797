package io.taskauth.server;

import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import java.nio.file.Path;

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

  AuthStore open();

  /** For a page: what it is, without a path that tells about the machine. */
  String describe();

  static StoreChoice parse(Environment environment) {
    String value = environment.text("TASKAUTH_STORE").orElse("duckdb:data/taskauth.duckdb");
    if (value.equals("memory")) {
      return new Memory();
    }
    if (value.startsWith("duckdb:") && value.length() > "duckdb:".length()) {
      return new DuckDb(Path.of(value.substring("duckdb:".length())).toAbsolutePath());
    }
    // Not the value itself: the address of a store may hold a password.
    throw new ConfigException("TASKAUTH_STORE", "must be 'memory' or 'duckdb:<file>'");
  }
}
