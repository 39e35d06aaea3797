package io.taskauth.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.service.ServiceAccount;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.Migrations;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.NewUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore.Creation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file from before identity providers signed anybody in, opened by today's store. */
class FromVersion3Test {
  private static final Identity GOOGLE = new Identity("google", "1");

  private final User ada = People.user("ada");
  private final User bob = People.user("bob");
  private final Session used = byPassword(ada).withLastSeenAt(People.NOW.plusSeconds(60));
  private final Session ended = byPassword(ada);
  private final ServiceAccount backup = People.service("backup");

  @TempDir Path directory;
  private Path file;

  private static Session byPassword(User user) {
    return People.session(user, "curl/8");
  }

  @BeforeEach
  void fillVersion3() {
    file = directory.resolve("auth.duckdb");
    LocalChangeFeed feed = new LocalChangeFeed();
    DuckDbDatabase database = new DuckDbDatabase(DuckDbInstance.open(file), feed);
    Migrations.shared().thenServices().apply(database);
    try (DuckDbAuthStore store = new DuckDbAuthStore(database, feed)) {
      store.users().create(People.fresh(ada));
      store.services().create(backup, 1);
      for (Session session : List.of(used, ended)) {
        People.insertSession(database, session);
      }
      store.sessions().end(ada.id(), ended.id());
    }
  }

  private DuckDbAuthStore open() {
    DuckDbAuthStore store = DuckDbAuthStore.open(file);
    store.migrate();
    return store;
  }

  @Test
  void whatWasThereStaysAndIdentityProvidersSignUsersIn() {
    Session again = used.withLastSeenAt(People.NOW.plusSeconds(120));
    Session through = byPassword(ada).through(new ProviderSession(GOOGLE, "s1"));
    Session another = byPassword(ada).through(new ProviderSession(GOOGLE, null));
    LinkedIdentity linked = new LinkedIdentity(GOOGLE, ada.id(), People.NOW);
    try (DuckDbAuthStore store = open()) {
      assertThat(store.sessions().find(ada.id(), used.id())).contains(new SessionOfUser(used, ada));
      assertThat(store.services().all()).containsExactly(backup);
      assertThat(store.identities().link(linked)).isEqualTo(Linking.LINKED);
      assertThat(store.users().create(new NewUser(bob, null, GOOGLE)))
          .isEqualTo(Creation.IDENTITY_TAKEN);
      assertThat(store.sessions().open(through, 0, 10)).isTrue();
      assertThat(store.sessions().open(another, 0, 10)).isTrue();
      store.sessions().seen(List.of(again));
    }
    try (DuckDbAuthStore store = open()) {
      assertThat(store.identities().ofUser(ada.id())).containsExactly(linked);
      assertThat(store.sessions().ofUser(ada.id(), People.NOW))
          .containsExactlyInAnyOrder(again, through, another);
      assertThat(store.sessions().endThrough(new ProviderLogout("google", null, "s1")))
          .isEqualTo(1);
      assertThat(store.identities().unlink(ada.id(), GOOGLE)).isEqualTo(Unlinking.UNLINKED);
    }
    try (DuckDbAuthStore store = open()) {
      assertThat(store.sessions().ofUser(ada.id(), People.NOW)).containsExactly(again);
      assertThat(store.users().create(new NewUser(bob, null, GOOGLE))).isEqualTo(Creation.CREATED);
    }
  }
}
