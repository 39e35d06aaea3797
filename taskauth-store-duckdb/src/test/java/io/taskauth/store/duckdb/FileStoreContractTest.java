package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.AuthStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileStoreContractTest extends AuthStoreContract {
  @TempDir Path directory;

  @Override
  protected AuthStore createStore() {
    return DuckDbAuthStore.open(directory.resolve("auth.duckdb"));
  }
}
