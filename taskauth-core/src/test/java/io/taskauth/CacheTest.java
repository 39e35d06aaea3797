package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A good session costs no round trip, and a revoked one is dead at once. */
class CacheTest {
  private final Fixture fixture = new Fixture();
  private TaskAuth auth;
  private Opened session;

  @BeforeEach
  void signAdaIn() {
    auth = fixture.build(fixture.withStore());
    fixture.account("root", ADMIN);
    fixture.account("ada", VIEWER);
    session = signedIn(auth, "ada");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private long roundTrips() {
    return fixture.store.calls.stream().filter("SessionStore.find"::equals).count();
  }

  /** What ends a session, from another hand than ours. */
  private enum Ending {
    REVOKED(f -> f.fixture.store.sessions().end(f.ada(), f.session.session().id())),
    ALL_REVOKED(f -> f.fixture.store.sessions().endAll(f.ada(), null)),
    DEACTIVATED(
        f ->
            f.fixture
                .store
                .users()
                .change(
                    f.ada(), UserChange.nothing().deactivate(f.fixture.now.get(), null), ADMIN)),
    DELETED(f -> f.fixture.store.users().delete(f.ada(), ADMIN)),
    PASSWORD_CHANGED(
        f ->
            f.fixture
                .store
                .sessions()
                .changePassword(f.ada(), OptionalLong.empty(), hash("another one"), null));

    private final Consumer<CacheTest> how;

    Ending(Consumer<CacheTest> how) {
      this.how = how;
    }
  }

  private UUID ada() {
    return session.user().id();
  }

  static Stream<Ending> endings() {
    return Stream.of(Ending.values());
  }

  @ParameterizedTest
  @MethodSource("endings")
  void endedSessionIsOutOnTheVeryNextCall(Ending ending) {
    assertThat(isIn(auth, session)).isTrue();
    assertThat(isIn(auth, session)).isTrue();

    ending.how.accept(this);

    assertThat(isIn(auth, session)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("endings")
  void answerThatWasReadBeforeTheEndIsNotRemembered(Ending ending) {
    fixture.store.afterNext("SessionStore.find", () -> ending.how.accept(this));
    isIn(auth, session);

    assertThat(isIn(auth, session)).isFalse();
  }

  @Test
  void knownSessionCostsNoRoundTripForAFewSeconds() {
    fixture.store.calls.clear();
    for (int i = 0; i < 10; i++) {
      assertThat(isIn(auth, session)).isTrue();
    }
    assertThat(fixture.store.calls).containsExactly("SessionStore.find");

    fixture.advance(Duration.ofSeconds(5));
    assertThat(isIn(auth, session)).isTrue();
    assertThat(roundTrips()).isEqualTo(2);
  }

  @Test
  void changedRoleCountsOnTheVeryNextCall() {
    assertThat(user(auth, session).role()).isEqualTo(VIEWER);

    fixture.store.users().change(ada(), UserChange.nothing().role(ADMIN), ADMIN);

    assertThat(user(auth, session).role()).isEqualTo(ADMIN);
  }

  @Test
  void changesOfOthersLeaveItRemembered() {
    Opened other = signedIn(auth, "root");
    assertThat(isIn(auth, session)).isTrue();
    fixture.store.calls.clear();

    auth.sessions().end(other.user().id(), other.session().id());

    assertThat(isIn(auth, session)).isTrue();
    assertThat(roundTrips()).isZero();
  }

  @Test
  void whileTheFeedIsNotCurrentTheStoreIsAskedEachTime() {
    assertThat(isIn(auth, session)).isTrue();
    fixture.store.calls.clear();
    fixture.store.feedIsCurrent = false;

    assertThat(isIn(auth, session)).isTrue();
    assertThat(isIn(auth, session)).isTrue();
    assertThat(roundTrips()).isEqualTo(2);

    fixture.store.feedIsCurrent = true;
    assertThat(isIn(auth, session)).isTrue();
    assertThat(isIn(auth, session)).isTrue();
    assertThat(roundTrips()).isEqualTo(3);
  }

  @Test
  void whatWasRememberedBeforeTheFeedWasInterruptedIsAskedAnew() {
    assertThat(isIn(auth, session)).isTrue();
    fixture.store.calls.clear();

    fixture.store.tell(new Change.Missed());

    assertThat(isIn(auth, session)).isTrue();
    assertThat(isIn(auth, session)).isTrue();
    assertThat(roundTrips()).isEqualTo(1);
  }

  @Test
  void whatWasReadWhileTheFeedBeganAnewIsNotRemembered() {
    fixture.store.afterNext("SessionStore.find", () -> fixture.store.tell(new Change.Missed()));
    assertThat(isIn(auth, session)).isTrue();

    assertThat(isIn(auth, session)).isTrue();
    assertThat(roundTrips()).isEqualTo(2);
  }

  @Test
  void cacheCanBeTurnedOff() {
    for (TaskAuth uncached :
        new TaskAuth[] {
          fixture.build(fixture.withStore().cache(Duration.ZERO, 100)),
          fixture.build(fixture.withStore().cache(Duration.ofSeconds(5), 0))
        }) {
      fixture.store.calls.clear();
      for (int i = 0; i < 200; i++) {
        assertThat(isIn(uncached, session)).isTrue();
      }
      assertThat(roundTrips()).isEqualTo(200);
    }
  }

  @Test
  void storeThatIsOutIsNeverTakenForAnEndedSession() {
    fixture.store.beforeNext(
        "SessionStore.find",
        () -> {
          throw new AuthStoreException("out", null);
        });

    assertThatThrownBy(() -> isIn(auth, session)).isInstanceOf(AuthStoreException.class);
    assertThat(isIn(auth, session)).isTrue();
  }

  @Test
  void tokenOfOneUserDoesNotOpenTheSessionOfAnother() {
    Opened rootSession = signedIn(auth, "root", PASSWORD);

    assertThat(user(auth, rootSession).username().value()).isEqualTo("root");
    assertThat(user(auth, session).username().value()).isEqualTo("ada");
  }
}
