package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.ELSEWHERE;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.provider.LogoutAnswer;
import io.taskauth.provider.ProviderAnswer.Vouched;
import io.taskauth.provider.ProviderLogouts;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.user.Identity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-outs that providers tell of, and those that they are told of. */
class ProviderLogoutTest {
  private static final String TOKEN = "a logout token";
  private static final Duration LIFE = Duration.ofMinutes(2);

  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub");
  private final StubProvider other = new StubProvider("other");
  private final TaskAuth auth =
      fixture.build(fixture.withStore().identityProvider(provider).identityProvider(other));

  @BeforeEach
  void createAccounts() {
    fixture.account("root", ADMIN);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ProviderLogouts logouts() {
    return auth.identityProviders().orElseThrow().logouts();
  }

  private Opened session(StubProvider through, String subject, String sid) {
    return new Browser(auth, through).signedIn(new Vouched(subject, null, false, null, null, sid));
  }

  private Opened session(String subject) {
    return session(provider, subject, null);
  }

  private boolean logout(StubProvider at) {
    return logouts().backChannel(at, TOKEN, ELSEWHERE);
  }

  /** As if the provider had sent it. */
  private boolean logout(String subject, String sid, String jti, Duration life) {
    say(provider, subject, sid, jti, life);
    return logout(provider);
  }

  private void say(StubProvider at, String subject, String sid, String jti, Duration life) {
    at.sayOfLogout(
        TOKEN,
        new LogoutAnswer.Verified(
            new ProviderLogout(at.slot(), subject, sid), jti, fixture.now.get().plus(life)));
  }

  private void assertRefused(String reason) {
    List<AuditEvent> events = fixture.events(auth, AuditType.OAUTH_LOGOUT_REFUSED);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).details()).isEqualTo(Map.of("slot", "stub", "reason", reason));
  }

  @Test
  void tokenThatTheProviderDoesNotKnowEndsNothing() {
    Opened ada = session("ada");

    assertThat(logout(provider)).isFalse();

    assertThat(isIn(auth, ada)).isTrue();
    assertRefused("signature");
  }

  @Test
  void allSessionsOfTheSubjectEndAndOthersStay() {
    List<Opened> theirs = List.of(session("ada"), session(provider, "ada", "s1"));
    List<Opened> others =
        List.of(session("Bob"), session(other, "ada", null), signedIn(auth, "root"));
    assertThat(theirs).allMatch(session -> isIn(auth, session));

    assertThat(logout("ada", null, "t1", LIFE)).isTrue();

    assertThat(theirs).noneMatch(session -> isIn(auth, session));
    assertThat(others).allMatch(session -> isIn(auth, session));
    AuditEvent event = fixture.events(auth, AuditType.OAUTH_LOGOUT).get(0);
    assertThat(event.username()).isEqualTo("stub:ada");
    assertThat(event.details()).isEqualTo(Map.of("slot", "stub", "sessions", "2"));
    assertThat(event.ip()).isEqualTo(ELSEWHERE.ip());
  }

  @Test
  void onlyTheSessionThatIsNamedEnds() {
    Opened one = session(provider, "ada", "s1");
    Opened two = session(provider, "ada", "s2");
    Opened sameNameElsewhere = session(other, "ada", "s1");

    assertThat(logout(null, "s1", "t1", LIFE)).isTrue();
    assertThat(logout("bob", "s2", "t2", LIFE)).isTrue();

    assertThat(isIn(auth, one)).isFalse();
    assertThat(isIn(auth, two)).isTrue();
    assertThat(isIn(auth, sameNameElsewhere)).isTrue();
    assertThat(fixture.events(auth, AuditType.OAUTH_LOGOUT).get(0).username()).isNull();
  }

  @Test
  void sameTokenAgainIsRefusedAsLongAsItWouldBeGood() {
    assertThat(logout("ada", null, "t1", LIFE)).isTrue();
    Opened ada = session("ada");

    fixture.advance(LIFE);
    assertThat(logout(provider)).isFalse();

    assertThat(isIn(auth, ada)).isTrue();
    assertRefused("replayed");
    assertThat(logout("ada", null, "t2", LIFE)).isTrue();
    assertThat(isIn(auth, ada)).isFalse();
  }

  @Test
  void tokensOfTwoProvidersMayHaveTheSameId() {
    say(other, "ada", null, "t1", LIFE);

    assertThat(logout("ada", null, "t1", LIFE)).isTrue();
    assertThat(logout(other)).isTrue();
  }

  @Test
  void ofManyWhoBringTheSameTokenAtOnceSomebodyIsHeardAndNobodyAfterwards() throws Exception {
    say(provider, "ada", null, "t1", LIFE);

    assertThat(Race.of(8, () -> logout(provider))).contains(true);
    assertThat(logout(provider)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT24H", "P36500D", "-PT2M0.001S", "-PT24H"})
  void tokenWhoseIdWouldHaveToBeKnownForTooLongOrThatIsPastIsRefused(Duration life) {
    Opened ada = session("ada");

    assertThat(logout("ada", null, "t1", life)).isFalse();

    assertThat(isIn(auth, ada)).isTrue();
    assertRefused("expires");
  }

  @Test
  void tokenOfAlmostADayIsHeard() {
    assertThat(logout("ada", null, "t1", Duration.ofHours(23))).isTrue();
  }

  @Test
  void providerMayTryAgainWhereTheStoreWasOut() {
    Opened ada = session("ada");
    say(provider, "ada", null, "t1", LIFE);
    // Nothing that was to be noted before or after may be in the way.
    fixture.store.cutOff("OneTimeSecretStore.put");
    fixture.store.cutOff("AttemptStore.release");
    fixture.store.beforeNext(
        "SessionStore.endThrough",
        () -> {
          throw new AuthStoreException("cut off", null);
        });

    assertThatThrownBy(() -> logout(provider)).isInstanceOf(AuthStoreException.class);
    assertThat(isIn(auth, ada)).isTrue();

    assertThat(logout(provider)).isTrue();
    assertThat(isIn(auth, ada)).isFalse();
    assertThat(fixture.events(auth, AuditType.OAUTH_LOGOUT_REFUSED)).isEmpty();
  }

  @Test
  void providerWhoseKeysCannotBeHadMayTryAgain() {
    Opened ada = session("ada");
    say(provider, "ada", null, "t1", LIFE);
    provider.out = true;

    assertThatThrownBy(() -> logout(provider)).isInstanceOf(ProviderUnavailableException.class);

    provider.out = false;
    assertThat(logout(provider)).isTrue();
    assertThat(isIn(auth, ada)).isFalse();
  }

  @Test
  void browserIsSentToTheProviderUnlessThatIsOut() {
    URI back = URI.create("https://app.example/");

    ProviderSession session = new ProviderSession(new Identity("stub", "ada"), "s1");

    assertThat(logouts().atProvider(provider, session, back))
        .contains(URI.create("https://id.example/logout?back=" + back));
    provider.out = true;
    assertThat(logouts().atProvider(provider, session, back)).isEmpty();
  }
}
