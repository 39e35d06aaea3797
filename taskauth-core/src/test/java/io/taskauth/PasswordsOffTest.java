package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.StubProvider.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.admin.AccountOutcome;
import io.taskauth.admin.NewAccount;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.login.BackendAnswer;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.PasswordChange;
import io.taskauth.login.PasswordReset;
import io.taskauth.login.Setup;
import io.taskauth.login.SetupCode;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.password.Password;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.session.SessionId;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where passwords are off, every door for one is closed, and nobody looks at what was typed. */
class PasswordsOffTest {
  private static final Map<String, String> DISABLED = Map.of("reason", "password_login_disabled");
  private static final Password NEXT = Password.of("another good passphrase");

  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub");

  /** How often anybody was asked about a password. */
  private final AtomicInteger looks = new AtomicInteger();

  private final TaskAuth auth =
      fixture.build(
          fixture
              .withStore()
              .identityProvider(provider)
              .administratorEmails("boss@example.org")
              .withoutPasswordLogin()
              .setupCode(SetupCode.none())
              .throttle(new ThrottlePolicy(1, 1, 1, Duration.ofMinutes(1)))
              .passwordCheck(
                  candidate -> {
                    looks.incrementAndGet();
                    return Optional.empty();
                  })
              .backend(
                  (name, password) -> {
                    looks.incrementAndGet();
                    return BackendAnswer.notMine();
                  }));

  @AfterEach
  void close() {
    fixture.close();
  }

  private PasswordReset reset() {
    return auth.passwordReset().orElseThrow();
  }

  /** Whoever verifies a password has read its hash first. */
  private void assertNothingWasLookedAtOrCounted() {
    assertThat(looks).hasValue(0);
    assertThat(fixture.store.calls)
        .filteredOn(call -> !call.endsWith(".sweep"))
        .noneMatch(call -> call.startsWith("AttemptStore."))
        .noneMatch(call -> call.startsWith("OneTimeSecretStore."))
        .doesNotContain(
            "UserStore.findByLogin",
            "UserStore.create",
            "UserStore.createFirst",
            "SessionStore.open",
            "SessionStore.changePassword");
  }

  private void assertRecorded(AuditType type, int times) {
    List<AuditEvent> events = fixture.events(auth, type);
    assertThat(events).hasSize(times);
    assertThat(events).allSatisfy(event -> assertThat(event.details()).isEqualTo(DISABLED));
    assertThat(events).extracting(AuditEvent::ip).containsOnly(HERE.ip());
  }

  @Test
  void signInIsRefusedWithoutTheNameOnRecord() {
    fixture.account("ada", VIEWER);
    fixture.store.calls.clear();

    for (String name : List.of("ada", "ada", "a-password-typed-as-a-name")) {
      assertThat(Fixture.signIn(auth, name, PASSWORD))
          .isEqualTo(new LoginOutcome.PasswordsRefused());
    }

    assertNothingWasLookedAtOrCounted();
    assertRecorded(AuditType.PASSWORD_LOGIN_REFUSED, 3);
    assertThat(fixture.events(auth, AuditType.PASSWORD_LOGIN_REFUSED))
        .allSatisfy(event -> assertThat(event.username()).isNull());
    assertThat(auth.isPasswordLoginEnabled()).isFalse();
  }

  @Test
  void setUpIsRefusedUntilTheFirstComesThroughAProvider() {
    Setup setup = auth.setup().orElseThrow();

    for (int i = 0; i < 3; i++) {
      assertThat(setup.setUp("eve", NEXT, null, HERE))
          .isEqualTo(new Setup.Outcome.PasswordsRefused());
    }

    assertNothingWasLookedAtOrCounted();
    assertRecorded(AuditType.SETUP_REFUSED, 3);
    assertThat(fixture.events(auth, AuditType.SETUP_REFUSED).get(0).username()).isNull();
    assertThat(auth.isSetupRequired()).isTrue();
    new Browser(auth, provider).signedIn(verified("boss", "boss@example.org"));
    assertThat(setup.setUp("eve", NEXT, null, HERE))
        .isEqualTo(new Setup.Outcome.PasswordsRefused());
  }

