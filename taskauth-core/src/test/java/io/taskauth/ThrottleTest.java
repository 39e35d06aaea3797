package io.taskauth;

import static io.taskauth.Fixture.ELSEWHERE;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.login.LoginOutcome;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.password.Password;
import io.taskauth.session.ClientInfo;
import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guessing is slowed down, and nobody else. */
class ThrottleTest {
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final Fixture fixture = new Fixture();
  private TaskAuth auth;

  @BeforeEach
  void createAda() {
    auth = withLimits(3, 6, 9);
    fixture.account("ada", VIEWER, "ada@example.org", hash(PASSWORD));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private TaskAuth withLimits(int both, int name, int address) {
    return fixture.build(
        fixture.withStore().throttle(new ThrottlePolicy(both, name, address, WINDOW)));
  }

  private static ClientInfo from(String ip) {
    return new ClientInfo(ip, null);
  }

  private LoginOutcome guess(String name, ClientInfo client) {
    return auth.logins().signIn(name, Password.of("wrong password"), client);
  }

  private LoginOutcome right(String name, ClientInfo client) {
    return auth.logins().signIn(name, Password.of(PASSWORD), client);
  }

  private static boolean isThrottled(LoginOutcome outcome) {
    return outcome instanceof LoginOutcome.Throttled;
  }

  @Test
  void oneNameFromOneAddressIsThrottledEvenWithTheRightPassword() {
    for (int i = 0; i < 3; i++) {
      assertThat(guess("ada", HERE)).isEqualTo(new LoginOutcome.BadCredentials());
    }

    LoginOutcome fourth = right("ada", HERE);

    assertThat(fourth).isEqualTo(new LoginOutcome.Throttled(WINDOW.plusSeconds(1)));
    assertThat(isThrottled(right("ada", ELSEWHERE))).isFalse();
    assertThat(isThrottled(guess("eve", HERE))).isFalse();
  }

  @Test
  void oneNameFromManyAddressesIsThrottled() {
    for (int i = 0; i < 6; i++) {
      assertThat(isThrottled(guess("ada", from("192.0.2." + i)))).isFalse();
    }

    assertThat(isThrottled(right("ada", ELSEWHERE))).isTrue();
    assertThat(isThrottled(guess("eve", ELSEWHERE))).isFalse();
  }

  @Test
  void strangersCannotLockAUserOutOfAnAddressTheySignInFrom() {
    assertThat(isThrottled(right("ada", HERE))).isFalse();
    for (int i = 0; i < 9; i++) {
      guess("ada", from("192.0.2." + i));
    }

    assertThat(isThrottled(right("ada", ELSEWHERE))).isTrue();
    assertThat(right("ada", HERE)).isInstanceOf(LoginOutcome.SignedIn.class);
    for (int i = 0; i < 3; i++) {
      guess("ada", HERE);
    }
    assertThat(isThrottled(right("ada", HERE))).as("it is still limited itself").isTrue();
  }

  @Test
  void manyNamesFromOneAddressAreThrottled() {
    for (int i = 0; i < 9; i++) {
      assertThat(isThrottled(guess("name" + i, HERE))).isFalse();
    }

    assertThat(isThrottled(right("ada", HERE))).isTrue();
    assertThat(isThrottled(right("ada", ELSEWHERE))).isFalse();
  }

  @Test
  void addressesOfOneNetworkOfIpv6CountTogether() {
    for (int i = 0; i < 3; i++) {
      guess("ada", from("2001:db8:1:2::" + i));
    }

    assertThat(isThrottled(guess("ada", from("2001:DB8:1:ff:ffff::1")))).isTrue();
    assertThat(isThrottled(guess("ada", from("2001:db8:1:100::1")))).isFalse();
  }

  @Test
  void spellingsOfOneNameCountTogether() {
    guess("ada", HERE);
    guess(" ADA\t", HERE);
    guess("ａｄＡ", HERE);

    assertThat(isThrottled(right("Ada", HERE))).isTrue();
  }

  @Test
  void rightPasswordForgetsEarlierSlips() {
    auth = withLimits(3, 99, 99);
    for (int round = 0; round < 5; round++) {
      guess("ada", HERE);
      guess("ada", HERE);
      assertThat(right("ada", HERE)).isInstanceOf(LoginOutcome.SignedIn.class);
      fixture.advance(WINDOW.dividedBy(5));
    }
  }

  @Test
  void rightPasswordOfAnOwnAccountDoesNotWipeOutGuessesAtOthers() {
    fixture.account("eve", VIEWER);
    for (int i = 0; i < 9; i++) {
      guess("name" + i, HERE);
      right("eve", HERE);
    }

    assertThat(isThrottled(guess("ada", HERE))).isTrue();
  }

  @Test
  void countingStartsAnewWhenTheWindowEnds() {
    for (int i = 0; i < 3; i++) {
      guess("ada", HERE);
    }
    fixture.advance(WINDOW.minusSeconds(1));
    assertThat(guess("ada", HERE)).isEqualTo(new LoginOutcome.Throttled(Duration.ofSeconds(2)));

    fixture.advance(Duration.ofSeconds(1));

    assertThat(right("ada", HERE)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void whatWasNotDecidedDoesNotCount() {
    for (String verb : List.of("UserStore.findByLogin", "SessionStore.open")) {
      for (int i = 0; i < 4; i++) {
        fixture.store.beforeNext(
            verb,
            () -> {
              throw new AuthStoreException("out", null);
            });
        assertThatThrownBy(() -> right("ada", HERE)).isInstanceOf(AuthStoreException.class);
      }
    }

    assertThat(right("ada", HERE)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void ofManyGuessesAtOnceNoMoreThanTheLimitAreLookedAt() throws Exception {
    fixture.store.calls.clear();
    ExecutorService threads = Executors.newFixedThreadPool(50);
    List<Future<LoginOutcome>> guesses =
        threads.invokeAll(
            Stream.generate(() -> (Callable<LoginOutcome>) () -> guess("ada", HERE))
                .limit(50)
                .toList());
    threads.shutdown();

    int looked = 0;
    for (Future<LoginOutcome> guess : guesses) {
      looked += isThrottled(guess.get()) ? 0 : 1;
    }
    assertThat(looked).isEqualTo(3);
    assertThat(fixture.store.calls).filteredOn("UserStore.findByLogin"::equals).hasSize(3);
  }

  @Test
  void guessesAreCountedByAllNodesTogether() {
    TaskAuth other = withLimits(3, 6, 9);
    guess("ada", HERE);
    guess("ada", HERE);
    other.logins().signIn("ada", Password.of("wrong password"), HERE);

    assertThat(isThrottled(right("ada", HERE))).isTrue();
  }

  @Test
  void whoeverIsRefusedFromOneAddressDoesNotLockTheNameForOthers() {
    for (int node = 0; node < 6; node++) {
      auth = withLimits(3, 6, 9);
      guess("ada", HERE);
    }

    assertThat(right("ada", ELSEWHERE)).isInstanceOf(LoginOutcome.SignedIn.class);
  }
}
