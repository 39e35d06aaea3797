package io.taskauth.store.duckdb;

import static io.taskauth.store.duckdb.People.ADMIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.Creation;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.login.AttemptStore.Attempts;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.password.PasswordHash;
import io.taskauth.service.ServiceAccount;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.store.AuthStore;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.SettingStore.Setting;
import io.taskauth.store.jdbi.Migrations;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.LoginKey;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore;
import io.taskauth.user.UserStore.Deletion;
import io.taskauth.user.Username;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that the first version of the schema was filled in, opened by today's store. */
class FromVersion1Test {
  private static final Instant LATER = Instant.ofEpochMilli(1750000000000L);
  private static final Instant END = Instant.ofEpochMilli(4102444800000L);

  private static final User ADA =
      user('a', "ada", "ada@example.org", "admin", 1740000001000L)
          .withDisplayName("Ada, Countess of Lovelace")
          .withLastLoginAt(Instant.ofEpochMilli(1740000009000L));
  private static final User BOB =
      user('b', "Bob@example.org", "bob@example.org", "admin", 1740000002000L)
          .deactivated(Instant.ofEpochMilli(1740000005000L), ADA.id());
  private static final User CYD =
      user('c', "cyd", null, "operator", 1740000003000L)
          .withLastLoginAt(Instant.ofEpochMilli(1740000008000L));
  private static final User DAN =
      User.created(
              id('d'),
              new Username("Dan"),
              new Role("viewer"),
              Origin.backend("ldap"),
              Instant.ofEpochMilli(1740000003000L))
          .withEmail(new EmailAddress("Dan@Example.org"));

  private static final SessionId ADAS = new SessionId("000000000000000000000000000000aa");
  private static final SessionId CYDS = new SessionId("000000000000000000000000000000cc");

  private static final Identity GOOGLE = new Identity("google", "1");

  @TempDir Path directory;
  private Path file;

  private static UUID id(char last) {
    return UUID.fromString("01950000-0000-7000-8000-00000000000" + last);
  }

  private static User user(
      char id, String name, @Nullable String email, String role, long createdAt) {
    return User.created(
            id(id),
            new Username(name),
            new Role(role),
            Origin.PASSWORD,
            Instant.ofEpochMilli(createdAt))
        .withEmail(email == null ? null : new EmailAddress(email));
  }

