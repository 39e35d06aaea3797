package io.taskauth;

import static io.taskauth.Browser.CODE;
import static io.taskauth.Browser.opened;
import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.StubProvider.granted;
import static io.taskauth.StubProvider.vouched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.provider.ProviderAnswer.Vouched;
import io.taskauth.provider.ProviderSignIns.Arrival;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.Identity;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of a browser that is back from a provider. */
class ProviderSignInTest {
  private static final String THEIRS = "text-of-the-providers";
  private static final String NEXT = "/jobs?page=2";

  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub");
  private final TaskAuth auth = fixture.build(fixture.withStore().identityProvider(provider));
  private final Browser browser = new Browser(auth, provider);

  @BeforeEach
  void createAccounts() {
    fixture.account("root", ADMIN);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Arrival arrive(Supplier<ProviderAnswer> answer) {
    provider.say(CODE, answer);
    return browser.arrive(browser.depart(NEXT, null).state());
  }

  private AuditEvent only(AuditType type) {
    List<AuditEvent> events = fixture.events(auth, type);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static Arguments failing(String reason, Supplier<ProviderAnswer> answer) {
    return Arguments.of(reason, answer);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failing("nonce", () -> new ProviderAnswer.Failed("nonce")),
        failing(
            "exception",
            () -> {
              throw new IllegalStateException(THEIRS);
            }),
        failing("exception", () -> vouched(null)),
        failing("exception", () -> granted("ada", "emperor", false)),
        failing("subject", () -> null),
        failing("subject", () -> vouched("")),
        failing("subject", () -> vouched(THEIRS + " ")),
        failing("subject", () -> vouched(THEIRS + "\n")),
        failing("subject", () -> vouched("ä")),
        failing("subject", () -> vouched("x".repeat(256))));
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("failures")
  void whatIsNotToBeBelievedSignsNobodyIn(String reason, Supplier<ProviderAnswer> answer) {
    assertThat(arrive(answer)).isEqualTo(new Arrival.Failed(NEXT));

    AuditEvent event = only(AuditType.OAUTH_FAILED);
    assertThat(event.details()).isEqualTo(Map.of("slot", "stub", "reason", reason));
    assertThat(event.username()).isNull();
    assertThat(event.toString()).doesNotContain(THEIRS);
    assertThat(fixture.store.calls).doesNotContain("SessionStore.open", "IdentityStore.findUser");
  }

  @Test
  void providerThatIsOutIsNotAFailedSignIn() {
    Arrival arrival =
        arrive(
            () -> {
              throw new ProviderUnavailableException(THEIRS);
            });

    assertThat(arrival).isEqualTo(new Arrival.Unavailable(NEXT));
    AuditEvent event = only(AuditType.OAUTH_FAILED);
    assertThat(event.details()).isEqualTo(Map.of("slot", "stub", "reason", "unavailable"));
    assertThat(event.toString()).doesNotContain(THEIRS);
  }

  @Test
  void whoIsDeniedIsOnRecordSoThatTheyCanBeLinked() {
    assertThat(arrive(() -> new ProviderAnswer.Denied("domain", "Ada-1")))
        .isEqualTo(new Arrival.Denied(NEXT));

    AuditEvent event = only(AuditType.OAUTH_DENIED);
    assertThat(event.details()).isEqualTo(Map.of("slot", "stub", "reason", "domain"));
    assertThat(event.username()).isEqualTo("stub:Ada-1");
    assertThat(event.ip()).isEqualTo(HERE.ip());
  }

  @Test
  void deniedOnesWithoutASubjectHaveNoName() {
    arrive(() -> new ProviderAnswer.Denied("access_denied", null));
    arrive(() -> new ProviderAnswer.Denied("domain", "a b"));

    assertThat(fixture.events(auth, AuditType.OAUTH_DENIED))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.username()).isNull());
  }

  @Test
  void sessionKnowsThroughWhomItWasOpened() {
    Opened session =
        opened(arrive(() -> new Vouched("ada", null, false, null, null, "their-session")));

    assertThat(isIn(auth, session)).isTrue();
    assertThat(session.session().through())
        .isEqualTo(new ProviderSession(new Identity("stub", "ada"), "their-session"));
    assertThat(session.user().lastLoginAt()).isEqualTo(session.session().createdAt());
    AuditEvent event = only(AuditType.LOGIN_SUCCESS);
    assertThat(event.details()).isEqualTo(Map.of("method", "oauth:stub"));
    assertThat(event.userId()).isEqualTo(session.user().id());
  }

  @Test
  void nameOfTheirSessionThatCannotBeOneIsLeftOut() {
    Opened session = opened(arrive(() -> new Vouched("ada", null, false, null, null, "a b")));

    assertThat(session.session().through().sid()).isNull();
  }

  @Test
  void browserGetsBackToWhereItWantedToGo() {
    Arrival arrival = arrive(() -> vouched("ada"));

    assertThat(((Arrival.SignedIn) arrival).next()).isEqualTo(NEXT);
  }

  @Test
  void sessionThatTheBrowserHadEndsWhenTheNewOneBegins() {
    Opened elsewhere = signedIn(auth, "root");
    Opened before = signedIn(auth, "root");
    String state = browser.depart("", before.session()).state();
    assertThat(isIn(auth, before)).isTrue();

    provider.say(CODE, () -> vouched("ada"));
    Opened now = opened(browser.arrive(state));

    assertThat(isIn(auth, now)).isTrue();
    assertThat(isIn(auth, before)).isFalse();
    assertThat(isIn(auth, elsewhere)).isTrue();
  }

  @Test
  void sessionThatTheBrowserHadStaysWhereNoneBegins() {
    browser.signedIn(vouched("ada"));
    Opened before = signedIn(auth, "root");

    for (ProviderAnswer answer :
        List.of(
            new ProviderAnswer.Failed("nonce"),
            new ProviderAnswer.Denied("domain", "ada"),
            vouched("ADA"))) {
      provider.say(CODE, () -> answer);
      browser.arrive(browser.depart("", before.session()).state());
    }

    assertThat(isIn(auth, before)).isTrue();
  }

  @Test
  void storeThatIsOutIsNoAnswerAboutAnybody() {
    fixture.store.cutOff("IdentityStore.findUser");

    assertThatThrownBy(() -> arrive(() -> vouched("ada"))).isInstanceOf(AuthStoreException.class);

    assertThat(fixture.events(auth, AuditType.OAUTH_FAILED)).isEmpty();
    assertThat(fixture.store.calls).doesNotContain("SessionStore.open");
  }

  @Test
  void laterRequestsAskNeitherTheProviderNorTheStore() {
    Opened in = opened(arrive(() -> vouched("ada")));
    assertThat(isIn(auth, in)).isTrue();
    provider.out = true;
    fixture.store.calls.clear();

    assertThat(isIn(auth, in)).isTrue();

    assertThat(fixture.store.calls).isEmpty();
  }
}
