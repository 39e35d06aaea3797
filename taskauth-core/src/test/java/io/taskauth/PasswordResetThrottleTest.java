package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.ELSEWHERE;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessTokens.Outcome.Created;
import io.taskauth.accesstoken.AccessTokens.Outcome.Throttled;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.LoginThrottle;
import io.taskauth.login.PasswordReset.Outcome;
import io.taskauth.login.PasswordReset.Start;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.password.Password;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.InMemoryAttempts;
import io.taskauth.user.User;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links cannot be guessed at, and nobody is pestered with them. */
class PasswordResetThrottleTest {
  private static final String NEXT = "another good passphrase";
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth =
      fixture.build(fixture.withStore().throttle(new ThrottlePolicy(3, 50, 50, WINDOW)));
  private User root;
  private User eve;
  private User ada;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
    eve = fixture.account("eve", VIEWER);
    ada = fixture.account("ada", VIEWER);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Start start(User account) {
    return auth.passwordReset().orElseThrow().start(root, account, HERE);
  }

  private String link() {
    return ((Start.Started) start(ada)).token().reveal();
  }

  private Outcome complete(String link, String next, ClientInfo client) {
    return auth.passwordReset().orElseThrow().complete(link, Password.of(next), client);
  }

  private void guess(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(complete("guess" + i, NEXT, HERE)).isEqualTo(new Outcome.BadToken());
    }
  }

  @Test
  void guessesFromOneAddressAreLimitedAndMakeNoGoodLinkUseless() {
    String link = link();
    guess(3);

    assertThat(complete("guess", NEXT, HERE))
        .isEqualTo(new Outcome.Throttled(WINDOW.plusSeconds(1)));
    assertThat(complete("guess", NEXT, ELSEWHERE)).isEqualTo(new Outcome.BadToken());

    assertThat(complete(link, NEXT, HERE)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void guessesAreLimitedHoweverManyAreMadeAtOnce() throws Exception {
    List<Outcome> outcomes = Race.of(16, () -> complete("guess", NEXT, HERE));

    assertThat(outcomes).filteredOn(o -> o instanceof Outcome.BadToken).hasSize(3);
    assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Throttled).hasSize(13);
  }

  @Test
  void addressIsLetInAgainWhenTheWindowEnds() {
    guess(3);
    fixture.advance(WINDOW);

    assertThat(complete(link(), NEXT, HERE)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void poorPasswordsOnAGoodLinkAreNoGuesses() {
    String link = link();
    for (int i = 0; i < 10; i++) {
      assertThat(complete(link, "short", HERE)).isInstanceOf(Outcome.Unacceptable.class);
    }

    assertThat(complete(link, NEXT, HERE)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void guessesAtLinksDoNotLockAnybodyOutOfSigningIn() {
    guess(3);
    complete("one more", NEXT, HERE);

    assertThat(signIn(auth, "ada", PASSWORD)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void limitIsOnRecord() {
    guess(3);
    complete("one more", NEXT, HERE);

    AuditEvent event = fixture.events(auth, AuditType.LOGIN_THROTTLED).get(0);
    assertThat(event.details()).isEqualTo(Map.of("at", "password_reset"));
    assertThat(event.ip()).isEqualTo(HERE.ip());
  }

  @Test
  void tenLinksForOneAccountAreEnough() {
    for (int i = 0; i < 10; i++) {
      assertThat(start(ada)).isInstanceOf(Start.Started.class);
    }

    assertThat(start(ada)).isEqualTo(new Start.Throttled(WINDOW.plusSeconds(1)));
    assertThat(start(eve)).isInstanceOf(Start.Started.class);
    assertThat(fixture.events(auth, AuditType.PASSWORD_RESET_REQUESTED)).hasSize(11);

    fixture.advance(WINDOW);
    assertThat(start(ada)).isInstanceOf(Start.Started.class);
  }

  @Test
  void linksThatAreUsedCountToo() {
    for (int i = 0; i < 10; i++) {
      assertThat(complete(link(), NEXT, HERE)).isInstanceOf(Outcome.Done.class);
    }

    assertThat(start(ada)).isInstanceOf(Start.Throttled.class);
  }

  @Test
  void countOfOneThingIsNotThatOfAnother() {
    LoginThrottle throttle =
        new LoginThrottle(new InMemoryAttempts(), ThrottlePolicy.STANDARD, fixture.now::get);
    for (int i = 0; i < 3; i++) {
      assertThat(throttle.countOne("mail", ada.id(), 3)).isEmpty();
    }

    assertThat(throttle.countOne("mail", ada.id(), 3)).contains(WINDOW.plusSeconds(1));
    assertThat(throttle.countOne("mail", root.id(), 3)).isEmpty();
    assertThat(throttle.countOne("something else", ada.id(), 3)).isEmpty();
  }

  @Test
  void sixtyTokensInAQuarterOfAnHourAreEnough() {
    Opened session = Fixture.signedIn(auth, "ada");
    for (int i = 0; i < 60; i++) {
      Created made = Fixture.token(auth, session);
      assertThat(auth.accessTokens().orElseThrow().revoke(session.user(), made.token().id(), HERE))
          .isTrue();
    }

    assertThat(Fixture.makeToken(auth, session, Expiry.never()))
        .isEqualTo(new Throttled(WINDOW.plusSeconds(1)));
    fixture.advance(WINDOW);
    assertThat(Fixture.token(auth, session)).isNotNull();
  }
}
