package io.taskauth.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.Migrations;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  private static final Migrations FIRST = of("V1__fruit.sql");
  private static final Migrations SECOND = of("V1__fruit.sql", "V2__colour.sql");
  private static final Migrations BROKEN = of("V1__fruit.sql", "V2__broken.sql");

  private final DuckDbDatabase database =
      new DuckDbDatabase(DuckDbInstance.inMemory(), new LocalChangeFeed());

  private static Migrations of(String... files) {
    return new Migrations(MigrationsTest.class, List.of(files));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<Integer> versions() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT version FROM taskauth_schema ORDER BY version")
                .mapTo(Integer.class)
                .list());
  }

  private List<String> columns() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT column_name FROM information_schema.columns"
                        + " WHERE table_name = 'fruit' ORDER BY ordinal_position")
                .mapTo(String.class)
                .list());
  }

  @Test
  void eachFileRunsOnce() {
    FIRST.apply(database);
    FIRST.apply(database);
    SECOND.apply(database);
    SECOND.apply(database);

    assertThat(versions()).containsExactly(1, 2);
    assertThat(columns()).containsExactly("name", "colour");
  }

  @Test
  void newerSchemaIsRefusedAndLeftAlone() {
    SECOND.apply(database);

    assertThatThrownBy(() -> FIRST.apply(database))
        .isInstanceOf(AuthStoreException.class)
        .hasMessage(
            "the schema of this store is version 2, written by a newer taskauth; this one knows"
                + " version 1 and leaves it alone: use the newer taskauth, or a copy from before");

    assertThat(versions()).containsExactly(1, 2);
  }

  @Test
  void fileThatFailsHalfWayLeavesNothing() {
    FIRST.apply(database);

    assertThatThrownBy(() -> BROKEN.apply(database)).isInstanceOf(AuthStoreException.class);

    assertThat(versions()).containsExactly(1);
    assertThat(columns()).containsExactly("name");
  }
}
