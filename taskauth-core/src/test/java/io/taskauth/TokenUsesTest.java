package io.taskauth;

import static io.taskauth.Fixture.ELSEWHERE;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.accesstoken.TokenUses;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.audit.StoreAuditSink;
import io.taskauth.internal.Ids;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When and from where a token was last used, written down behind the request. */
class TokenUsesTest {
  private static final String WRITE = "AccessTokenStore.used";

  private final Fixture fixture = new Fixture();
  private final AuditTrail trail =
      new AuditTrail(
          List.of(new StoreAuditSink(fixture.store.audit())),
          new Ids(fixture.now::get, new SecureRandom()),
          fixture.now::get);
  private final TokenUses uses = new TokenUses(fixture.store.accessTokens(), trail);
  private TaskAuth auth;
  private Opened ada;
  private AccessToken token;

  @BeforeEach
  void makeAToken() {
    auth = fixture.build(fixture.withStore());
    fixture.account("ada", VIEWER);
    ada = signedIn(auth, "ada");
    token = Fixture.token(auth, ada).token();
    fixture.store.calls.clear();
  }

  @AfterEach
  void close() {
    trail.close();
    fixture.close();
  }

  private void use(ClientInfo client) {
    uses.note(token, ada.user(), client, fixture.now.get());
  }

  /** The token as the store has it. */
  private AccessToken written() {
    return fixture.store.accessTokens().find(token.id()).orElseThrow().token();
  }

  private long writes() {
    return fixture.store.calls.stream().filter(WRITE::equals).count();
  }

  private List<AuditEvent> recorded(AuditType type) {
    return fixture.events(trail).stream().filter(event -> event.type() == type).toList();
  }

  private void failNextWrite() {
    fixture.store.beforeNext(
        WRITE,
        () -> {
          throw new AuthStoreException("out", null);
        });
  }

  @Test
  void addressesOfOneCustomersNetworkAreOnePlace() {
    for (int i = 1; i < 200; i++) {
      use(new ClientInfo("2001:db8:1:2::" + Integer.toHexString(i), "test"));
    }
    use(new ClientInfo("2001:db8:ffff::1", "test"));

    assertThat(recorded(AuditType.TOKEN_FIRST_USE_NEW_IP)).hasSize(2);
  }

  @Test
  void writeThatFailsIsMadeUpForByTheNext() {
    use(HERE);
    failNextWrite();
    assertThatThrownBy(uses::flush).isInstanceOf(AuthStoreException.class);
    assertThat(written().lastUsedAt()).isNull();

    uses.flush();

    assertThat(written().lastUsedAt()).isEqualTo(fixture.now.get());
  }

  @Test
  void laterUseIsNotLostBehindAWriteThatFailed() {
    use(HERE);
    failNextWrite();
    assertThatThrownBy(uses::flush).isInstanceOf(AuthStoreException.class);
    fixture.advance(Duration.ofMinutes(1));
    use(ELSEWHERE);

    uses.flush();

    assertThat(written().lastUsedAt()).isEqualTo(fixture.now.get());
    assertThat(written().lastUsedIp()).isEqualTo(ELSEWHERE.ip());
  }

  @Test
  void useIsWrittenBehindTheRequest() {
    use(HERE);
    assertThat(fixture.store.calls).isEmpty();

    uses.flush();

    assertThat(writes()).isEqualTo(1);
    assertThat(written().lastUsedAt()).isEqualTo(fixture.now.get());
    assertThat(written().lastUsedIp()).isEqualTo(HERE.ip());
  }

  @Test
  void useIsWrittenOnceAMinuteAtMost() {
    Instant first = fixture.now.get();
    use(HERE);
    uses.flush();

    fixture.advance(Duration.ofMinutes(1).minusMillis(1));
    use(HERE);
    uses.flush();
    assertThat(writes()).isEqualTo(1);
    assertThat(written().lastUsedAt()).isEqualTo(first);

    fixture.advance(Duration.ofMillis(1));
    use(HERE);
    uses.flush();
    uses.flush();
    assertThat(writes()).isEqualTo(2);
    assertThat(written().lastUsedAt()).isEqualTo(first.plusSeconds(60));
  }

  @Test
  void anotherAddressWithinTheMinuteIsToldAndTheFirstOneIsWritten() {
    for (int i = 0; i < 10; i++) {
      use(HERE);
      use(ELSEWHERE);
    }

    uses.flush();

    assertThat(writes()).isEqualTo(1);
    assertThat(written().lastUsedIp()).isEqualTo(HERE.ip());
    assertThat(recorded(AuditType.TOKEN_AUTH_SUCCESS)).hasSize(1);
    assertThat(recorded(AuditType.TOKEN_FIRST_USE_NEW_IP))
        .extracting(AuditEvent::ip)
        .containsExactlyInAnyOrder(HERE.ip(), ELSEWHERE.ip());
  }

  @Test
  void usesOfManyTokensAreWrittenTogether() {
    for (int i = 0; i < 50; i++) {
      uses.note(Fixture.token(auth, ada).token(), ada.user(), HERE, fixture.now.get());
    }

    uses.flush();

    assertThat(writes()).isEqualTo(1);
    assertThat(auth.accessTokens().orElseThrow().ofUser(ada.user().id()))
        .filteredOn(t -> t.lastUsedAt() != null)
        .hasSize(50);
  }

