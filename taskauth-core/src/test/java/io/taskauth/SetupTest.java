package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.ELSEWHERE;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskauth.login.Setup;
import io.taskauth.login.Setup.Outcome;
import io.taskauth.login.SetupCode;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.password.Password;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Credential;
import io.taskauth.session.ClientInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first administrator. */
class SetupTest {
  private static final String CODE = "the code on the console";

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private TaskAuth auth() {
    return fixture.build(
        fixture
            .withStore()
            .setupCode(SetupCode.of(CODE))
            .throttle(new ThrottlePolicy(3, 6, 9, Duration.ofMinutes(1))));
  }

  @Test
  void guessesAtNamesDoNotCloseTheSetUp() {
    TaskAuth auth = auth();
    for (String name : List.of("(set-up code)", "setup", "ada")) {
      for (int i = 0; i < 9; i++) {
        auth.logins().signIn(name, Password.of("a guess"), new ClientInfo("192.0.2." + i, null));
      }
    }

    assertThat(setUp(auth, "ada", PASSWORD, CODE)).isInstanceOf(Outcome.Done.class);
  }

  private static Outcome setUp(TaskAuth auth, String name, String password, String code) {
    return setUp(auth, name, password, code, HERE);
  }

  private static Outcome setUp(
      TaskAuth auth, String name, String password, String code, ClientInfo client) {
    return auth.setup().orElseThrow().setUp(name, Password.of(password), code, client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "the code on the consol", "THE CODE ON THE CONSOLE", CODE + " "})
  void wrongCodeMakesNobody(String code) {
    TaskAuth auth = auth();

    assertThat(setUp(auth, "ada", PASSWORD, code)).isEqualTo(new Outcome.WrongCode());
    assertThat(setUp(auth, "ada", PASSWORD, null)).isEqualTo(new Outcome.WrongCode());
    assertThat(auth.isSetupRequired()).isTrue();
  }

  @Test
  void guessingTheCodeIsThrottled() {
    TaskAuth auth = auth();
    for (int i = 0; i < 3; i++) {
      assertThat(setUp(auth, "user" + i, PASSWORD, "guess")).isEqualTo(new Outcome.WrongCode());
    }

    assertThat(setUp(auth, "ada", PASSWORD, CODE)).isInstanceOf(Outcome.Throttled.class);
    assertThat(setUp(auth, "ada", PASSWORD, CODE, ELSEWHERE)).isInstanceOf(Outcome.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "oauth:1", "ä", "x\u0000"})
  void badNameMakesNobody(String name) {
    TaskAuth auth = auth();

    assertThat(setUp(auth, name, PASSWORD, CODE)).isEqualTo(new Outcome.BadUsername());
    assertThat(auth.isSetupRequired()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "password123", "administrator"})
  void badPasswordMakesNobodyHoweverOftenItIsTried(String password) {
    TaskAuth auth = auth();

    for (int i = 0; i < 12; i++) {
      assertThat(setUp(auth, "administrator", password, CODE))
          .isInstanceOf(Outcome.BadPassword.class);
    }
    assertThat(auth.isSetupRequired()).isTrue();
  }

  @Test
  void firstAdministratorIsMadeAndSignedInOnce() {
    TaskAuth auth = auth();
    assertThat(auth.isSetupRequired()).isTrue();
    assertThat(auth.setup().orElseThrow().needsCode()).isTrue();

    Outcome outcome = setUp(auth, " Ada ", PASSWORD, CODE);

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(isIn(auth, ((Outcome.Done) outcome).session())).isTrue();
    assertThat(Fixture.user(auth, signedIn(auth, "ada")).role()).isEqualTo(ADMIN);
    assertThat(auth.isSetupRequired()).isFalse();
    assertThat(setUp(auth, "eve", PASSWORD, CODE)).isEqualTo(new Outcome.AlreadyDone());
  }

  @Test
  void ofManyAtOnceExactlyOneIsMade() throws Exception {
    // All have seen the empty store before the first of them goes on.
    CyclicBarrier seen = new CyclicBarrier(16);
    TaskAuth auth =
        fixture.build(
            fixture
                .withStore()
                .setupCode(SetupCode.none())
                .passwordCheck(candidate -> noObjectionAfter(seen)));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<Outcome>> outcomes =
        threads.invokeAll(
            IntStream.range(0, 16)
                .mapToObj(
                    i ->
                        (Callable<Outcome>)
                            () -> setUp(auth, "ada" + i, PASSWORD, null, address(i)))
                .toList());
    threads.shutdown();

    int done = 0;
    for (Future<Outcome> outcome : outcomes) {
      assertThat(outcome.get()).isInstanceOfAny(Outcome.Done.class, Outcome.AlreadyDone.class);
      done += outcome.get() instanceof Outcome.Done ? 1 : 0;
    }
    assertThat(done).isEqualTo(1);
  }

  private static Optional<String> noObjectionAfter(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ClientInfo address(int i) {
    return new ClientInfo("192.0.2." + i, null);
  }

  @Test
  void configuredAdministratorIsMadeUnlessThereIsSuchAUser() {
    TaskAuth auth = auth();
    Setup setup = auth.setup().orElseThrow();

    assertThat(setup.ensureAdministrator("ada", Password.of(PASSWORD))).isTrue();
    assertThat(setup.ensureAdministrator("ADA", Password.of("another password"))).isFalse();
    assertThat(setup.ensureAdministrator("bob", Password.of(PASSWORD))).isTrue();

    assertThat(signedIn(auth, "ada").user().role()).isEqualTo(ADMIN);
    assertThat(signedIn(auth, "bob").user().role()).isEqualTo(ADMIN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setup.ensureAdministrator("a b", Password.of(PASSWORD)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setup.ensureAdministrator("cyd", Password.of("short")))
        .withMessageContaining("8 characters");
  }

  @Test
  void whereAuthenticationIsOffNothingHasToBeSetUp() {
    TaskAuth auth = fixture.build(fixture.withStore().withoutAuthentication());

    assertThat(auth.isSetupRequired()).isFalse();
    assertThat(auth.authenticate(new Credential.None()))
        .isInstanceOf(Authentication.Authenticated.class);
  }
}
