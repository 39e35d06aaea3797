package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.OTHER_SECRET;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.SECRET;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.login.BackendAnswer;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.session.SessionDirectory.Opened;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a store: the users of the configuration, or a backend, and signed sessions. */
class FixedUserTest {
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private TaskAuth ada() {
    return fixture.build(fixture.settings().user("ada", PASSWORD));
  }

  @Test
  void wrongPasswordAndUnknownNameAreBadCredentials() {
    TaskAuth auth = ada();

    assertThat(signIn(auth, "ada", "wrong")).isEqualTo(new LoginOutcome.BadCredentials());
    assertThat(signIn(auth, "eve", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void usersOfTheConfigurationHaveTheRoleGivenThere() {
    TaskAuth auth =
        fixture.build(
            fixture.settings().user("ada", PASSWORD).user("bob", PASSWORD + "2", "viewer"));

    assertThat(user(auth, signedIn(auth, " ADA ")).role()).isEqualTo(ADMIN);
    assertThat(user(auth, signedIn(auth, "bob", PASSWORD + "2")).role()).isEqualTo(VIEWER);
    assertThat(auth.isSetupRequired()).isFalse();
    assertThat(auth.setup()).isEmpty();
    assertThat(auth.passwordChange()).isEmpty();
  }

  @Test
  void sessionSurvivesARestartWithTheSameSecretAndNoOther() {
    Opened session = signedIn(ada(), "ada");

    assertThat(isIn(ada(), session)).isTrue();
    assertThat(user(ada(), session)).isEqualTo(session.user());
    assertThat(
            isIn(
                fixture.build(fixture.settings().secretKeys(OTHER_SECRET).user("ada", PASSWORD)),
                session))
        .isFalse();
  }

  @Test
  void secretsRotateWithoutSigningAnybodyOut() {
    Opened old = signedIn(ada(), "ada");
    TaskAuth rotated =
        fixture.build(fixture.settings().secretKeys(OTHER_SECRET, SECRET).user("ada", PASSWORD));
    Opened fresh = signedIn(rotated, "ada");

    assertThat(isIn(rotated, old)).isTrue();
    assertThat(isIn(rotated, fresh)).isTrue();
    assertThat(isIn(ada(), fresh)).isFalse();
    TaskAuth later =
        fixture.build(fixture.settings().secretKeys(OTHER_SECRET).user("ada", PASSWORD));
    assertThat(isIn(later, fresh)).isTrue();
    assertThat(isIn(later, old)).isFalse();
  }

  @Test
  void sessionOfAnotherApplicationWithTheSameSecretIsRefused() {
    Opened session = signedIn(ada(), "ada");
    TaskAuth other = fixture.build(fixture.settings().audience("other").user("ada", PASSWORD));

    assertThat(isIn(other, session)).isFalse();
  }

  @Test
  void endedSessionIsRememberedAtOnceAndEveryTime() {
    TaskAuth auth =
        fixture.build(
            fixture
                .settings()
                .backend((name, password) -> BackendAnswer.accepted(name))
                .throttle(new ThrottlePolicy(1, 1, 1, Duration.ofDays(1))));
    Opened other = signedIn(auth, "ada");
    for (int i = 0; i < 300; i++) {
      Opened session = signedIn(auth, "ada");
      assertThat(isIn(auth, session)).isTrue();

      auth.sessions().end(session.user().id(), session.session().id());

      assertThat(isIn(auth, session)).as("ended session %s", i).isFalse();
    }
    assertThat(isIn(auth, other)).isTrue();
  }

  @Test
  void nobodyEndsTheSessionOfAnotherByItsId() {
    TaskAuth auth = ada();
    Opened ada = signedIn(auth, "ada");

    auth.sessions().end(UUID.randomUUID(), ada.session().id());

    assertThat(isIn(auth, ada)).isTrue();
  }

  @Test
  void allSessionsOfAUserEndButOne() {
    TaskAuth auth = ada();
    Opened one = signedIn(auth, "ada");
    Opened two = signedIn(auth, "ada");

    auth.sessions().endAll(one.user().id(), two.session().id());

    assertThat(isIn(auth, one)).isFalse();
    assertThat(isIn(auth, two)).isTrue();
    fixture.advance(Duration.ofSeconds(1));
    assertThat(isIn(auth, signedIn(auth, "ada"))).isTrue();
  }

  @Test
  void userWhoIsNoLongerInTheConfigurationIsOut() {
    Opened session = signedIn(ada(), "ada");

    assertThat(isIn(fixture.build(fixture.settings().user("eve", PASSWORD)), session)).isFalse();
  }

  @Test
  void roleIsTheOneInTheConfigurationNotTheOneInTheToken() {
    Opened session = signedIn(ada(), "ada");
    TaskAuth changed = fixture.build(fixture.settings().user("ada", PASSWORD, "viewer"));

    assertThat(user(changed, session).role()).isEqualTo(VIEWER);
  }

  @Test
  void backendWithoutAStoreGivesTheSameIdEachTime() {
    TaskAuth auth =
        fixture.build(
            fixture
                .settings()
                .backend(
                    (name, password) ->
                        BackendAnswer.accepted(name)
                            .role("operator")
                            .email("ada@example.org")
                            .displayName("Ada ü")));
    Opened one = signedIn(auth, "Ada");
    Opened two = signedIn(auth, "aDA");

    assertThat(one.user().id()).isEqualTo(two.user().id());
    assertThat(user(auth, one).role().name()).isEqualTo("operator");
    assertThat(user(auth, one).displayName()).isEqualTo("Ada ü");
  }

  @Test
  void sessionEndsAtItsEndAndWhenLeftAlone() {
    TaskAuth auth =
        fixture.build(
            fixture
                .settings()
                .user("ada", PASSWORD)
                .sessionLifetime(Duration.ofHours(1))
                .idleTimeout(Duration.ofMinutes(20)));
    Opened used = signedIn(auth, "ada");
    Opened left = signedIn(auth, "ada");
    for (int i = 0; i < 3; i++) {
      fixture.advance(Duration.ofMinutes(19));
      assertThat(isIn(auth, used)).isTrue();
    }
    assertThat(isIn(auth, left)).isFalse();
    fixture.advance(Duration.ofMinutes(3));
    assertThat(isIn(auth, used)).isFalse();
  }

  @Test
  void guessingIsThrottledWithoutAStoreToo() {
    TaskAuth auth =
        fixture.build(
            fixture
                .settings()
                .user("ada", PASSWORD)
                .throttle(new ThrottlePolicy(2, 9, 9, Duration.ofMinutes(1))));
    signIn(auth, "ada", "wrong");
    signIn(auth, "ada", "wrong");

    assertThat(signIn(auth, "ada", PASSWORD)).isInstanceOf(LoginOutcome.Throttled.class);
    assertThat(HERE.line()).isEqualTo("192.0.2.1");
  }
}
