package io.taskauth.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.Migrations;
import io.taskauth.user.User;
import io.taskauth.work.Claim;
import io.taskauth.work.NewWork;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file from before work was kept, opened by today's store. */
class FromVersion4Test {
  private final User ada = People.user("ada");

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void fillVersion4() {
    file = directory.resolve("auth.duckdb");
    LocalChangeFeed feed = new LocalChangeFeed();
    DuckDbDatabase database = new DuckDbDatabase(DuckDbInstance.open(file), feed);
    Migrations.shared().thenServices().thenIdentities().apply(database);
    try (DuckDbAuthStore store = new DuckDbAuthStore(database, feed)) {
      store.users().create(People.fresh(ada));
    }
  }

  private DuckDbAuthStore open() {
    DuckDbAuthStore store = DuckDbAuthStore.open(file);
    store.migrate();
    return store;
  }

  private static NewWork report(String input) {
    return new NewWork(UUID.randomUUID(), "tasks", "report", "", People.NOW, People.NOW, input);
  }

  @Test
  void whatWasThereStaysAndWorkLasts() {
    NewWork first = report("first");
    NewWork second = report("second");
    Claim claim =
        new Claim(
            "tasks", "report", 1, Set.of("report"), 1, "w", People.NOW, People.NOW.plusSeconds(60));
    try (DuckDbAuthStore store = open()) {
      assertThat(store.users().find(ada.id())).contains(ada);
      assertThat(store.work().add(List.of(first), 10)).containsExactly(first.id());
    }
    try (DuckDbAuthStore store = open()) {
      assertThat(store.work().add(List.of(first, second), 10)).containsExactly(second.id());
      assertThat(store.work().claim(claim).map(Work::input)).contains("first");
    }
    try (DuckDbAuthStore store = open()) {
      assertThat(store.work().claim(claim)).isEmpty();
      Settlement done = Settlement.finished(WorkStatus.SUCCEEDED, People.NOW, null, "out");
      assertThat(store.work().settle(first.id(), "w", 1, done)).isTrue();
      assertThat(store.work().find(first.id()).map(Work::output)).contains("out");
      assertThat(store.work().count(WorkFilter.all("tasks"))).isEqualTo(2);
      assertThat(store.work().trim("tasks", 0, 10)).isEqualTo(1);
    }
  }
}
