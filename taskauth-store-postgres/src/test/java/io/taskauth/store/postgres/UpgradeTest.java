package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.page.PageRequest;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore.Creation;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.LeasedFeed;
import io.taskauth.store.jdbi.Migrations;
import io.taskauth.testkit.Race;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.LoginKey;
import io.taskauth.user.StoredUser;
import io.taskauth.work.Claim;
import io.taskauth.work.Lane;
import io.taskauth.work.NewWork;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The schema is brought along, whoever comes from wherever, and however many at once. */
class UpgradeTest {
  private static final List<Migrations> RELEASED =
      List.of(
          new Migrations(Migrations.class, List.of("V1__accounts.sql")),
          Migrations.shared(),
          Migrations.shared().then(PostgresAuthStore.class, "V3__postgres.sql"),
          Migrations.shared().then(PostgresAuthStore.class, "V3__postgres.sql").thenServices(),
          Migrations.shared()
              .then(PostgresAuthStore.class, "V3__postgres.sql")
              .thenServices()
              .thenIdentities());

  private final String schema = TestServer.freshSchema();

  @Test
  void manyNodesThatMakeTheSchemaAtOnceMakeIt() {
    List<AuthStore> stores =
        IntStream.range(0, 4).<AuthStore>mapToObj(i -> TestServer.builder(schema).open()).toList();
    try {
      Race.of(
          8,
          i -> {
            stores.get(i % 4).migrate();
            return stores.get(i % 4).users().anyUser();
          });

      Rows.create(stores.get(0), "ada", Rows.ADMIN);
      assertThat(stores).allMatch(store -> store.users().anyUser());
      assertThat(versions()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    } finally {
      stores.forEach(AuthStore::close);
    }
  }

  private List<Integer> versions() {
    return TestServer.jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT version FROM " + schema + ".taskauth_schema ORDER BY version")
                    .mapTo(Integer.class)
                    .list());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void olderSchemaIsBroughtAlongWithItsRows(int version) {
    migrateTo(version);
    UUID ada = UUID.randomUUID();
    UUID bob = UUID.randomUUID();
    Session session = Rows.session(bob);
    TestServer.jdbi()
        .useTransaction(
            handle -> {
              handle.execute("SET LOCAL search_path = " + schema);
              insert(handle, version, 1, ada, "Ada");
              insert(handle, version, 2, bob, "Bob");
              insertSession(handle, session);
            });

    try (AuthStore store = TestServer.open(schema)) {
      assertThat(versions()).containsExactly(1, 2, 3, 4, 5, 6, 7);
      assertThat(store.users().newest(PageRequest.first(10)).items())
          .extracting(user -> user.id())
          .containsExactly(bob, ada);
      assertThat(store.users().findByLogin(LoginKey.of("ADA")).map(StoredUser::user))
          .isEqualTo(store.users().find(ada));
      assertThat(store.users().startingWith(LoginKey.of("b"), PageRequest.first(10)).items())
          .hasSize(1);
      Rows.create(store, "cyd", Rows.ADMIN);
      assertThat(store.users().newest(PageRequest.first(1)).items())
          .extracting(user -> user.username().value())
          .containsExactly("cyd");
      ServiceAccount backup = Rows.service("backup");
      assertThat(store.services().create(backup, 1)).isEqualTo(Creation.CREATED);
      assertThat(store.services().create(Rows.service("backup"), 2)).isEqualTo(Creation.NAME_TAKEN);
      assertThat(store.services().all()).containsExactly(backup);
      assertThat(store.sessions().ofUser(bob, Rows.NOW)).containsExactly(session);
      assertIdentityProvidersSignIn(store, bob);
      assertWorkIsDone(store);
      assertThat(store.sessions().ofUser(bob, Rows.NOW)).containsExactly(session);
    }
  }

  private static void assertIdentityProvidersSignIn(AuthStore store, UUID user) {
    Identity identity = new Identity("google", "1");
    Session through = Rows.session(user).through(new ProviderSession(identity, "s"));
    assertThat(store.identities().link(new LinkedIdentity(identity, user, Rows.NOW)))
        .isEqualTo(Linking.LINKED);
    assertThat(store.identities().findUser(identity).map(StoredUser::user))
        .isEqualTo(store.users().find(user));
    assertThat(store.sessions().open(through, 0, 10)).isTrue();
    assertThat(store.sessions().endThrough(new ProviderLogout("google", "1", "s"))).isEqualTo(1);
  }

  private static void assertWorkIsDone(AuthStore store) {
    NewWork more = new NewWork(UUID.randomUUID(), "tasks", "report", "", Rows.NOW, Rows.NOW, "in");
    assertThat(store.work().add(List.of(more), 1)).containsExactly(more.id());
    assertThat(store.work().lanes("tasks")).containsExactly(new Lane("report", 1, 0, Rows.NOW));
    assertThat(
            store
                .work()
                .claim(
                    new Claim("tasks", "report", 1, Set.of("report"), 1, "w", Rows.NOW, Rows.NOW)))
        .hasValueSatisfying(work -> assertThat(work.input()).isEqualTo("in"));
  }

  private void migrateTo(int version) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(TestServer.jdbcUrl());
    RELEASED
        .get(version - 1)
        .apply(
            new PostgresDatabase(
                Handles.plain(source),
                new Schema(schema),
                Duration.ofMinutes(1),
                new NodeMark(),
                new LeasedFeed()));
  }

  private static void insert(Handle handle, int version, int number, UUID id, String name) {
    String numbered = version == 1 ? "" : ", number";
    handle
        .createUpdate(
            "INSERT INTO taskauth_user (id, username, role, active, created_at, origin,"
                + " credential_epoch"
                + numbered
                + ") VALUES (:id, :name, 'admin', true, :number, 'password', 0"
                + (version == 1 ? "" : ", nextval('taskauth_user_number')")
                + ")")
        .bind("id", id)
        .bind("name", name)
        .bind("number", number)
        .execute();
    handle
        .createUpdate(
            "INSERT INTO taskauth_login_name (name_key, user_id) VALUES (lower(:name), :id)")
        .bind("id", id)
        .bind("name", name)
        .execute();
  }

  /** With the columns that it had in all versions before. */
  private static void insertSession(Handle handle, Session session) {
    handle
        .createUpdate(
            """
            INSERT INTO taskauth_session (id, user_id, created_at, last_seen_at, expires_at)
            VALUES (:id, :user, :createdAt, :createdAt, :expiresAt)
            """)
        .bind("id", session.id().value())
        .bind("user", session.userId())
        .bind("createdAt", session.createdAt().toEpochMilli())
        .bind("expiresAt", session.expiresAt().toEpochMilli())
        .execute();
  }

  @Test
  void newerSchemaIsLeftAlone() {
    TestServer.open(schema).close();
    TestServer.jdbi()
        .useHandle(
            handle -> handle.execute("INSERT INTO " + schema + ".taskauth_schema VALUES (99)"));

    try (AuthStore store = TestServer.builder(schema).open()) {
      assertThatThrownBy(store::migrate)
          .isInstanceOf(AuthStoreException.class)
          .hasMessageContaining("version 99")
          .hasMessageContaining("newer taskauth");
    }
    assertThat(versions()).containsExactly(1, 2, 3, 4, 5, 6, 7, 99);
  }
}
