package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.StubProvider.verified;
import static io.taskauth.StubProvider.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.admin.AccountOutcome;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.PasswordChange;
import io.taskauth.login.PasswordReset.Start;
import io.taskauth.password.Password;
import io.taskauth.provider.ProviderSignIns.Arrival;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.user.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts of providers' people that are closed to an identity, and to passwords always. */
class ProviderRefusalTest {
  private static final Arrival DENIED = new Arrival.Denied("");

  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub");
  private final TaskAuth auth = fixture.build(fixture.withStore().identityProvider(provider));
  private final Browser browser = new Browser(auth, provider);
  private User root;
  private Opened session;
  private User ada;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
    session = browser.signedIn(verified("ada", "ada@example.org"));
    ada = session.user();
    fixture.store.calls.clear();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void deactivate() {
    auth.userAdministration().orElseThrow().deactivate(root, ada.id(), HERE);
  }

  private void assertDenied(String reason) {
    List<AuditEvent> events = fixture.events(auth, AuditType.OAUTH_DENIED);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).details()).isEqualTo(Map.of("slot", "stub", "reason", reason));
    assertThat(events.get(0).username()).isEqualTo("stub:ada");
    assertThat(fixture.events(auth, AuditType.LOGIN_SUCCESS)).hasSize(1);
  }

  @Test
  void closedAccountLetsNobodyIn() {
    deactivate();

    assertThat(browser.signIn(vouched("ada"))).isEqualTo(DENIED);

    assertDenied("deactivated");
    assertThat(fixture.store.calls).doesNotContain("SessionStore.open", "UserStore.create");
  }

  @Test
  void accountThatIsClosedOnTheWayLetsNobodyIn() {
    fixture.store.beforeNext("SessionStore.open", this::deactivate);

    assertThat(browser.signIn(vouched("ada"))).isEqualTo(DENIED);

    assertDenied("changed");
  }

  @Test
  void identityThatWasTakenOffIsRefusedWhileTheAccountIsThere() {
    ProviderLinks.link(auth, root, ada, "stub", "second");
    ProviderLinks.unlink(auth, root, ada, "stub", "ada");

    assertThat(browser.signIn(vouched("ada"))).isEqualTo(DENIED);

    assertDenied("name_taken");
    assertThat(fixture.store.calls).doesNotContain("SessionStore.open");
    assertThat(browser.signedIn(vouched("second")).user().id()).isEqualTo(ada.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UserStore.change", "SessionStore.open"})
  void signInThatIsUnderWayWhenTheIdentityIsTakenOffEndsInNoSession(String verb) {
    ProviderLinks.link(auth, root, ada, "stub", "second");
    fixture.store.beforeNext(verb, () -> ProviderLinks.unlink(auth, root, ada, "stub", "ada"));

    assertThat(browser.signIn(verified("ada", "new@example.org"))).isEqualTo(DENIED);

    assertDenied("changed");
    assertThat(fixture.store.sessions().ofUser(ada.id(), fixture.now.get())).isEmpty();
  }

  @Test
  void signInThatIsUnderWayWhenTheAccountIsDeletedEndsInNoSession() {
    fixture.store.beforeNext(
        "SessionStore.open",
        () -> auth.userAdministration().orElseThrow().delete(root, ada.id(), HERE));

    assertThat(browser.signIn(vouched("ada"))).isEqualTo(DENIED);

    assertDenied("changed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ada", "null", PASSWORD})
  void noPasswordSignsIn(String password) {
    for (String name : List.of("stub:ada", "STUB:ADA", "ada@example.org")) {
      assertThat(signIn(auth, name, password)).isEqualTo(new LoginOutcome.BadCredentials());
    }
  }

  @Test
  void nobodyGivesTheAccountAPassword() {
    Password next = Password.of("another good passphrase");

    assertThat(
            auth.passwordChange()
                .orElseThrow()
                .change(ada, session.session().id(), Password.of(""), next, HERE))
        .isEqualTo(new PasswordChange.Outcome.KeptElsewhere());
    assertThat(auth.userAdministration().orElseThrow().setPassword(root, ada.id(), next, HERE))
        .isEqualTo(new AccountOutcome.KeptElsewhere());
    assertThat(auth.passwordReset().orElseThrow().start(root, ada, HERE))
        .isEqualTo(new Start.KeptElsewhere());
    assertThat(auth.passwordReset().orElseThrow().startAtConsole(ada))
        .isEqualTo(new Start.KeptElsewhere());
    assertThat(fixture.store.calls)
        .doesNotContain("SessionStore.changePassword", "OneTimeSecretStore.replace");
    assertThat(Fixture.isIn(auth, session)).isTrue();
  }
}
