package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.audit.AuditFilter;
import io.taskauth.login.BackendAnswer;
import io.taskauth.page.PageRequest;
import io.taskauth.session.Session;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import io.taskauth.ticket.OneTimeSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a host removes by itself, and what the library does without being asked. */
class UpkeepTest {
  private final Fixture fixture = new Fixture();
  private final ByHand background = new ByHand();
  private Instant end;

  /** Runs what is scheduled when the test says so. */
  private static final class ByHand extends ScheduledThreadPoolExecutor {
    final List<Runnable> scheduled = new ArrayList<>();

    ByHand() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable command, long initialDelay, long delay, TimeUnit unit) {
      scheduled.add(command);
      return null;
    }

    void aWhilePasses() {
      scheduled.forEach(Runnable::run);
    }
  }

  @BeforeEach
  void accounts() {
    fixture.account("root", ADMIN);
    fixture.account("ada", VIEWER);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private TaskAuthBuilder settings() {
    TaskAuthBuilder settings =
        fixture.withStore().auditEvents(100).sessionLifetime(Duration.ofDays(1));
    settings.background = () -> background;
    return settings;
  }

  private TaskAuth byHost() {
    return fixture.build(settings().withoutHousekeeping());
  }

  private static Upkeep upkeep(TaskAuth auth) {
    return auth.upkeep().orElseThrow();
  }

  /** A session, a secret, an attempt and a token that end, and one of each that does not. */
  private Opened makeThings(TaskAuth auth) {
    Opened ada = signedIn(auth, "ada");
    end = ada.session().expiresAt();
    TokenId revoked = token(auth, ada).token().id();
    token(auth, ada);
    auth.accessTokens().orElseThrow().revoke(ada.user(), revoked, HERE);
    fixture.now.set(end);
    Opened later = signedIn(auth, "ada");
    fixture.advance(Duration.ofHours(1));
    put("ended", fixture.now.get());
    put("open", fixture.now.get().plusSeconds(1));
    attempt("ended", fixture.now.get());
    attempt("open", fixture.now.get().plusSeconds(1));
    return later;
  }

  private void put(String hash, Instant until) {
    fixture.store.secrets().put(new OneTimeSecret(hash, "test", null, null, "", until));
  }

  private void attempt(String key, Instant until) {
    Instant begin = fixture.now.get().minusSeconds(60);
    var unused =
        fixture.store.attempts().count(List.of(key), Duration.between(begin, until), begin);
  }

  @Test
  void whatHasEndedIsRemovedAndCountedAndNothingElse() {
    TaskAuth auth = byHost();
    Opened later = makeThings(auth);

    Upkeep.Swept swept = upkeep(auth).sweep();

    assertThat(swept.sessions()).isEqualTo(1);
    assertThat(swept.secrets()).isEqualTo(1);
    assertThat(swept.attempts()).isGreaterThanOrEqualTo(1);
    assertThat(swept.accessTokens()).as("within the month").isZero();
    assertThat(swept.total()).isEqualTo(2 + swept.attempts());
    assertThat(sessions(auth, later)).hasSize(1);
    assertThat(fixture.store.secrets().find("open", "test", fixture.now.get())).isPresent();
    assertThat(upkeep(auth).sweep().total()).isZero();

    fixture.advance(Duration.ofDays(31));
    assertThat(upkeep(auth).sweep().accessTokens()).isEqualTo(1);
    assertThat(upkeep(auth).sweep().total()).isZero();
  }

  private static List<Session> sessions(TaskAuth auth, Opened of) {
    return auth.sessions().ofUser(of.user().id(), of.session());
  }

  @Test
  void withoutHousekeepingNothingIsSweptAndLastUsesAreStillWrittenDown() {
    TaskAuth auth = byHost();
    Opened later = makeThings(auth);
    fixture.advance(Duration.ofMinutes(10));
    assertThat(Fixture.isIn(auth, later)).isTrue();
    fixture.store.calls.clear();

    background.aWhilePasses();

    assertThat(background.scheduled).hasSize(3);
    assertThat(fixture.store.calls).noneMatch(call -> call.endsWith(".sweep"));
    assertThat(sessions(auth, later).get(0).lastSeenAt()).isEqualTo(fixture.now.get());
  }

  @Test
  void unlessTheHostDoesItIsSweptByItself() {
    TaskAuth auth = fixture.build(settings());
    makeThings(auth);

    background.aWhilePasses();

    assertThat(upkeep(auth).sweep().total()).isZero();
    assertThat(fixture.store.calls).contains("SessionStore.sweep", "AccessTokenStore.sweep");
  }

  @Test
  void hostNeedsNoTurn() {
    TaskAuth auth = byHost();
    makeThings(auth);
    assertThat(new SweepTurn(fixture.store.settings(), fixture.now::get).take()).isTrue();

    assertThat(upkeep(auth).sweep().secrets()).isEqualTo(1);
  }

  @Test
  void itGoesInBatchesAndCountsThemTogether() {
    TaskAuth auth = byHost();
    for (int i = 0; i < 1200; i++) {
      put("ended" + i, fixture.now.get());
    }
    fixture.store.calls.clear();

    assertThat(upkeep(auth).sweep().secrets()).isEqualTo(1200);

    assertThat(fixture.store.calls).filteredOn("OneTimeSecretStore.sweep"::equals).hasSize(3);
    assertThat(fixture.store.calls).filteredOn("SessionStore.sweep"::equals).hasSize(1);
  }

  @Test
  void partThatFailsKeepsNoOtherFromBeingSweptAndIsSaid() {
    TaskAuth auth = byHost();
    makeThings(auth);
    fixture.store.cutOff("SessionStore.sweep");
    fixture.store.cutOff("OneTimeSecretStore.sweep");
    fixture.advance(Duration.ofDays(31));

    assertThatThrownBy(() -> upkeep(auth).sweep())
        .isInstanceOf(AuthStoreException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

    assertThat(fixture.store.accessTokens().sweep(fixture.now.get(), 100)).isZero();
    assertThat(fixture.store.attempts().sweep(fixture.now.get(), 100)).isZero();
  }

  @Test
  void itStopsBetweenBatchesWhereItsThreadIsInterrupted() {
    TaskAuth auth = byHost();
    for (int i = 0; i < 1200; i++) {
      put("ended" + i, fixture.now.get());
    }
    fixture.store.afterNext("OneTimeSecretStore.sweep", Thread.currentThread()::interrupt);

    Upkeep.Swept swept = upkeep(auth).sweep();

    assertThat(Thread.interrupted()).as("whoever called sees it too").isTrue();
    assertThat(swept.secrets()).isEqualTo(500);
    assertThat(upkeep(auth).sweep().secrets()).isEqualTo(700);
  }

  @Test
  void auditLogIsTrimmedByItsOwnVerbOnly() {
    TaskAuth auth = byHost();
    for (int i = 0; i < 130; i++) {
      signedIn(auth, i % 2 == 0 ? "ada" : "root");
    }
    assertThat(auth.audit().settle(Duration.ofSeconds(30))).isTrue();

    upkeep(auth).sweep();
    assertThat(events()).isEqualTo(130);

    assertThat(upkeep(auth).turnOverAuditLog()).isEqualTo(30);
    assertThat(events()).isEqualTo(100);
    assertThat(upkeep(auth).turnOverAuditLog()).isZero();
  }

  private int events() {
    return fixture
        .store
        .audit()
        .newest(AuditFilter.NONE, PageRequest.first(PageRequest.MAX_LIMIT))
        .items()
        .size();
  }

  @Test
  void withoutAStoreThereIsNothingToKeepUp() {
    TaskAuth auth =
        fixture.build(fixture.settings().backend((n, p) -> BackendAnswer.accepted("bob")));

    assertThat(auth.upkeep()).isEmpty();
  }
}
