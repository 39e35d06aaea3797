package io.taskauth;

import static io.taskauth.Browser.CODE;
import static io.taskauth.Browser.opened;
import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.StubProvider.granted;
import static io.taskauth.StubProvider.verified;
import static io.taskauth.StubProvider.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.audit.AuditType;
import io.taskauth.page.PageRequest;
import io.taskauth.provider.ProviderAnswer.Vouched;
import io.taskauth.provider.ProviderSignIns.Arrival;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An empty store lets nobody in before an administrator. */
class ProviderFirstAdministratorTest {
  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub", "operator", "admin");

  @AfterEach
  void close() {
    fixture.close();
  }

  private TaskAuthBuilder settings() {
    return fixture.withStore().identityProvider(provider);
  }

  private static Role role(TaskAuth auth, Arrival arrival) {
    return Fixture.user(auth, opened(arrival)).role();
  }

  static Stream<Vouched> nobodyInParticular() {
    return Stream.of(
        vouched("ada"),
        verified("ada", "ada@example.org"),
        new Vouched("ada", "boss@example.org", false, null, null, null),
        granted("ada", "operator", true),
        granted("ada", null, true));
  }

  @ParameterizedTest
  @MethodSource("nobodyInParticular")
  void nobodyComesInBeforeAnAdministrator(Vouched vouched) {
    TaskAuth auth = fixture.build(settings().administratorEmails("boss@example.org"));

    assertThat(new Browser(auth, provider).signIn(vouched)).isEqualTo(new Arrival.Denied(""));

    assertThat(auth.isSetupRequired()).isTrue();
    assertThat(fixture.events(auth, AuditType.OAUTH_DENIED).get(0).details())
        .isEqualTo(Map.of("slot", "stub", "reason", "setup_required"));
  }

  @Test
  void namedOneComesInAndThenTheOthersDo() {
    TaskAuth auth = fixture.build(settings().administratorEmails("boss@example.org"));
    Browser browser = new Browser(auth, provider);

    assertThat(role(auth, browser.signIn(verified("b", "BOSS@example.org")))).isEqualTo(ADMIN);
    assertThat(auth.isSetupRequired()).isFalse();
    assertThat(role(auth, browser.signIn(vouched("ada")))).isEqualTo(VIEWER);
  }

  @Test
  void oneWhomTheProviderMakesAdministratorComesIn() {
    TaskAuth auth = fixture.build(settings());

    assertThat(role(auth, new Browser(auth, provider).signIn(granted("ada", "admin", false))))
        .isEqualTo(ADMIN);
  }

  @Test
  void withTheSwitchTheFirstVerifiedAddressIsTheAdministrators() {
    TaskAuth auth = fixture.build(settings().firstUserFromProviderIsAdministrator());
    Browser browser = new Browser(auth, provider);

    for (Vouched vouched :
        List.of(
            vouched("eve"),
            verified("eve", "no address"),
            new Vouched("eve", "eve@example.org", false, null, null, null))) {
      assertThat(browser.signIn(vouched)).isEqualTo(new Arrival.Denied(""));
    }
    assertThat(role(auth, browser.signIn(verified("ada", "ada@example.org")))).isEqualTo(ADMIN);
    assertThat(role(auth, browser.signIn(verified("bob", "bob@example.org")))).isEqualTo(VIEWER);
  }

  @Test
  void whoIsOvertakenOnTheWayIsNotTheFirst() {
    TaskAuth auth = fixture.build(settings().firstUserFromProviderIsAdministrator());
    Browser fast = new Browser(auth, provider);
    List<Arrival> overtaking = new ArrayList<>();
    provider.say(CODE, () -> verified("slow", "slow@example.org"));
    Browser slow = new Browser(auth, provider);
    String state = slow.depart().state();
    fixture.store.beforeNext(
        "UserStore.createFirst",
        () -> overtaking.add(fast.signIn(verified("fast", "fast@example.org"))));

    Arrival overtaken = slow.arrive(state);

    assertThat(role(auth, overtaking.get(0))).isEqualTo(ADMIN);
    assertThat(role(auth, overtaken)).isEqualTo(VIEWER);
  }

  /** Sixteen who have all been vouched for before the first of them goes on. */
  private List<Arrival> sixteenAtOnce(TaskAuth auth, IntFunction<Vouched> who) throws Exception {
    CyclicBarrier vouchedFor = new CyclicBarrier(16);
    List<Callable<Arrival>> arrivals = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      StubProvider own = new StubProvider("stub", "admin");
      Vouched vouched = who.apply(i);
      own.say(
          CODE,
          () -> {
            await(vouchedFor);
            return vouched;
          });
      Browser browser = new Browser(auth, own);
      String state = browser.depart().state();
      arrivals.add(() -> browser.arrive(own, state, browser.secret));
    }
    return Race.of(arrivals);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<User> accounts() {
    return fixture.store.users().newest(PageRequest.first(PageRequest.MAX_LIMIT)).items();
  }

  @Test
  void ofManyFirstOnesAtOnceExactlyOneIsAdministrator() throws Exception {
    TaskAuth auth = fixture.build(settings().firstUserFromProviderIsAdministrator());

    List<Arrival> arrivals =
        sixteenAtOnce(auth, i -> verified("user" + i, "user" + i + "@example.org"));

    assertThat(arrivals).allMatch(Arrival.SignedIn.class::isInstance);
    assertThat(accounts()).hasSize(16).filteredOn(u -> u.role().equals(ADMIN)).hasSize(1);
    assertThat(fixture.events(auth, AuditType.USER_CREATED)).hasSize(16);
  }

  @Test
  void oneWhoComesManyTimesAtOnceGetsOneAccount() throws Exception {
    TaskAuth auth = fixture.build(settings().firstUserFromProviderIsAdministrator());

    List<Arrival> arrivals = sixteenAtOnce(auth, i -> verified("ada", "ada@example.org"));

    assertThat(arrivals).allSatisfy(a -> assertThat(role(auth, a)).isEqualTo(ADMIN));
    assertThat(accounts()).hasSize(1);
    assertThat(fixture.events(auth, AuditType.USER_CREATED)).hasSize(1);
  }
}