  @Test
  void useThatArrivesDuringTheWriteIsKeptForTheNext() {
    use(HERE);
    fixture.store.afterNext(
        WRITE,
        () -> {
          fixture.advance(Duration.ofMinutes(1));
          use(ELSEWHERE);
        });

    uses.flush();
    assertThat(written().lastUsedIp()).isEqualTo(HERE.ip());
    uses.flush();

    assertThat(written().lastUsedIp()).isEqualTo(ELSEWHERE.ip());
  }

  @Test
  void ofManyRequestsAtOnceOneIsTheUseOfThisMinute() throws Exception {
    for (int minute = 1; minute <= 5; minute++) {
      Race.of(
          16,
          () -> {
            use(HERE);
            return true;
          });

      assertThat(recorded(AuditType.TOKEN_AUTH_SUCCESS)).hasSize(minute);
      assertThat(recorded(AuditType.TOKEN_FIRST_USE_NEW_IP)).hasSize(1);
      fixture.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void useIsOnRecordOnceAMinute() {
    for (int second = 0; second < 120; second++) {
      use(HERE);
      fixture.advance(Duration.ofSeconds(1));
    }

    List<AuditEvent> events = recorded(AuditType.TOKEN_AUTH_SUCCESS);

    assertThat(events).hasSize(2);
    assertThat(events.get(0).userId()).isEqualTo(ada.user().id());
    assertThat(events.get(0).target()).isEqualTo(token.id().value());
    assertThat(events.get(0).ip()).isEqualTo(HERE.ip());
    assertThat(events.get(0).details()).isEqualTo(Map.of("token_name", "backup"));
  }

  @Test
  void firstUseFromEachAddressIsOnRecordOnce() {
    for (int i = 0; i < 3; i++) {
      use(HERE);
      use(ELSEWHERE);
      fixture.advance(Duration.ofMinutes(1));
    }

    assertThat(recorded(AuditType.TOKEN_FIRST_USE_NEW_IP))
        .extracting(AuditEvent::ip)
        .containsExactly(HERE.ip(), ELSEWHERE.ip());
  }

  @Test
  void addressOfAnotherTokenIsNewForThisOne() {
    use(HERE);
    uses.note(Fixture.token(auth, ada).token(), ada.user(), HERE, fixture.now.get());

    assertThat(recorded(AuditType.TOKEN_FIRST_USE_NEW_IP)).hasSize(2);
  }

  @Test
  void addressThatIsOnTheRowIsNotNewAfterARestart() {
    use(HERE);
    uses.flush();
    fixture.advance(Duration.ofSeconds(30));
    TokenUses restarted = new TokenUses(fixture.store.accessTokens(), trail);

    restarted.note(written(), ada.user(), HERE, fixture.now.get());
    restarted.flush();

    assertThat(recorded(AuditType.TOKEN_FIRST_USE_NEW_IP)).hasSize(1);
    assertThat(recorded(AuditType.TOKEN_AUTH_SUCCESS)).as("the minute is not over").hasSize(1);
    assertThat(writes()).isEqualTo(1);
  }

  @Test
  void useWithoutAnAddressIsNoNewPlace() {
    use(ClientInfo.LOCAL);
    uses.flush();

    assertThat(recorded(AuditType.TOKEN_FIRST_USE_NEW_IP)).isEmpty();
    assertThat(written().lastUsedAt()).isEqualTo(fixture.now.get());
    assertThat(written().lastUsedIp()).isNull();
  }

  @Test
  void lastUseIsListedBeforeItIsWritten() {
    Outcome.Created made = Fixture.token(auth, ada);
    assertThat(isIn(auth, made)).isTrue();

    assertThat(auth.accessTokens().orElseThrow().ofUser(ada.user().id()).get(0).lastUsedAt())
        .isEqualTo(fixture.now.get());
    assertThat(auth.accessTokens().orElseThrow().find(made.token().id()))
        .map(row -> row.token().lastUsedIp())
        .contains(HERE.ip());
  }

  @Test
  void newerUseThatAnotherProcessWroteIsTheOneThatIsListed() {
    use(HERE);
    TokenUses elsewhere = new TokenUses(fixture.store.accessTokens(), trail);
    fixture.advance(Duration.ofMinutes(5));
    elsewhere.note(token, ada.user(), ELSEWHERE, fixture.now.get());
    elsewhere.flush();

    assertThat(uses.withLastUse(written()).lastUsedIp()).isEqualTo(ELSEWHERE.ip());
    uses.flush();
    assertThat(written().lastUsedIp()).isEqualTo(ELSEWHERE.ip());
  }

  @Test
  void lastUsesAreWrittenWhenItIsClosed() {
    Outcome.Created made = Fixture.token(auth, ada);
    assertThat(isIn(auth, made)).isTrue();

    auth.close();

    assertThat(fixture.store.accessTokens().find(made.token().id()).orElseThrow().token())
        .extracting(AccessToken::lastUsedAt)
        .isEqualTo(fixture.now.get());
  }
}
