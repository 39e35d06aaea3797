package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the documentation shows for accounts in a store. */
class StoreExampleTest {
  @Test
  void store(@TempDir Path data) {
    String secret = "a secret of 32 bytes or more, for this test";
    // docs:begin store
    TaskAuth auth =
        TaskAuth.builder()
            .store(DuckDbAuthStore.open(data.resolve("auth.duckdb")))
            .secretKeys(secret)
            .build();
    // docs:end store
    assertThat(auth.isSetupRequired()).isTrue();
    auth.close();
  }
}
