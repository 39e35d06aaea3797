package io.taskauth;

import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.SECRET;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.authenticate;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.audit.AuditTrail;
import io.taskauth.internal.Ids;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authenticator;
import io.taskauth.principal.Authenticator.Directories;
import io.taskauth.principal.Credential;
import io.taskauth.service.TokenProviders;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.session.SessionLifetime;
import io.taskauth.session.SessionMaker;
import io.taskauth.session.StoredSessions;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a session of the store lasts. */
class SessionLifetimeTest {
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private TaskAuth lasting(Duration absolute, Duration idle) {
    fixture.account("ada", VIEWER);
    return fixture.build(fixture.withStore().sessionLifetime(absolute).idleTimeout(idle));
  }

  @Test
  void sessionEndsAtItsEndHoweverMuchItIsUsed() {
    TaskAuth auth = lasting(Duration.ofHours(1), Duration.ofMinutes(30));
    Opened session = signedIn(auth, "ada");
    for (int i = 0; i < 11; i++) {
      fixture.advance(Duration.ofMinutes(5));
      assertThat(isIn(auth, session)).isTrue();
    }

    fixture.now.set(session.session().expiresAt().minusMillis(1));
    assertThat(isIn(auth, session)).isTrue();
    fixture.now.set(session.session().expiresAt());
    assertThat(authenticate(auth, session))
        .isEqualTo(new Authentication.Rejected(Reason.SESSION_EXPIRED));
  }

  @Test
  void sessionThatIsLeftAloneEnds() {
    TaskAuth auth = lasting(Duration.ofHours(8), Duration.ofMinutes(10));
    Opened session = signedIn(auth, "ada");
    fixture.advance(Duration.ofMinutes(9));
    assertThat(isIn(auth, session)).isTrue();
    fixture.advance(Duration.ofMinutes(9));
    assertThat(isIn(auth, session)).isTrue();

    fixture.advance(Duration.ofMinutes(10).plusMillis(1));

    assertThat(authenticate(auth, session))
        .isEqualTo(new Authentication.Rejected(Reason.SESSION_EXPIRED));
    assertThat(auth.sessions().ofUser(session.user().id(), session.session())).isEmpty();
  }

  @Test
  void lastUseIsListedBeforeItIsWrittenDown() {
    TaskAuth auth = lasting(Duration.ofHours(8), Duration.ofMinutes(10));
    Opened session = signedIn(auth, "ada");
    fixture.advance(Duration.ofMinutes(5));
    isIn(auth, session);

    assertThat(auth.sessions().ofUser(session.user().id(), session.session()))
        .extracting(s -> s.lastSeenAt())
        .containsExactly(fixture.now.get());
  }

  @Test
  void sessionThatIsInUseSurvivesTheMomentWhenItsLastUseIsWrittenDown() {
    User ada = fixture.account("ada", VIEWER);
    SignedTokens tokens =
        new SignedTokens(
            new SigningKeys(List.of(SigningKey.of(SECRET))), "taskauth", fixture.now::get);
    SessionLifetime lifetime = new SessionLifetime(Duration.ofHours(1), Duration.ofMinutes(10));
    Ids ids = new Ids(fixture.now::get, new SecureRandom());
    StoredSessions sessions =
        new StoredSessions(
            fixture.store.sessions(), new SessionMaker(ids, fixture.now::get, tokens, lifetime));
    try (Authenticator authenticator =
        new Authenticator(
            tokens,
            new Directories(
                sessions, Optional.empty(), Optional.empty(), new TokenProviders(List.of())),
            lifetime,
            new AuditTrail(List.of(), ids, fixture.now::get),
            fixture.store.changes(),
            Duration.ofSeconds(5),
            100,
            fixture.now::get)) {
      Opened session = sessions.open(ada, 0, ClientInfo.LOCAL).orElseThrow();
      Credential cookie = new Credential.SessionCookie(session.token().reveal());
      fixture.advance(Duration.ofMinutes(10).minusSeconds(1));
      assertThat(authenticator.authenticate(cookie, ClientInfo.LOCAL))
          .isInstanceOf(Authentication.Authenticated.class);

      sessions.flush();
      fixture.advance(Duration.ofSeconds(2));

      assertThat(authenticator.authenticate(cookie, ClientInfo.LOCAL))
          .isInstanceOf(Authentication.Authenticated.class);
    }
  }

  @Test
  void shortenedIdleLimitHoldsForSessionsThatAreThereAlready() {
    TaskAuth auth = lasting(Duration.ofHours(8), Duration.ofHours(2));
    Opened session = signedIn(auth, "ada", PASSWORD);
    fixture.advance(Duration.ofMinutes(30));
    TaskAuth stricter = fixture.build(fixture.withStore().idleTimeout(Duration.ofMinutes(10)));

    assertThat(isIn(stricter, session)).isFalse();
    assertThat(isIn(auth, session)).isTrue();
  }
}
