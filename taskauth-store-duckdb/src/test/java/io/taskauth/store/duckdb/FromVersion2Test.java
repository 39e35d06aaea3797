package io.taskauth.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore.Creation;
import io.taskauth.service.ServiceAccountStore.Rotation;
import io.taskauth.service.ServiceSecret;
import io.taskauth.session.Session;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.Migrations;
import io.taskauth.user.User;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file from before there were service accounts, opened by today's store. */
class FromVersion2Test {
  private final User ada = People.user("ada");
  private final Session session = People.session(ada, "curl/8");

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void fillVersion2() {
    file = directory.resolve("auth.duckdb");
    LocalChangeFeed feed = new LocalChangeFeed();
    DuckDbDatabase database = new DuckDbDatabase(DuckDbInstance.open(file), feed);
    Migrations.shared().apply(database);
    assertThat(versions(database)).containsExactly(1, 2);
    try (DuckDbAuthStore store = new DuckDbAuthStore(database, feed)) {
      store.users().create(People.fresh(ada));
      People.insertSession(database, session);
    }
  }

  private static List<Integer> versions(DuckDbDatabase database) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT version FROM taskauth_schema ORDER BY version")
                .mapTo(Integer.class)
                .list());
  }

  private DuckDbAuthStore open() {
    DuckDbAuthStore store = DuckDbAuthStore.open(file);
    store.migrate();
    return store;
  }

  @Test
  void whatWasThereStaysAndMachinesGetAccountsThatLast() {
    ServiceAccount backup = People.service("backup");
    ServiceSecret next = People.serviceSecret();
    try (DuckDbAuthStore store = open()) {
      assertThat(store.sessions().find(ada.id(), session.id())).isPresent();
      assertThat(store.sessions().running(People.NOW)).isEqualTo(1);
      assertThat(store.services().all()).isEmpty();
      assertThat(store.services().create(backup, 1)).isEqualTo(Creation.CREATED);
      assertThat(store.services().create(People.service("backup"), 2))
          .isEqualTo(Creation.NAME_TAKEN);
    }
    try (DuckDbAuthStore store = open()) {
      assertThat(store.services().all()).containsExactly(backup);
      assertThat(store.services().rotate(backup.id(), backup.secret().id(), next, People.NOW))
          .isEqualTo(Rotation.ROTATED);
    }
    try (DuckDbAuthStore store = open()) {
      assertThat(store.services().find(backup.id())).contains(backup.rotated(next, People.NOW));
    }
    try (DuckDbDatabase database =
        new DuckDbDatabase(DuckDbInstance.open(file), new LocalChangeFeed())) {
      assertThat(versions(database)).containsExactly(1, 2, 3, 4, 5);
    }
  }
}
