package io.taskauth;

import static io.taskauth.Browser.BACK;
import static io.taskauth.Browser.CODE;
import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.ELSEWHERE;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.StubProvider.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.ProviderSignIns;
import io.taskauth.provider.ProviderSignIns.Arrival;
import io.taskauth.provider.ProviderSignIns.Departure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state that a browser takes to a provider and brings back. */
class ProviderDepartureTest {
  private static final Arrival INVALID = new Arrival.StateInvalid();

  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub");
  private final StubProvider other = new StubProvider("other");
  private final TaskAuth auth =
      fixture.build(
          fixture
              .withStore()
              .throttle(new ThrottlePolicy(3, 6, 9, Duration.ofMinutes(1)))
              .identityProvider(provider)
              .identityProvider(other));
  private final Browser browser = new Browser(auth, provider);

  @BeforeEach
  void createAccounts() {
    fixture.account("root", ADMIN);
    provider.say(CODE, () -> vouched("ada"));
    other.say(CODE, () -> vouched("ada"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void stateIsGoodOnce() {
    String state = browser.depart().state();
    assertThat(browser.arrive(state)).isInstanceOf(Arrival.SignedIn.class);

    assertThat(browser.arrive(state)).isEqualTo(INVALID);
  }

  @Test
  void ofManyWhoBringTheSameStateExactlyOneArrives() throws Exception {
    String state = browser.depart().state();

    List<Arrival> arrivals = Race.of(8, () -> browser.arrive(state));

    assertThat(arrivals).filteredOn(Arrival.SignedIn.class::isInstance).hasSize(1);
    assertThat(arrivals).filteredOn(INVALID::equals).hasSize(7);
    assertThat(provider.asked).hasSize(1);
  }

  @Test
  void stateIsGoodForFiveMinutes() {
    assertThat(ProviderSignIns.life()).isEqualTo(Duration.ofMinutes(5));
    String quick = browser.depart().state();
    String slow = browser.depart().state();

    fixture.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(browser.arrive(quick)).isInstanceOf(Arrival.SignedIn.class);
    fixture.advance(Duration.ofMillis(1));
    assertThat(browser.arrive(slow)).isEqualTo(INVALID);
  }

  @Test
  void stateOfAnotherSlotIsRefusedAndStaysGoodForItsOwn() {
    String state = browser.depart().state();

    assertThat(browser.arrive(other, state, browser.secret)).isEqualTo(INVALID);
    assertThat(other.asked).isEmpty();
    assertThat(browser.arrive(state)).isInstanceOf(Arrival.SignedIn.class);
  }

  @Test
  void stateOfAnotherBrowserSignsNobodyInWhoeverBringsIt() {
    Browser attacker = new Browser(auth, provider, ELSEWHERE);

    // The victim's browser is led to the address that the attacker came back to, ...
    assertThat(browser.arrive(attacker.depart().state())).isEqualTo(INVALID);
    // ... or the attacker has seen the victim's.
    String state = browser.depart().state();
    assertThat(attacker.arrive(state)).isEqualTo(INVALID);
    assertThat(provider.asked).isEmpty();
    assertThat(fixture.store.calls).doesNotContain("SessionStore.open");
    // And has not used it up.
    assertThat(browser.arrive(state)).isInstanceOf(Arrival.SignedIn.class);
  }

  @Test
  void browserWithoutItsSecretIsRefused() {
    for (String secret : new String[] {null, "", "x", Hashes.sha256Hex(browser.secret)}) {
      assertThat(browser.arrive(provider, browser.depart().state(), secret)).isEqualTo(INVALID);
    }
    assertThat(provider.asked).isEmpty();
  }

  @Test
  void stateThatWasNeverMadeIsRefused() {
    String state = browser.depart().state();

    for (String guess :
        new String[] {
          null, "", "x", state + "x", Hashes.sha256Hex(state), auth.ids().secret256(), "a b\n"
        }) {
      assertThat(browser.arrive(guess)).isEqualTo(INVALID);
    }
    assertThat(provider.asked).isEmpty();
    assertThat(browser.arrive(state)).isInstanceOf(Arrival.SignedIn.class);
  }

  @Test
  void refusedStateIsOnRecord() {
    String state = browser.depart().state();
    browser.arrive(provider, state, null);

    List<AuditEvent> events = fixture.events(auth, AuditType.OAUTH_STATE_INVALID);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).details()).isEqualTo(Map.of("slot", "stub"));
    assertThat(events.get(0).username()).isNull();
    assertThat(events.get(0).ip()).isEqualTo(HERE.ip());
  }

  @Test
  void providerIsGivenTheSameOnTheWayThereAndBack() {
    AuthorizationRequest there = browser.depart();

    browser.arrive(there.state());

    assertThat(there.redirectUri()).isEqualTo(BACK);
    assertThat(provider.asked.get(0).request()).isEqualTo(there);
    assertThat(provider.asked.get(0).parameters())
        .isEqualTo(Map.of("code", CODE, "state", there.state()));
  }

  @Test
  void eachDepartureHasItsOwnSecrets() {
    AuthorizationRequest one = browser.depart();
    AuthorizationRequest two = browser.depart();
    List<String> secrets =
        List.of(
            one.state(),
            one.nonce(),
            one.codeVerifier(),
            two.state(),
            two.nonce(),
            two.codeVerifier());

    assertThat(secrets).doesNotHaveDuplicates().allMatch(ProviderSignIns::isBrowserSecret);
    assertThat(one + " " + provider.departed(two.state())).doesNotContain(secrets);
  }

  @Test
  void storeIsGivenNothingThatFinishesASignIn() {
    AuthorizationRequest departed = browser.depart("/jobs", null);
    browser.arrive(departed.state());

    String heard = String.join("\n", fixture.store.heard);
    assertThat(heard)
        .contains(Hashes.sha256Hex(departed.state()), Hashes.sha256Hex(browser.secret))
        .doesNotContain(
            departed.state(), departed.nonce(), departed.codeVerifier(), browser.secret);
  }

  @Test
  void departuresFromOneAddressAreLimited() {
    for (int i = 0; i < 9; i++) {
      browser.depart();
    }
    fixture.store.calls.clear();

    assertThat(browser.leave("", null)).isInstanceOf(Departure.Throttled.class);

    assertThat(fixture.store.calls).doesNotContain("OneTimeSecretStore.put");
    assertThat(new Browser(auth, provider, ELSEWHERE).depart()).isNotNull();
    assertThat(Fixture.signIn(auth, "root", PASSWORD)).isInstanceOf(LoginOutcome.SignedIn.class);
    assertThat(fixture.events(auth, AuditType.LOGIN_THROTTLED).get(0).details())
        .isEqualTo(Map.of("at", "oauth_start"));
    fixture.advance(Duration.ofMinutes(1));
    assertThat(browser.depart()).isNotNull();
  }

  @Test
  void providerThatIsOutSendsNobodyAway() {
    provider.out = true;

    assertThat(browser.leave("", null)).isEqualTo(new Departure.Unavailable());
    assertThat(fixture.events(auth, AuditType.OAUTH_FAILED).get(0).details())
        .isEqualTo(Map.of("slot", "stub", "reason", "unavailable"));
  }

  @Test
  void providerThatIsBrokenSendsNobodyAway() {
    provider.broken = true;

    assertThat(browser.leave("", null)).isEqualTo(new Departure.Failed());
    assertThat(fixture.events(auth, AuditType.OAUTH_FAILED).get(0).details())
        .isEqualTo(Map.of("slot", "stub", "reason", "exception"));
  }
}
