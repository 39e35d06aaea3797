package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.ELSEWHERE;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.login.AuthorizationCode;
import io.taskauth.login.AuthorizationCodes;
import io.taskauth.login.AuthorizationCodes.Outcome;
import io.taskauth.login.LoopbackRequest;
import io.taskauth.password.Password;
import io.taskauth.provider.ProviderAnswer.Vouched;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser that is signed in lets in the command line. */
class AuthorizationCodeTest {
  private static final String REDIRECT = "http://127.0.0.1:40123/callback";
  private static final String STATE = "s".repeat(43);
  private static final String VERIFIER = "v".repeat(43);
  private static final Outcome BAD = new Outcome.BadCode();

  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub");
  private final TaskAuth auth = fixture.build(fixture.withStore().identityProvider(provider));
  private User root;
  private User ada;
  private Opened browser;

  @BeforeEach
  void signIn() {
    root = fixture.account("root", ADMIN);
    ada = fixture.account("ada", VIEWER);
    browser = signedIn(auth, "ada");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String challenge(String verifier) {
    byte[] digest = Hashes.sha256(verifier.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static LoopbackRequest request() {
    return new LoopbackRequest(REDIRECT, STATE, challenge(VERIFIER));
  }

  private AuthorizationCodes codes() {
    return auth.authorizationCodes().orElseThrow();
  }

  private AuthorizationCode issue(Opened from) {
    return codes().issue(from.user(), from.session(), request()).orElseThrow();
  }

  private String code() {
    return issue(browser).reveal();
  }

  private Outcome redeem(String code) {
    return codes().redeem(code, VERIFIER, REDIRECT, ELSEWHERE);
  }

  private Opened opened(String code) {
    Outcome outcome = redeem(code);
    assertThat(outcome).isInstanceOf(Outcome.SignedIn.class);
    return ((Outcome.SignedIn) outcome).session();
  }

  @Test
  void codeOpensASessionOfItsOwn() {
    Opened program = opened(code());

    assertThat(isIn(auth, program)).isTrue();
    assertThat(program.user().id()).isEqualTo(ada.id());
    assertThat(program.session().id()).isNotEqualTo(browser.session().id());
    assertThat(program.session().ip()).isEqualTo(ELSEWHERE.ip());
    auth.sessions().end(ada.id(), browser.session().id());
    assertThat(isIn(auth, program)).as("signing out in the browser ends the browser's").isTrue();
    AuditEvent event = fixture.events(auth, AuditType.LOGIN_SUCCESS).get(1);
    assertThat(event.username()).isEqualTo("ada");
    assertThat(event.details()).isEqualTo(Map.of("method", "authorization_code"));
  }

  @Test
  void itIsGoodOnce() {
    String code = code();
    opened(code);
    assertThat(redeem(code)).isEqualTo(BAD);
  }

  @Test
  void ofManyAtOnceOneGetsIt() throws Exception {
    String code = code();
    List<Outcome> outcomes = Race.of(8, () -> redeem(code));
    assertThat(outcomes).filteredOn(Outcome.SignedIn.class::isInstance).hasSize(1);
  }

  @Test
  void itIsGoodForAMinute() {
    String late = code();
    fixture.advance(AuthorizationCodes.LIFE);
    assertThat(redeem(late)).isEqualTo(BAD);
    String intime = code();
    fixture.advance(AuthorizationCodes.LIFE.minusMillis(1));
    opened(intime);
  }

  @Test
  void newerCodeTakesTheOldOnesPlace() {
    String old = code();
    String fresh = code();
    assertThat(redeem(old)).isEqualTo(BAD);
    opened(fresh);
  }

  @Test
  void whoHasSeenTheCodeCanNeitherUseItNorUseItUp() {
    String code = code();
    for (String verifier : new String[] {"w".repeat(43), challenge(VERIFIER), "", "v", STATE}) {
      assertThat(codes().redeem(code, verifier, REDIRECT, HERE)).as(verifier).isEqualTo(BAD);
    }
    String elsewhere = "http://127.0.0.1:40124/callback";
    assertThat(codes().redeem(code, VERIFIER, elsewhere, HERE)).isEqualTo(BAD);
    opened(code);
  }

  @Test
  void whatIsNoCodeIsNotEvenLookedFor() {
    fixture.store.cutOff("OneTimeSecretStore.find");
    for (String code : new String[] {"", "x", "x".repeat(44), "ü".repeat(43), "' OR 1=1 --"}) {
      assertThat(redeem(code)).isEqualTo(BAD);
    }
    assertThat(codes().redeem("x".repeat(43), "x".repeat(42), REDIRECT, HERE)).isEqualTo(BAD);
    assertThatThrownBy(() -> redeem("x".repeat(43))).isInstanceOf(AuthStoreException.class);
  }

  @Test
  void codeIsAHashAtRestAndPrintsAsNothing() {
    AuthorizationCode code = issue(browser);
    assertThat(code).hasToString("[redacted]");
    var kept =
        fixture
            .store
            .secrets()
            .find(Hashes.sha256Hex(code.reveal()), "authorization-code", fixture.now.get());
    assertThat(kept).isPresent();
    assertThat(kept.get().toString()).doesNotContain(code.reveal(), VERIFIER);
  }

  @Test
  void codeDiesWithTheSessionThatItWasGivenIn() {
    String code = code();
    auth.sessions().end(ada.id(), browser.session().id());
    assertThat(redeem(code)).isEqualTo(BAD);
    assertThat(codes().issue(ada, browser.session(), request()))
        .hasValueSatisfying(late -> assertThat(redeem(late.reveal())).isEqualTo(BAD));
  }

  private void changePassword() {
    auth.passwordChange()
        .orElseThrow()
        .change(
            ada,
            browser.session().id(),
            Password.of(PASSWORD),
            Password.of("another good passphrase"),
            HERE);
    assertThat(isIn(auth, browser)).as("the browser's session is kept").isTrue();
  }

  @Test
  void codeDiesWithThePassword() {
    String code = code();
    changePassword();
    assertThat(redeem(code)).isEqualTo(BAD);
  }

  @Test
  void signingOutEverywhereMeanwhileEndsTheSignIn() {
    String code = code();
    fixture.store.beforeNext(
        "SessionStore.open",
        () -> assertThat(fixture.store.sessions().endAll(ada.id(), null)).isEqualTo(1));
    assertThat(redeem(code)).isEqualTo(BAD);
    assertThat(fixture.store.sessions().ofUser(ada.id(), fixture.now.get())).isEmpty();
  }

  @Test
  void passwordThatChangesMeanwhileEndsTheSignIn() {
    String code = code();
    fixture.store.beforeNext("SessionStore.open", this::changePassword);
    assertThat(redeem(code)).isEqualTo(BAD);
  }

  private UserChange closed() {
    return UserChange.nothing().deactivate(fixture.now.get(), root.id());
  }

  @Test
  void nobodyComesInWhoseAccountIsClosed() {
    String code = code();
    auth.userAdministration().orElseThrow().change(root, ada.id(), closed(), HERE);
    assertThat(redeem(code)).isEqualTo(BAD);
    assertThat(codes().issue(ada, browser.session(), request())).isEmpty();
  }

  @Test
  void programIsOutWhenTheBrowserWouldBe() {
    fixture.advance(Duration.ofHours(23));
    Opened program = opened(code());
    assertThat(program.session().expiresAt()).isEqualTo(browser.session().expiresAt());
    fixture.advance(Duration.ofHours(1));
    assertThat(isIn(auth, program)).isFalse();
  }

  @Test
  void programIsOutWhenTheProviderSaysSo() {
    Opened carol =
        new Browser(auth, provider)
            .signedIn(new Vouched("carol", null, false, null, null, "sid-1"));
    Opened program = opened(issue(carol).reveal());
    assertThat(program.user().username().value()).isEqualTo("stub:carol");
    assertThat(fixture.store.sessions().endThrough(new ProviderLogout("stub", null, "sid-1")))
        .isEqualTo(2);
    assertThat(isIn(auth, program)).isFalse();
  }

  @Test
  void guessesAreCountedAndGoodCodesAreNot() {
    for (int i = 0; i < 3; i++) {
      opened(code());
    }
    Outcome last = BAD;
    for (int i = 0; i < 50 && last.equals(BAD); i++) {
      last = redeem("x".repeat(43));
    }
    assertThat(last).isInstanceOf(Outcome.Throttled.class);
    assertThat(fixture.events(auth, AuditType.LOGIN_THROTTLED)).hasSize(1);
    opened(code());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "http://localhost:40123/callback",
        "https://127.0.0.1:40123/callback",
        "http://127.0.0.1/callback",
        "http://127.0.0.1:0/callback",
        "http://127.0.0.1:65536/callback",
        "http://127.0.0.1:40123/callback/",
        "http://127.0.0.1:40123/callback?x=y",
        "http://127.0.0.1:40123/callback#x",
        "http://127.0.0.1:40123/other",
        "http://127.0.0.1:40123@evil.example/callback",
        "http://127.0.0.1.evil.example:80/callback",
        "http://127.0.0.2:40123/callback",
        "http://[::1]:40123/callback",
        "http://2130706433:40123/callback",
        "HTTP://127.0.0.1:40123/callback",
        "http://127.0.0.1:40123/callback\n",
        "javascript:alert(1)"
      })
  void browserIsSentToThisComputerOnly(String redirect) {
    assertThat(LoopbackRequest.of(redirect, STATE, challenge(VERIFIER))).isEmpty();
  }

  @Test
  void stateAndChallengeAreWhatTheyMustBe() {
    assertThat(LoopbackRequest.of(REDIRECT, STATE, challenge(VERIFIER))).isPresent();
    for (String bad : new String[] {null, "", "short", "x".repeat(129), "a&b".repeat(10), "\n"}) {
      assertThat(LoopbackRequest.of(REDIRECT, bad, challenge(VERIFIER))).isEmpty();
      assertThat(LoopbackRequest.of(REDIRECT, STATE, bad)).isEmpty();
    }
    assertThatThrownBy(() -> new LoopbackRequest(REDIRECT, STATE, "plain"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersStandInTheAddress() {
    AuthorizationCode code = issue(browser);
    assertThat(request().granted(code))
        .hasToString(REDIRECT + "?code=" + code.reveal() + "&state=" + STATE);
    assertThat(request().denied()).hasToString(REDIRECT + "?error=access_denied&state=" + STATE);
  }
}
