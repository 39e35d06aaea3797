package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskauth.admin.AccountOutcome;
import io.taskauth.admin.ImportedAccount;
import io.taskauth.admin.NewAccount;
import io.taskauth.admin.UserAdministration;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.login.LoginOutcome;
import io.taskauth.password.PasswordHash;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.Origin;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts that come from elsewhere, with the password that their user has there. */
class ImportedAccountTest {
  private static final String PASSWORD = "lètmein";
  private static final String DJANGO =
      "pbkdf2_sha256$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=";

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private User root;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ImportedAccount account(String name, String hash, boolean active) {
    return new ImportedAccount(
        new Username(name),
        new EmailAddress(name + "@example.org"),
        "Grace",
        VIEWER,
        active,
        hash == null ? null : new PasswordHash(hash));
  }

  private UserAdministration users() {
    return auth.userAdministration().orElseThrow();
  }

  private String storedHash(String name) {
    return fixture
        .store
        .users()
        .findByLogin(LoginKey.of(name))
        .orElseThrow()
        .passwordHash()
        .encoded();
  }

  @Test
  void importedUserSignsInWithTheOldPasswordAndIsRehashed() {
    AccountOutcome outcome = users().importAccount(root, account("grace", DJANGO, true), HERE);

    assertThat(outcome).isInstanceOf(AccountOutcome.Done.class);
    assertThat(storedHash("grace")).startsWith("pbkdf2_sha256$20000$73656173616c74$");
    assertThat(signIn(auth, "grace", "letmein")).isEqualTo(new LoginOutcome.BadCredentials());
    User grace = signedIn(auth, "GRACE@example.org", PASSWORD).user();
    assertThat(grace.displayName()).isEqualTo("Grace");
    assertThat(grace.origin()).isEqualTo(Origin.PASSWORD);
    assertThat(storedHash("grace")).startsWith("$argon2id$v=19$m=8,t=1,p=1$");
    signedIn(auth, "grace", PASSWORD);
  }

  @Test
  void importIsOnRecordWithoutTheHash() {
    users().importAccount(root, account("grace", DJANGO, true), HERE);
    users().importAccount("task import-users", account("ann", DJANGO, false));

    AuditEvent byRoot = fixture.events(auth, AuditType.USER_CREATED).get(0);
    assertThat(byRoot.userId()).isEqualTo(root.id());
    assertThat(byRoot.details())
        .isEqualTo(
            Map.of(AuditEvent.TARGET_USERNAME, "grace", "role", "viewer", "imported", "true"));
    AuditEvent byTask = fixture.events(auth, AuditType.USER_CREATED).get(1);
    assertThat(byTask.username()).isEqualTo("ann");
    assertThat(byTask.ip()).isNull();
    assertThat(byTask.details())
        .isEqualTo(
            Map.of(
                "role",
                "viewer",
                "imported",
                "true",
                "active",
                "false",
                "by",
                "task import-users"));
    assertThat(fixture.events(auth.audit()).toString()).doesNotContain("seasalt", "73656173");
  }

  @Test
  void closedAccountIsClosed() {
    User ann =
        ((AccountOutcome.Done) users().importAccount(root, account("ann", DJANGO, false), HERE))
            .user();

    assertThat(fixture.store.users().find(ann.id())).contains(ann);
    assertThat(ann.active()).isFalse();
    assertThat(ann.deactivatedBy()).isEqualTo(root.id());
    assertThat(signIn(auth, "ann", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void accountWithoutAPasswordNeedsALink() {
    assertThat(users().importAccount("test", account("ann", "!unusable", true)))
        .isInstanceOf(AccountOutcome.Done.class);
    assertThat(users().importAccount("test", account("bob", null, true)))
        .isInstanceOf(AccountOutcome.Done.class);

    assertThat(signIn(auth, "ann", "!unusable")).isEqualTo(new LoginOutcome.BadCredentials());
    assertThat(signIn(auth, "bob", "")).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void hashThatCostsTooMuchMakesNoAccount() {
    String planted = hash(PASSWORD).encoded().replace("m=8,t=1,p=1", "m=1048576,t=100,p=16");

    assertThat(users().importAccount(root, account("grace", planted, true), HERE))
        .isInstanceOf(AccountOutcome.BadPassword.class);
    assertThat(users().findByLogin("grace")).isEmpty();
    assertThat(fixture.events(auth.audit())).isEmpty();
  }

  @Test
  void takenNamesAndAddressesAreLeftAsTheyAre() {
    fixture.account("grace", ADMIN, "hopper@example.org", hash("another passphrase"));

    assertThat(users().importAccount(root, account("GRACE", DJANGO, true), HERE))
        .isEqualTo(new AccountOutcome.NameTaken());
    assertThat(users().importAccount(root, account("hopper", DJANGO, true), HERE))
        .isEqualTo(new AccountOutcome.EmailTaken());
    signedIn(auth, "grace", "another passphrase");
  }

  @Test
  void nobodyTakesTheNameOfSomebodyAtAProvider() {
    ImportedAccount outside =
        new ImportedAccount(new Username("google:1815"), null, null, VIEWER, true, null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> users().importAccount(root, outside, HERE));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                users()
                    .create(
                        root,
                        new NewAccount(outside.username(), null, null, VIEWER, Optional.empty()),
                        HERE));
    assertThat(users().findByLogin("google:1815")).isEmpty();
  }

  @Test
  void wherePasswordsAreOffNoneIsTakenOver() {
    TaskAuth off =
        fixture.build(
            fixture.withStore().withoutPasswordLogin().identityProvider(new StubProvider("corp")));
    UserAdministration administration = off.userAdministration().orElseThrow();

    assertThat(administration.importAccount("test", account("ann", DJANGO, true)))
        .isEqualTo(new AccountOutcome.PasswordsRefused());
    assertThat(administration.importAccount("test", account("ann", null, true)))
        .isInstanceOf(AccountOutcome.Done.class);
  }
}
