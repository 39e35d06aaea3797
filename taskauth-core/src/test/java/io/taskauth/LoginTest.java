package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.login.LoginOutcome;
import io.taskauth.password.PasswordHash;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Credential;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in with an account of the store. */
class LoginTest {
  private static final PasswordHash PBKDF2 =
      new PasswordHash(
          "pbkdf2_sha256$1000$73616c7473616c74$"
              + "daf2eb9b12bc60544e9c64cbea88a73b86df4f4da0bd3a697856f3ec75b3e57d");

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong password", "", " ", "Correct Horse Battery", PASSWORD + " "})
  void wrongPasswordIsBadCredentials(String password) {
    fixture.account("ada", VIEWER);

    assertThat(signIn(auth, "ada", password)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @ParameterizedTest
  @ValueSource(strings = {"eve", "", " ", "ada@", "ada\u0000", "ada'--", "*"})
  void unknownNameIsBadCredentials(String name) {
    fixture.account("ada", VIEWER);

    assertThat(signIn(auth, name, PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void closedAccountIsBadCredentials() {
    User ada = fixture.account("ada", VIEWER);
    fixture
        .store
        .users()
        .change(ada.id(), UserChange.nothing().deactivate(fixture.now.get(), null), ADMIN);

    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void accountWithoutAPasswordIsBadCredentials() {
    fixture.account("ada", VIEWER, null, null);

    assertThat(signIn(auth, "ada", "")).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada",
        "ada",
        " ADA\t",
        "ａｄａ",
        "Ada@Example.org",
        " ada@EXAMPLE.org ",
        "\u3000ada"
      })
  void nameAndEmailAreTakenInAnyCaseAndWidth(String typed) {
    User ada = fixture.account("Ada", VIEWER, "ada@example.org", hash(PASSWORD));

    Opened session = signedIn(auth, typed, PASSWORD);

    assertThat(session.user().id()).isEqualTo(ada.id());
    assertThat(Fixture.user(auth, session).username().value()).isEqualTo("Ada");
  }

  @Test
  void everySignInGetsASessionOfItsOwn() {
    fixture.account("ada", VIEWER);

    Opened one = signedIn(auth, "ada");
    Opened two = signedIn(auth, "ada");

    assertThat(one.session().id()).isNotEqualTo(two.session().id());
    assertThat(one.toString()).contains("[redacted]").doesNotContain(one.token().reveal());
    assertThat(isIn(auth, one)).isTrue();
    assertThat(isIn(auth, two)).isTrue();
  }

  @Test
  void signInNotesWhenAndFromWhere() {
    User ada = fixture.account("ada", VIEWER);

    Opened session = signedIn(auth, "ada");

    assertThat(session.session().ip()).isEqualTo("192.0.2.1");
    assertThat(fixture.store.users().find(ada.id()).orElseThrow().lastLoginAt())
        .isEqualTo(fixture.now.get());
  }

  @Test
  void weakerHashIsReplacedAtTheNextSignIn() {
    fixture.account("ada", VIEWER, null, PBKDF2);

    signIn(auth, "ada", "wrong password");
    assertThat(storedHash("ada")).startsWith("pbkdf2_sha256$");

    signedIn(auth, "ada");
    assertThat(storedHash("ada")).startsWith("$argon2id$v=19$m=8,t=1,p=1$");
    signedIn(auth, "ada");
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
  void signInThatRacesAPasswordChangeEndsInNoSession() {
    User ada = fixture.account("ada", VIEWER);
    fixture.store.beforeNext(
        "SessionStore.open",
        () ->
            fixture
                .store
                .sessions()
                .changePassword(ada.id(), OptionalLong.empty(), hash("another password"), null));

    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());

    assertThat(fixture.store.sessions().ofUser(ada.id(), fixture.now.get())).isEmpty();
  }

  @Test
  void signInThatRacesTheClosingOfTheAccountEndsInNoSession() {
    User ada = fixture.account("ada", VIEWER);
    fixture.store.beforeNext(
        "SessionStore.open",
        () ->
            fixture
                .store
                .users()
                .change(ada.id(), UserChange.nothing().deactivate(fixture.now.get(), null), ADMIN));

    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UserStore.findByLogin", "SessionStore.open", "AttemptStore.count"})
  void storeThatIsOutIsAnExceptionAndNoAnswer(String verb) {
    fixture.account("ada", VIEWER);
    fixture.store.beforeNext(
        verb,
        () -> {
          throw new AuthStoreException("out", null);
        });

    assertThatThrownBy(() -> signIn(auth, "ada", PASSWORD)).isInstanceOf(AuthStoreException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30."})
  void whatIsNoTokenIsRejectedWithoutAskingTheStore(String token) {
    fixture.store.calls.clear();

    assertThat(auth.authenticate(new Credential.Bearer(token)))
        .isEqualTo(new Authentication.Rejected(Reason.INVALID_TOKEN));
    assertThat(auth.authenticate(new Credential.SessionCookie(token)))
        .isEqualTo(new Authentication.Rejected(Reason.INVALID_TOKEN));
    assertThat(auth.authenticate(new Credential.Malformed()))
        .isEqualTo(new Authentication.Rejected(Reason.INVALID_TOKEN));
    assertThat(auth.authenticate(new Credential.None())).isEqualTo(new Authentication.Anonymous());
    assertThat(fixture.store.calls).isEmpty();
  }
}