  @BeforeEach
  void fillVersion1() throws IOException {
    file = directory.resolve("auth.duckdb");
    try (DuckDbDatabase database =
        new DuckDbDatabase(DuckDbInstance.open(file), new LocalChangeFeed())) {
      new Migrations(Migrations.class, List.of("V1__accounts.sql")).apply(database);
      String rows = read("rows-of-version-1.sql");
      int unused = database.write(s -> s.handle().createScript(rows).execute().length);
    }
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = FromVersion1Test.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private DuckDbAuthStore open() {
    DuckDbAuthStore store = DuckDbAuthStore.open(file);
    store.migrate();
    return store;
  }

  private static List<User> list(AuthStore store, int limit) {
    List<User> all = new ArrayList<>();
    Page<User> page = store.users().newest(PageRequest.first(limit));
    all.addAll(page.items());
    while (page.next().isPresent()) {
      page = store.users().newest(new PageRequest(limit, page.next().get()));
      all.addAll(page.items());
    }
    return all;
  }

  private static List<User> startingWith(AuthStore store, String prefix) {
    return store.users().startingWith(LoginKey.of(prefix), PageRequest.first(10)).items();
  }

  private static User create(AuthStore store, String name) {
    User user = People.user(name);
    assertThat(store.users().create(People.fresh(user))).isEqualTo(UserStore.Creation.CREATED);
    return user;
  }

  @Test
  void allAccountsAreThereAsTheyWereWithTheOldestLast() {
    try (DuckDbAuthStore store = open()) {
      assertThat(list(store, 10)).containsExactly(DAN, CYD, BOB, ADA);
      assertThat(list(store, 1)).containsExactly(DAN, CYD, BOB, ADA);
      assertThat(list(store, 10)).filteredOn(User::active).containsExactly(DAN, CYD, ADA);
      assertThat(store.users().find(ADA.id())).contains(ADA);
    }
  }

  @Test
  void accountsAreFoundByTheirNamesWithTheirPasswords() {
    try (DuckDbAuthStore store = open()) {
      StoredUser ada = new StoredUser(ADA, new PasswordHash("hash of ada"), 2);
      StoredUser bob = new StoredUser(BOB, new PasswordHash("hash of bob"), 1);
      StoredUser dan = new StoredUser(DAN, null, 0);

      assertThat(store.users().findByLogin(LoginKey.of("ADA"))).contains(ada);
      assertThat(store.users().findByLogin(LoginKey.of("ada@example.org"))).contains(ada);
      assertThat(store.users().findByLogin(LoginKey.of("bob@example.org"))).contains(bob);
      assertThat(store.users().findByLogin(LoginKey.of("dan@example.org"))).contains(dan);
      assertThat(store.users().create(People.fresh(People.user("DAN"))))
          .isEqualTo(UserStore.Creation.NAME_TAKEN);
    }
  }

  @Test
  void accountsAreFoundOnceByHowTheirNamesBegin() {
    try (DuckDbAuthStore store = open()) {
      assertThat(startingWith(store, "dan")).containsExactly(DAN);
      assertThat(startingWith(store, "dan@")).containsExactly(DAN);
      assertThat(startingWith(store, "BOB")).containsExactly(BOB);
      assertThat(startingWith(store, "")).containsExactly(ADA, BOB, CYD, DAN);
    }
  }

  @Test
  void sessionsGoOnAndNewOnesAreOpened() {
    try (DuckDbAuthStore store = open()) {
      Instant opened = Instant.ofEpochMilli(1740000009000L);
      Instant seen = Instant.ofEpochMilli(1740000060000L);
      Session session = new Session(ADAS, ADA.id(), opened, seen, END, "192.0.2.7", "curl/8");
      assertThat(store.sessions().find(ADA.id(), ADAS)).contains(new SessionOfUser(session, ADA));
      assertThat(store.sessions().find(CYD.id(), CYDS)).map(SessionOfUser::user).contains(CYD);

      assertThat(store.sessions().open(People.session(ADA, "new"), 2, 10)).isTrue();
      assertThat(store.sessions().open(People.session(BOB, "closed"), 1, 10)).isFalse();
      assertThat(store.sessions().end(CYD.id(), CYDS)).isTrue();
    }
  }

  @Test
  void secretsAttemptsAndSettingsAreThere() {
    try (DuckDbAuthStore store = open()) {
      assertThat(store.secrets().take("hash of a ticket", "ws-ticket", LATER))
          .contains(
              new OneTimeSecret("hash of a ticket", "ws-ticket", null, ADAS.value(), "{}", END));
      assertThat(store.secrets().take("hash of a link", "password-reset", LATER))
          .contains(
              new OneTimeSecret(
                  "hash of a link", "password-reset", CYD.id(), null, "payload", END));
      assertThat(store.attempts().count(List.of("name:ada"), Duration.ofHours(1), LATER))
          .isEqualTo(Map.of("name:ada", new Attempts(4, END)));
      assertThat(store.settings().get("webhooks")).contains(new Setting(7, "{\"urls\": []}"));
    }
  }

  @Test
  void whatIsCreatedNowComesBeforeWhatWasThere() {
    try (DuckDbAuthStore store = open()) {
      User eve = create(store, "eve");
      User fay = create(store, "fay");

      assertThat(list(store, 10)).containsExactly(fay, eve, DAN, CYD, BOB, ADA);
      assertThat(list(store, 2)).containsExactly(fay, eve, DAN, CYD, BOB, ADA);
    }
  }

  @Test
  void oldAccountsChangeAndGoAndOldSessionsMakeTokens() {
    try (DuckDbAuthStore store = open()) {
      AccessToken token = token(CYD);
      assertThat(store.accessTokens().create(token, "hash", CYDS, 1)).isEqualTo(Creation.CREATED);
      assertThat(store.accessTokens().ofUser(CYD.id())).containsExactly(token);

      store.users().change(CYD.id(), UserChange.nothing().deactivate(LATER, null), ADMIN);
      assertThat(store.sessions().find(CYD.id(), CYDS)).isEmpty();
      assertThat(store.accessTokens().ofUser(CYD.id())).isEmpty();

      store.users().change(DAN.id(), UserChange.nothing().email(null), ADMIN);
      assertThat(startingWith(store, "dan")).containsExactly(DAN.withEmail(null));
      assertThat(store.users().delete(DAN.id(), ADMIN)).isEqualTo(Deletion.DELETED);
      assertThat(store.users().delete(ADA.id(), ADMIN)).isEqualTo(Deletion.LAST_ADMINISTRATOR);
    }
  }

  private static AccessToken token(User user) {
    return AccessToken.created(
        TokenId.random(People.IDS), user.id(), "t", Scopes.unlimited(), LATER, Expiry.never());
  }

  @Test
  void oldAccountsAreSignedInToByIdentityProviders() {
    Session through = throughGoogle(CYD);
    try (DuckDbAuthStore store = open()) {
      assertThat(store.identities().link(new LinkedIdentity(GOOGLE, CYD.id(), LATER)))
          .isEqualTo(Linking.LINKED);
      assertThat(store.sessions().open(through, 0, 10)).isTrue();

      assertThat(store.sessions().endThrough(new ProviderLogout("google", null, "s1")))
          .isEqualTo(1);
      assertThat(store.sessions().find(CYD.id(), through.id())).isEmpty();
      assertThat(store.sessions().find(CYD.id(), CYDS)).isPresent();
    }
  }

  private static Session throughGoogle(User user) {
    return People.session(user, "curl/8").through(new ProviderSession(GOOGLE, "s1"));
  }

  @Test
  void secondOpenFindsWhatTheFirstLeft() {
    User eve;
    AccessToken token = token(ADA);
    try (DuckDbAuthStore store = open()) {
      eve = create(store, "eve");
      assertThat(store.accessTokens().create(token, "hash", ADAS, 1)).isEqualTo(Creation.CREATED);
    }
    try (DuckDbAuthStore store = open()) {
      User fay = create(store, "fay");

      assertThat(list(store, 2)).containsExactly(fay, eve, DAN, CYD, BOB, ADA);
      assertThat(store.sessions().find(ADA.id(), ADAS)).isPresent();
      assertThat(store.accessTokens().newest(PageRequest.first(10)).items())
          .singleElement()
          .satisfies(row -> assertThat(row.token()).isEqualTo(token))
          .satisfies(row -> assertThat(row.owner()).isEqualTo(ADA));
    }
  }

  @Test
  void migrationOutlivesAProcessThatDiesBeforeItsFirstCheckpoint() throws IOException {
    Path copy = directory.resolve("copy");
    Path log = directory.resolve("copy.wal");
    ServiceAccount backup = People.service("backup");
    Session through = throughGoogle(ADA);
    User ada = ADA.withLastLoginAt(through.createdAt());
    User eve;
    try (DuckDbAuthStore store = open()) {
      eve = create(store, "eve");
      store.services().create(backup, 1);
      store.identities().link(new LinkedIdentity(GOOGLE, ADA.id(), LATER));
      assertThat(store.sessions().open(through, 2, 10)).isTrue();
      // As a kill leaves them: the file of before, and a log.
      Files.copy(file, copy);
      Files.copy(directory.resolve("auth.duckdb.wal"), log);
    }
    file = copy;
    assertThat(log).isNotEmptyFile();
    try (DuckDbAuthStore store = open()) {
      User fay = create(store, "fay");

      assertThat(list(store, 2)).containsExactly(fay, eve, DAN, CYD, BOB, ada);
      assertThat(store.sessions().find(ADA.id(), ADAS)).isPresent();
      assertThat(startingWith(store, "dan")).containsExactly(DAN);
      assertThat(store.services().all()).containsExactly(backup);
      assertThat(store.identities().findUser(GOOGLE)).map(StoredUser::user).contains(ada);
      assertThat(store.sessions().ofUser(ADA.id(), LATER)).hasSize(2).contains(through);
      assertThat(store.sessions().endThrough(new ProviderLogout("google", "1", null))).isEqualTo(1);
    }
  }
}
