package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.login.BackendAnswer;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.PasswordChange.Outcome;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.password.Password;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changing one's own password. */
class PasswordChangeTest {
  private static final String NEXT = "another good passphrase";

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth =
      fixture.build(
          fixture.withStore().throttle(new ThrottlePolicy(3, 9, 9, Duration.ofMinutes(1))));

  @AfterEach
  void close() {
    fixture.close();
  }

  private Outcome change(Opened session, String old, String next) {
    return auth.passwordChange()
        .orElseThrow()
        .change(session.user(), session.session().id(), Password.of(old), Password.of(next), HERE);
  }

  @Test
  void wrongOldPasswordChangesNothingAndCountsAsAGuess() {
    fixture.account("ada", VIEWER);
    Opened session = signedIn(auth, "ada");

    for (int i = 0; i < 3; i++) {
      assertThat(change(session, "wrong", NEXT)).isEqualTo(new Outcome.WrongPassword());
    }

    assertThat(change(session, PASSWORD, NEXT)).isInstanceOf(Outcome.Throttled.class);
    assertThat(signIn(auth, "ada", PASSWORD)).isInstanceOf(LoginOutcome.Throttled.class);
    assertThat(isIn(auth, session)).isTrue();
  }

  @Test
  void changeThatFailsGivesItsAttemptBackOnceOnly() {
    fixture.account("ada", VIEWER);
    Opened session = signedIn(auth, "ada");

    boolean throttled = false;
    for (int i = 0; i < 12 && !throttled; i++) {
      fixture.store.beforeNext(
          "SessionStore.changePassword",
          () -> {
            throw new AuthStoreException("out", null);
          });
      try {
        throttled = change(session, PASSWORD, NEXT) instanceof Outcome.Throttled;
      } catch (AuthStoreException e) {
        throttled = signIn(auth, "name" + i, "a guess") instanceof LoginOutcome.Throttled;
      }
    }

    assertThat(throttled).as("guesses from one address are still limited").isTrue();
  }

  @Test
  void unacceptablePasswordIsRefusedWithAReason() {
    fixture.account("ada.lovelace", VIEWER, "countess@example.org", hash(PASSWORD));
    Opened session = signedIn(auth, "ada.lovelace");

    for (String next :
        new String[] {"short", "password1", PASSWORD, "ada.lovelace", "Countess99", "taskauth1"}) {
      assertThat(change(session, PASSWORD, next)).isInstanceOf(Outcome.Unacceptable.class);
    }
    assertThat(isIn(auth, signedIn(auth, "ada.lovelace"))).isTrue();
  }

  @Test
  void newPasswordEndsTheOtherSessionsAtOnce() {
    fixture.account("ada", VIEWER);
    fixture.account("eve", VIEWER);
    Opened here = signedIn(auth, "ada");
    Opened there = signedIn(auth, "ada");
    Opened others = signedIn(auth, "eve");
    assertThat(isIn(auth, here) && isIn(auth, there) && isIn(auth, others)).isTrue();

    assertThat(change(here, PASSWORD, NEXT)).isEqualTo(new Outcome.Changed(1));

    assertThat(isIn(auth, there)).isFalse();
    assertThat(isIn(auth, here)).isTrue();
    assertThat(isIn(auth, others)).isTrue();
    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
    assertThat(isIn(auth, signedIn(auth, "ada", NEXT))).isTrue();
  }

  @Test
  void whoeverChangesItSecondHasTheWrongPassword() {
    fixture.account("ada", VIEWER);
    Opened session = signedIn(auth, "ada");
    fixture.store.beforeNext(
        "SessionStore.changePassword",
        () ->
            fixture
                .store
                .sessions()
                .changePassword(
                    session.user().id(), OptionalLong.empty(), hash("of somebody else"), null));

    assertThat(change(session, PASSWORD, NEXT)).isEqualTo(new Outcome.WrongPassword());

    assertThat(signIn(auth, "ada", NEXT)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void passwordOfABackendIsKeptThere() {
    fixture.account("root", ADMIN);
    TaskAuth withBackend =
        fixture.build(fixture.withStore().backend((n, p) -> BackendAnswer.accepted(n)));
    Opened session = signedIn(withBackend, "ada");

    assertThat(change(session, PASSWORD, NEXT)).isEqualTo(new Outcome.KeptElsewhere());
  }
}
