package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What docs/stores.md shows. */
class OwnDataSourceExampleTest {
  private static final String SECRET = "bm90IGEgc2VjcmV0LCBhbiBleGFtcGxlIG9mIG9uZSBvbmx5";

  // docs:begin postgres
  static TaskAuth overTheHostsPool(DataSource pool, String secretOfAllNodes) {
    return TaskAuth.builder()
        .store(
            PostgresAuthStore.builder()
                .dataSource(pool)
                .schema("console_login")
                .timeout(Duration.ofSeconds(2))
                .open())
        .secretKeys(secretOfAllNodes)
        .build();
  }

  // docs:end postgres

  @Test
  void worksOverTheHostsPool() {
    PGSimpleDataSource pool = new PGSimpleDataSource();
    pool.setUrl(TestServer.jdbcUrl());

    try (TaskAuth auth = overTheHostsPool(pool, SECRET)) {
      assertThat(auth.health().storeReachable()).isTrue();
      assertThat(auth.health().remembering()).isTrue();
    }
  }
}
