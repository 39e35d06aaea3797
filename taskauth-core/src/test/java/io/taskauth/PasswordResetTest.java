package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.login.BackendAnswer;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.PasswordReset;
import io.taskauth.login.PasswordReset.Outcome;
import io.taskauth.login.PasswordReset.Start;
import io.taskauth.password.Password;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Choosing a password with a link. */
class PasswordResetTest {
  private static final String NEXT = "another good passphrase";
  private static final Outcome BAD = new Outcome.BadToken();

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private User root;
  private User ada;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
    ada = fixture.account("ada.lovelace", VIEWER, "countess@example.org", hash(PASSWORD));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private PasswordReset reset() {
    return auth.passwordReset().orElseThrow();
  }

  private Start start(User account) {
    return reset().start(root, account, HERE);
  }

  /** The secret of a new link for Ada. */
  private String link() {
    Start start = start(ada);
    assertThat(start).isInstanceOf(Start.Started.class);
    return ((Start.Started) start).token().reveal();
  }

  private Outcome complete(String link, String next) {
    return reset().complete(link, Password.of(next), HERE);
  }

  private void assertOldPasswordHolds() {
    assertThat(signIn(auth, "ada.lovelace", PASSWORD)).isInstanceOf(LoginOutcome.SignedIn.class);
    assertThat(signIn(auth, "ada.lovelace", NEXT)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void secretThatWasNeverMadeIsRefused() {
    String link = link();

    for (String guess :
        List.of(
            "",
            " ",
            "x",
            Hashes.sha256Hex(link),
            link + " ",
            link.substring(1),
            link.toUpperCase(Locale.ROOT),
            "a".repeat(100_000))) {
      assertThat(complete(guess, NEXT)).isEqualTo(BAD);
      assertThat(reset().accountOf(guess)).isEmpty();
    }
    assertOldPasswordHolds();
  }

  @Test
  void linkThatWasBeingMadeWhileTheAccountWasClosedIsNotGood() {
    fixture.store.beforeNext(
        "OneTimeSecretStore.replace",
        () -> change(UserChange.nothing().deactivate(fixture.now.get(), root.id())));
    String link = link();

    assertThat(reset().accountOf(link)).isEmpty();
    assertThat(complete(link, NEXT)).isEqualTo(BAD);
  }

  @Test
  void newLinkTakesThePlaceOfTheOneBefore() {
    String mistaken = link();
    String link = link();

    assertThat(complete(mistaken, NEXT)).isEqualTo(BAD);
    assertOldPasswordHolds();
    assertThat(complete(link, NEXT)).isEqualTo(new Outcome.Done(1));
  }

  @Test
  void nobodyMakesALinkForTheirOwnAccount() {
    assertThat(start(root)).isEqualTo(new Start.OwnAccount());
    assertThat(fixture.events(auth, AuditType.PASSWORD_RESET_REQUESTED)).isEmpty();
  }

  @Test
  void linkIsGoodOnce() {
    String link = link();
    assertThat(complete(link, NEXT)).isEqualTo(new Outcome.Done(0));

    assertThat(complete(link, "a third passphrase")).isEqualTo(BAD);

    assertThat(reset().accountOf(link)).isEmpty();
    assertThat(signIn(auth, "ada.lovelace", NEXT)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void ofManyAtOnceExactlyOneChoosesThePassword() throws Exception {
    for (int round = 0; round < 5; round++) {
      String link = link();

      List<Outcome> outcomes = Race.of(16, () -> complete(link, NEXT));

      assertThat(outcomes).filteredOn(outcome -> outcome instanceof Outcome.Done).hasSize(1);
      assertThat(outcomes).filteredOn(outcome -> !(outcome instanceof Outcome.Done)).hasSize(15);
      fixture.advance(Duration.ofMinutes(20));
    }
    assertThat(fixture.events(auth, AuditType.PASSWORD_RESET)).hasSize(5);
  }

  @Test
  void linkIsGoodForAnHour() {
    String link = link();
    fixture.advance(PasswordReset.LIFE.minusMillis(1));
    assertThat(reset().accountOf(link)).contains(ada);

    fixture.advance(Duration.ofMillis(1));

    assertThat(reset().accountOf(link)).isEmpty();
    assertThat(complete(link, NEXT)).isEqualTo(BAD);
    assertThat(PasswordReset.LIFE).isEqualTo(Duration.ofHours(1));
    assertOldPasswordHolds();
  }

  @Test
  void unacceptablePasswordLeavesTheLinkGood() {
    String link = link();
    Opened session = signedIn(auth, "ada.lovelace");

    for (String next :
        List.of("", "short", "password1", "ada.lovelace", "Countess99", "x".repeat(257))) {
      assertThat(complete(link, next)).isInstanceOf(Outcome.Unacceptable.class);
    }

    assertThat(isIn(auth, session)).isTrue();
    assertThat(complete(link, NEXT)).isEqualTo(new Outcome.Done(1));
  }

  @Test
  void newerPasswordEndsTheLink() {
    String link = link();
    fixture.store.sessions().changePassword(ada.id(), OptionalLong.empty(), hash("hers"), null);

    assertThat(complete(link, NEXT)).isEqualTo(BAD);

    assertThat(signIn(auth, "ada.lovelace", "hers")).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void passwordThatChangesMeanwhileWins() {
    String link = link();
    fixture.store.beforeNext(
        "SessionStore.changePassword",
        () ->
            fixture
                .store
                .sessions()
                .changePassword(ada.id(), OptionalLong.empty(), hash("hers"), null));

    assertThat(complete(link, NEXT)).isEqualTo(BAD);

    assertThat(signIn(auth, "ada.lovelace", "hers")).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void linkThatWasBeingMadeWhileThePasswordChangedIsNotGood() {
    fixture.store.beforeNext(
        "OneTimeSecretStore.replace",
        () ->
            fixture
                .store
                .sessions()
                .changePassword(ada.id(), OptionalLong.empty(), hash("hers"), null));

    assertThat(complete(link(), NEXT)).isEqualTo(BAD);
  }

  @Test
  void everySessionAndEveryOtherLinkEnds() {
    String other = link();
    String link = link();
    Opened here = signedIn(auth, "ada.lovelace");
    Opened there = signedIn(auth, "ada.lovelace");
    Opened roots = signedIn(auth, "root");
    assertThat(isIn(auth, here) && isIn(auth, there)).isTrue();

    assertThat(complete(link, NEXT)).isEqualTo(new Outcome.Done(2));

    assertThat(isIn(auth, here)).isFalse();
    assertThat(isIn(auth, there)).isFalse();
    assertThat(isIn(auth, roots)).isTrue();
    assertThat(complete(other, "a third passphrase")).isEqualTo(BAD);
    assertThat(signIn(auth, "ada.lovelace", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void tokensStayGood() {
    AccessTokens.Outcome.Created token = token(auth, signedIn(auth, "ada.lovelace"));

    complete(link(), NEXT);

    assertThat(isIn(auth, token)).isTrue();
  }

  @Test
  void nobodyIsSignedInByIt() {
    String link = link();
    fixture.store.calls.clear();

    complete(link, NEXT);

    assertThat(fixture.store.calls).doesNotContain("SessionStore.open");
    assertThat(fixture.events(auth, AuditType.LOGIN_SUCCESS)).isEmpty();
  }

  @Test
  void lookingAtALinkDoesNotUseItUp() {
    String link = link();

    for (int i = 0; i < 20; i++) {
      assertThat(reset().accountOf(link)).contains(ada);
    }

    assertThat(complete(link, NEXT)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void closedAccountGetsNoLinkAndLosesTheOneItHas() {
    String link = link();
    User closed = change(UserChange.nothing().deactivate(fixture.now.get(), root.id()));

    assertThat(reset().accountOf(link)).isEmpty();
    assertThat(complete(link, NEXT)).isEqualTo(BAD);
    assertThat(start(closed)).isEqualTo(new Start.Deactivated());
    assertThat(start(ada)).as("as it was before").isEqualTo(new Start.Deactivated());
  }

  private User change(UserChange change) {
    fixture.store.users().change(ada.id(), change, ADMIN);
    return fixture.store.users().find(ada.id()).orElseThrow();
  }

  @Test
  void accountThatIsOpenedAgainNeedsANewLink() {
    String old = link();
    change(UserChange.nothing().deactivate(fixture.now.get(), root.id()));
    change(UserChange.nothing().activate());

    assertThat(complete(old, NEXT)).isEqualTo(BAD);
    assertThat(complete(link(), NEXT)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void accountThatIsClosedWhileThePasswordIsHashedStaysAsItIs() {
    String link = link();
    fixture.store.beforeNext(
        "SessionStore.changePassword",
        () -> {
          change(UserChange.nothing().deactivate(fixture.now.get(), root.id()));
          change(UserChange.nothing().activate());
        });

    assertThat(complete(link, NEXT)).isEqualTo(BAD);
    assertOldPasswordHolds();
  }

  @Test
  void deletedAccountGetsNoLinkAndLosesTheOneItHas() {
    String link = link();
    fixture.store.users().delete(ada.id(), ADMIN);
    fixture.account("ada.lovelace", VIEWER);

    assertThat(complete(link, NEXT)).isEqualTo(BAD);
    assertThat(start(ada)).as("another's name by now").isEqualTo(new Start.NoAccount());
    assertOldPasswordHolds();
  }

  @Test
  void accountOfABackendGetsNoLink() {
    TaskAuth withBackend =
        fixture.build(
            fixture
                .withStore()
                .backend(
                    (name, password) ->
                        name.equals("bob")
                            ? BackendAnswer.accepted("bob")
                            : BackendAnswer.notMine()));
    User bob = signedIn(withBackend, "bob").user();

    assertThat(start(bob)).isEqualTo(new Start.KeptElsewhere());
    assertThat(fixture.events(auth, AuditType.PASSWORD_RESET_REQUESTED)).isEmpty();
  }

  @Test
  void accountWithoutAPasswordGetsItsFirstOne() {
    ada = fixture.account("new", VIEWER, null, null);
    assertThat(signIn(auth, "new", "")).isEqualTo(new LoginOutcome.BadCredentials());

    assertThat(complete(link(), NEXT)).isEqualTo(new Outcome.Done(0));

    assertThat(signIn(auth, "new", NEXT)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void whoAsksWithABadSecretLearnsNoName() {
    String link = link();
    complete(link, NEXT);

    complete(link, NEXT);

    AuditEvent refused = fixture.events(auth, AuditType.PASSWORD_RESET_REFUSED).get(0);
    assertThat(BAD).hasToString("BadToken[]");
    assertThat(refused.username()).isNull();
    assertThat(refused.userId()).isNull();
    assertThat(refused.ip()).isEqualTo(HERE.ip());
  }

  @Test
  void secretIsKeptNowhere() {
    fixture.store.heard.clear();
    Start start = start(ada);
    String secret = ((Start.Started) start).token().reveal();
    complete(secret, NEXT);

    assertThat(secret).matches("[\\w-]{43}");
    assertThat(fixture.store.heard)
        .anyMatch(text -> text.contains(Hashes.sha256Hex(secret)))
        .noneMatch(text -> text.contains(secret));
    assertThat(fixture.events(auth.audit())).noneMatch(e -> e.toString().contains(secret));
    assertThat(start.toString()).contains("[redacted]").doesNotContain(secret);
  }

  @Test
  void askingAndChoosingAreOnRecord() {
    String link = link();
    signedIn(auth, "ada.lovelace");
    complete(link, NEXT);

    AuditEvent asked = fixture.events(auth, AuditType.PASSWORD_RESET_REQUESTED).get(0);
    AuditEvent done = fixture.events(auth, AuditType.PASSWORD_RESET).get(0);

    assertThat(asked.userId()).isEqualTo(root.id());
    assertThat(asked.target()).isEqualTo(ada.id().toString());
    assertThat(asked.details()).isEqualTo(Map.of(AuditEvent.TARGET_USERNAME, "ada.lovelace"));
    assertThat(done.userId()).isEqualTo(ada.id());
    assertThat(done.details()).isEqualTo(Map.of("sessions_revoked", "1"));
  }

  @Test
  void storeThatIsOutLeavesTheLinkGood() {
    String link = link();
    fixture.store.beforeNext(
        "SessionStore.changePassword",
        () -> {
          throw new AuthStoreException("out", null);
        });

    assertThatThrownBy(() -> complete(link, NEXT)).isInstanceOf(AuthStoreException.class);

    assertThat(complete(link, NEXT)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void passwordThatIsChosenStaysChosenThoughTheCountCannotBeGivenBack() {
    String link = link();
    fixture.store.beforeNext(
        "AttemptStore.release",
        () -> {
          throw new AuthStoreException("out", null);
        });

    assertThat(complete(link, NEXT)).isEqualTo(new Outcome.Done(0));
  }
}
