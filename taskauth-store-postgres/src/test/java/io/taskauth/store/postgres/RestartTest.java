package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.user.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server goes and comes back; nobody reopens anything. */
class RestartTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void storeHealsWhenTheServerIsBack(@TempDir Path directory) throws Exception {
    try (OwnServer server = OwnServer.start(directory);
        PostgresAuthStore node = TestServer.migrated(builder(server));
        PostgresAuthStore other = TestServer.migrated(builder(server))) {
      User ada = Rows.create(node, "ada", Rows.ADMIN);
      Session session = Rows.open(node, ada);
      List<Change> told = new CopyOnWriteArrayList<>();
      node.changes().subscribe(told::add);

      server.stop();

      Waiting.until("the feed to know", SOON, () -> !node.changes().isCurrent());
      assertThatThrownBy(() -> Rows.isFound(node, session)).isInstanceOf(AuthStoreException.class);
      assertThatThrownBy(() -> node.settings().put("webhooks", "{}", 0))
          .isInstanceOf(AuthStoreException.class);

      server.start();

      Waiting.until("a look-up", SOON, () -> Rows.isFound(node, session));
      Waiting.until("the feed to be current", SOON, node.changes()::isCurrent);
      assertThat(told).contains(new Change.Missed());
      Waiting.until("a write", SOON, () -> other.sessions().end(ada.id(), session.id()));
      Change end = new Change.OfSession(ada.id(), session.id());
      Waiting.until("told", SOON, () -> told.contains(end));
    }
  }

  private static PostgresAuthStore.Builder builder(OwnServer server) {
    return PostgresAuthStore.builder().url(server.jdbcUrl("postgres")).maxConnections(3);
  }
}
