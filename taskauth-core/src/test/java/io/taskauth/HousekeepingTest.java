package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Ids;
import io.taskauth.page.PageRequest;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.ticket.OneTimeSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has ended is removed, in time and not before. */
class HousekeepingTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration A_MOMENT = Duration.ofMillis(1);

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth =
      fixture.build(fixture.withStore().sessionLifetime(Duration.ofDays(300)));
  private final List<String> flushed = new ArrayList<>();
  private final Housekeeping housekeeping =
      housekeeping(List.of(() -> flushed.add("sessions"), () -> flushed.add("tokens")));
  private Opened ada;

  private Housekeeping housekeeping(List<Runnable> flushes) {
    return new Housekeeping(
        flushes,
        new Upkeep(fixture.store, 100, fixture.now::get),
        new SweepTurn(fixture.store.settings(), fixture.now::get),
        Housekeeping.daemon());
  }

  @BeforeEach
  void signIn() {
    fixture.account("root", ADMIN);
    fixture.account("ada", VIEWER);
    ada = signedIn(auth, "ada");
  }

  @AfterEach
  void close() {
    housekeeping.close();
    fixture.close();
  }

  private boolean isThere(TokenId id) {
    return fixture.store.accessTokens().find(id).isPresent();
  }

  @Test
  void revokedTokenIsRemovedThirtyDaysAfterIt() {
    TokenId revoked = token(auth, ada).token().id();
    TokenId live = token(auth, ada).token().id();
    auth.accessTokens().orElseThrow().revoke(ada.user(), revoked, HERE);

    fixture.advance(MONTH);
    housekeeping.sweep();
    assertThat(isThere(revoked)).isTrue();

    fixture.advance(A_MOMENT);
    housekeeping.sweep();
    assertThat(isThere(revoked)).isFalse();
    assertThat(isThere(live)).isTrue();
  }

  @Test
  void tokenPastItsEndIsRemovedThirtyDaysAfterIt() {
    Instant end = Instant.parse("2026-04-01T00:00:00Z");
    TokenId ending = token(auth, ada, Expiry.at(end)).token().id();

    fixture.now.set(end.plus(MONTH));
    housekeeping.sweep();
    assertThat(isThere(ending)).isTrue();

    fixture.advance(A_MOMENT);
    housekeeping.sweep();
    assertThat(isThere(ending)).isFalse();
  }

  @Test
  void sessionsAndSecretsAreRemovedAtTheirEnd() {
    Instant end = ada.session().expiresAt();
    fixture.store.secrets().put(new OneTimeSecret("hash", "test", ada.user().id(), null, "", end));

    fixture.now.set(end.minus(A_MOMENT));
    housekeeping.sweep();
    assertThat(fixture.store.sessions().find(ada.user().id(), ada.session().id())).isPresent();
    assertThat(fixture.store.secrets().find("hash", "test", fixture.now.get())).isPresent();

    Instant before = fixture.now.get();
    fixture.now.set(end);
    housekeeping.sweep();
    assertThat(fixture.store.sessions().find(ada.user().id(), ada.session().id())).isEmpty();
    assertThat(fixture.store.secrets().find("hash", "test", before)).isEmpty();
  }

  @Test
  void moreThanABatchIsRemovedInOneGo() {
    for (int i = 0; i < 1200; i++) {
      fixture
          .store
          .secrets()
          .put(new OneTimeSecret("hash" + i, "test", null, null, "", fixture.now.get()));
    }
    fixture.store.calls.clear();

    housekeeping.sweep();

    assertThat(fixture.store.calls).filteredOn("OneTimeSecretStore.sweep"::equals).hasSize(3);
  }

  @Test
  void lastEventsAreKept() {
    Ids ids = new Ids(fixture.now::get, new SecureRandom());
    assertThat(auth.audit().settle(Duration.ofSeconds(30))).isTrue();
    for (int i = 0; i < 250; i++) {
      fixture.store.audit().append(List.of(event(ids, "name" + i)));
    }

    housekeeping.sweep();

    List<AuditEvent> kept =
        fixture.store.audit().newest(AuditFilter.NONE, PageRequest.first(200)).items();
    assertThat(kept).hasSize(100);
    assertThat(kept.get(0).username()).isEqualTo("name249");
    assertThat(kept.get(99).username()).isEqualTo("name150");
  }

  private AuditEvent event(Ids ids, String username) {
    return new AuditEvent(
        ids.uuidV7(),
        fixture.now.get(),
        AuditType.LOGOUT,
        AuditEvent.Outcome.SUCCESS,
        null,
        username,
        null,
        null,
        null,
        Map.of());
  }

  @Test
  void whatWasNotedIsWrittenDownWhenItIsClosed() {
    housekeeping.close();

    assertThat(flushed).containsExactly("sessions", "tokens");
  }

  @Test
  void flushThatFailsKeepsNoOtherFromRunning() {
    Housekeeping failing =
        housekeeping(
            List.of(
                () -> {
                  throw new AuthStoreException("out", null);
                },
                () -> flushed.add("tokens")));

    failing.close();

    assertThat(flushed).containsExactly("tokens");
  }

  @Test
  void ofTwoNodesOneSweepsAtATime() {
    Housekeeping other = housekeeping(List.of());
    fixture.now.set(ada.session().expiresAt());
    housekeeping.takeTurn();
    putEnded();

    other.takeTurn();
    assertThat(sweptSecrets()).isFalse();

    fixture.advance(Duration.ofSeconds(50));
    other.takeTurn();
    assertThat(sweptSecrets()).isTrue();
    other.close();
  }

  @Test
  void turnOfAClockThatIsWrongEndsNobodysSweeping() {
    fixture.now.set(ada.session().expiresAt().plus(Duration.ofDays(400)));
    housekeeping.takeTurn();
    fixture.now.set(ada.session().expiresAt());
    putEnded();

    housekeeping.takeTurn();

    assertThat(sweptSecrets()).isTrue();
  }

  @Test
  void turnThatCannotBeReadIsTaken() {
    fixture.store.settings().put("sweep-turn", "[1, 2]", 0);
    putEnded();

    housekeeping.takeTurn();

    assertThat(sweptSecrets()).isTrue();
  }

  private void putEnded() {
    fixture
        .store
        .secrets()
        .put(
            new OneTimeSecret(
                "ended", "test", ada.user().id(), null, "", fixture.now.get().minusSeconds(1)));
  }

  private boolean sweptSecrets() {
    return fixture
        .store
        .secrets()
        .find("ended", "test", fixture.now.get().minus(Duration.ofDays(1)))
        .isEmpty();
  }
}