  @Test
  void changeIsRefused() {
    User ada = fixture.account("ada", VIEWER);
    fixture.store.calls.clear();

    for (int i = 0; i < 3; i++) {
      assertThat(change(ada)).isEqualTo(new PasswordChange.Outcome.PasswordsRefused());
    }

    assertNothingWasLookedAtOrCounted();
    assertRecorded(AuditType.PASSWORD_CHANGE_REFUSED, 3);
  }

  private PasswordChange.Outcome change(User user) {
    return auth.passwordChange()
        .orElseThrow()
        .change(user, SessionId.random(auth.ids()), Password.of(PASSWORD), NEXT, HERE);
  }

  /** No throttle stands before it any more. */
  @Test
  void userWhoTriesAllDayDoesNotFillTheRecord() {
    User ada = fixture.account("ada", VIEWER);

    for (int i = 0; i < 300; i++) {
      change(ada);
    }

    assertThat(fixture.events(auth, AuditType.PASSWORD_CHANGE_REFUSED)).hasSizeBetween(1, 200);
  }

  @Test
  void noLinkIsMade() {
    User root = fixture.account("root", ADMIN);
    User ada = fixture.account("ada", VIEWER);
    fixture.store.calls.clear();

    assertThat(reset().start(root, ada, HERE))
        .isEqualTo(new PasswordReset.Start.PasswordsRefused());
    assertThat(reset().startAtConsole(ada)).isEqualTo(new PasswordReset.Start.PasswordsRefused());

    assertNothingWasLookedAtOrCounted();
    assertThat(fixture.events(auth, AuditType.PASSWORD_RESET_REQUESTED)).isEmpty();
  }

  @Test
  void linkFromBeforeIsRefusedAndKept() {
    User root = fixture.account("root", ADMIN);
    User ada = fixture.account("ada", VIEWER);
    TaskAuth before = fixture.build(fixture.withStore());
    PasswordReset.Start start = before.passwordReset().orElseThrow().start(root, ada, HERE);
    String link = ((PasswordReset.Start.Started) start).token().reveal();
    fixture.store.calls.clear();

    for (String presented : List.of(link, "a guess", "another")) {
      assertThat(reset().complete(presented, NEXT, HERE))
          .isEqualTo(new PasswordReset.Outcome.PasswordsRefused());
    }

    assertNothingWasLookedAtOrCounted();
    assertRecorded(AuditType.PASSWORD_RESET_REFUSED, 3);
    assertThat(before.passwordReset().orElseThrow().complete(link, NEXT, HERE))
        .isInstanceOf(PasswordReset.Outcome.Done.class);
  }

  @Test
  void administratorsGiveNobodyAPassword() {
    User root = fixture.account("root", ADMIN);
    User ada = fixture.account("ada", VIEWER);
    fixture.store.calls.clear();

    assertThat(auth.userAdministration().orElseThrow().setPassword(root, ada.id(), NEXT, HERE))
        .isEqualTo(new AccountOutcome.PasswordsRefused());
    assertThat(create(root, Optional.of(NEXT))).isEqualTo(new AccountOutcome.PasswordsRefused());

    assertNothingWasLookedAtOrCounted();
  }

  private AccountOutcome create(User by, Optional<Password> password) {
    NewAccount eve = new NewAccount(new Username("eve"), null, null, VIEWER, password);
    return auth.userAdministration().orElseThrow().create(by, eve, HERE);
  }

  @Test
  void accountWithoutAPasswordIsMadeAndIdentitiesSignInToIt() {
    User root = fixture.account("root", ADMIN);

    AccountOutcome made = create(root, Optional.empty());
    User eve = ((AccountOutcome.Done) made).user();
    ProviderLinks.link(auth, root, eve, "stub", "eve");

    Opened session = new Browser(auth, provider).signedIn(StubProvider.vouched("eve"));
    assertThat(session.user().id()).isEqualTo(eve.id());
  }
}
