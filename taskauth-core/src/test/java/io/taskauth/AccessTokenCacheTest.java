package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.authenticate;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A good token costs no round trip, and a revoked one is dead at once. */
class AccessTokenCacheTest {
  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private User root;
  private Opened session;
  private Outcome.Created token;

  @BeforeEach
  void makeAToken() {
    root = fixture.account("root", ADMIN);
    fixture.account("ada", VIEWER);
    session = signedIn(auth, "ada");
    token = token(auth, session);
    fixture.store.calls.clear();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private UUID ada() {
    return session.user().id();
  }

  private long roundTrips() {
    return fixture.store.calls.stream().filter("AccessTokenStore.find"::equals).count();
  }

  /** What ends a token. */
  private enum Ending {
    REVOKED_BY_ITS_OWNER(
        Reason.ACCESS_TOKEN_REVOKED,
        t -> t.auth.accessTokens().orElseThrow().revoke(t.session.user(), t.id(), HERE)),
    REVOKED_BY_AN_ADMINISTRATOR(
        Reason.ACCESS_TOKEN_REVOKED,
        t -> t.auth.accessTokens().orElseThrow().revokeOfAnybody(t.root, t.id(), HERE)),
    REVOKED_ELSEWHERE(
        Reason.ACCESS_TOKEN_REVOKED,
        t -> t.fixture.store.accessTokens().revoke(t.id(), null, t.fixture.now.get())),
    ACCOUNT_CLOSED(Reason.ACCESS_TOKEN_REVOKED, t -> t.change(t.closing())),
    ACCOUNT_CLOSED_AND_OPENED_AGAIN(
        Reason.ACCESS_TOKEN_REVOKED,
        t -> {
          t.change(t.closing());
          t.change(UserChange.nothing().activate());
        }),
    ACCOUNT_DELETED(
        Reason.ACCESS_TOKEN_UNKNOWN, t -> t.fixture.store.users().delete(t.ada(), ADMIN));

    private final Reason reason;
    private final Consumer<AccessTokenCacheTest> how;

    Ending(Reason reason, Consumer<AccessTokenCacheTest> how) {
      this.reason = reason;
      this.how = how;
    }
  }

  private TokenId id() {
    return token.token().id();
  }

  private UserChange closing() {
    return UserChange.nothing().deactivate(fixture.now.get(), root.id());
  }

  private void change(UserChange change) {
    fixture.store.users().change(ada(), change, ADMIN);
  }

  @ParameterizedTest
  @EnumSource
  void endedTokenIsRefusedOnTheVeryNextRequestAlthoughItWasRemembered(Ending ending) {
    assertThat(isIn(auth, token)).isTrue();
    assertThat(isIn(auth, token)).isTrue();
    assertThat(roundTrips()).isEqualTo(1);

    ending.how.accept(this);

    assertThat(authenticate(auth, token)).isEqualTo(new Rejected(ending.reason));
  }

  @ParameterizedTest
  @EnumSource
  void answerThatWasReadBeforeTheEndIsNotRemembered(Ending ending) {
    fixture.store.afterNext("AccessTokenStore.find", () -> ending.how.accept(this));
    isIn(auth, token);

    assertThat(authenticate(auth, token)).isEqualTo(new Rejected(ending.reason));
  }

  @Test
  void unknownTokenCostsOneRoundTripAndAKnownOneNone() {
    for (int i = 0; i < 10; i++) {
      assertThat(isIn(auth, token)).isTrue();
    }
    // When it was last used may be written at any time, by another thread.
    assertThat(fixture.store.calls)
        .filteredOn(call -> !call.equals("AccessTokenStore.used"))
        .containsExactly("AccessTokenStore.find");

    fixture.advance(Duration.ofSeconds(5));
    assertThat(isIn(auth, token)).isTrue();
    assertThat(roundTrips()).isEqualTo(2);
  }

  @Test
  void refusedTokenIsNotRemembered() {
    fixture.store.accessTokens().revoke(id(), null, fixture.now.get());

    assertThat(isIn(auth, token)).isFalse();
    assertThat(isIn(auth, token)).isFalse();
    assertThat(roundTrips()).isEqualTo(2);
  }

  @Test
  void changedRoleCountsOnTheVeryNextRequest() {
    assertThat(owner().role()).isEqualTo(VIEWER);

    change(UserChange.nothing().role(ADMIN));

    assertThat(owner().role()).isEqualTo(ADMIN);
  }

  private User owner() {
    return ((Authenticated) authenticate(auth, token)).principal().user().orElseThrow();
  }

  @Test
  void endOfASessionOrAnotherTokenLeavesItRemembered() {
    Outcome.Created other = token(auth, session);
    assertThat(isIn(auth, token)).isTrue();
    fixture.store.calls.clear();

    auth.accessTokens().orElseThrow().revoke(session.user(), other.token().id(), HERE);
    auth.sessions().end(ada(), session.session().id());
    fixture.store.calls.clear();

    assertThat(isIn(auth, token)).isTrue();
    assertThat(roundTrips()).isZero();
  }

  @Test
  void newPasswordLeavesTheTokenGood() {
    fixture.store.sessions().changePassword(ada(), OptionalLong.empty(), hash("another"), null);

    assertThat(isIn(auth, token)).isTrue();
  }

  @Test
  void rememberedTokenEndsExactlyAtItsEnd() {
    Instant end = Instant.parse("2026-03-02T12:00:00Z");
    Outcome.Created brief = token(auth, session, Expiry.at(end));
    fixture.now.set(end.minusMillis(1));
    assertThat(isIn(auth, brief)).isTrue();

    fixture.now.set(end);

    assertThat(authenticate(auth, brief)).isEqualTo(new Rejected(Reason.ACCESS_TOKEN_EXPIRED));
  }

  @Test
  void whileTheFeedIsNotCurrentTheStoreIsAskedEachTime() {
    assertThat(isIn(auth, token)).isTrue();
    fixture.store.feedIsCurrent = false;
    fixture.store.calls.clear();

    assertThat(isIn(auth, token)).isTrue();
    assertThat(isIn(auth, token)).isTrue();

    assertThat(roundTrips()).isEqualTo(2);
  }

  @Test
  void storeThatIsOutIsNeverTakenForAnUnknownToken() {
    fixture.store.beforeNext(
        "AccessTokenStore.find",
        () -> {
          throw new AuthStoreException("out", null);
        });

    assertThatThrownBy(() -> isIn(auth, token)).isInstanceOf(AuthStoreException.class);
    assertThat(isIn(auth, token)).isTrue();
  }
}
