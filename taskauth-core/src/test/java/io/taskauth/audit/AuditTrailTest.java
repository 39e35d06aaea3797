package io.taskauth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.internal.Ids;
import io.taskauth.page.PageRequest;
import io.taskauth.session.ClientInfo;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From what the use cases tell to every sink. */
@Timeout(120)
class AuditTrailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ClientInfo HERE = new ClientInfo("192.0.2.1", "curl/8");
  private static final User ADA = user("ada");
  private static final User ROOT = user("root");

  private final Warnings log = new Warnings(AuditTrail.class.getName());
  private final AtomicReference<Instant> now = new AtomicReference<>(Events.NOW);
  private final InstantSource clock = now::get;
  private final Ids ids = new Ids(clock, new SecureRandom());
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<AuditEvent> got = new CopyOnWriteArrayList<>();
  private final List<AuditTrail> opened = new ArrayList<>();
  private AuditTrail trail;

  @BeforeEach
  void open() {
    trail = to(got::add);
  }

  @AfterEach
  void close() {
    release.countDown();
    opened.forEach(AuditTrail::close);
    log.close();
  }

  private AuditTrail to(AuditSink... sinks) {
    AuditTrail fresh = new AuditTrail(List.of(sinks), ids, clock);
    opened.add(fresh);
    return fresh;
  }

  private static User user(String name) {
    return User.created(
        UUID.randomUUID(), new Username(name), new Role("viewer"), Origin.PASSWORD, Events.NOW);
  }

  private AuditEvent only() {
    assertThat(trail.settle(PATIENCE)).isTrue();
    assertThat(got).hasSize(1);
    return got.get(0);
  }

  private void update(AuditTrail told, int times) {
    for (int i = 0; i < times; i++) {
      told.of(AuditType.USER_UPDATED, ADA, HERE, Map.of());
    }
  }

  private void hang() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void sinkThatFailsCostsNoOtherSinkAnEvent() {
    List<AuditEvent> last = new CopyOnWriteArrayList<>();
    trail =
        to(
            event -> {
              throw new IllegalStateException("on purpose");
            },
            got::add,
            event -> {
              throw new NoClassDefFoundError("on purpose");
            },
            last::add);

    update(trail, 500);

    assertThat(trail.settle(PATIENCE)).isTrue();
    assertThat(got).hasSize(500);
    assertThat(last).isEqualTo(got);
  }

  @Test
  void sinkThatHangsCostsNoOtherSinkAnEvent() {
    AuditTrail good = to(got::add);
    trail = to(event -> hang(), got::add);

    // As many as fit: a hanging one must not hold the others back, not even when it is full.
    update(trail, 4000);
    update(good, 1);

    assertThat(good.settle(PATIENCE)).isTrue();
    assertThat(trail.settle(Duration.ofMillis(50))).isFalse();
    release.countDown();
    assertThat(trail.settle(PATIENCE)).isTrue();
    assertThat(got).hasSize(4001);
  }

  @Test
  void recordCanBeReadAlthoughASinkHangs() {
    InMemoryAuthStore store = new InMemoryAuthStore();
    trail = to(event -> hang(), new StoreAuditSink(store.audit()));
    update(trail, 3);

    List<AuditEvent> read =
        new AuditLog(trail, store.audit()).newest(AuditFilter.NONE, PageRequest.first(10)).items();

    assertThat(read).hasSize(3);
  }

  @Test
  void whoeverHasJustDoneSomethingFindsItOnRecord() {
    InMemoryAuthStore store = new InMemoryAuthStore();
    trail = to(new StoreAuditSink(store.audit()));
    AuditLog record = new AuditLog(trail, store.audit());

    for (int i = 1; i <= 100; i++) {
      update(trail, 1);
      assertThat(record.newest(AuditFilter.NONE, PageRequest.first(200)).items()).hasSize(i);
    }
  }

  @Test
  void closingHandsOverWhatWaits() {
    update(trail, 1000);

    trail.close();

    assertThat(got).hasSize(1000);
  }

  @Test
  void eventOfAUserSaysWhoWhenAndFromWhere() {
    trail.of(AuditType.PASSWORD_CHANGED, ADA, HERE, Map.of("sessions_revoked", "2"));

    AuditEvent event = only();
    assertThat(event.id().version()).isEqualTo(7);
    assertThat(event.at()).isEqualTo(Events.NOW);
    assertThat(event.type()).isEqualTo(AuditType.PASSWORD_CHANGED);
    assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.SUCCESS);
    assertThat(event.userId()).isEqualTo(ADA.id());
    assertThat(event.username()).isEqualTo("ada");
    assertThat(event.ip()).isEqualTo("192.0.2.1");
    assertThat(event.userAgent()).isEqualTo("curl/8");
    assertThat(event.target()).isNull();
    assertThat(event.details()).isEqualTo(Map.of("sessions_revoked", "2"));
  }

  @Test
  void typedNameIsNoUser() {
    trail.of(AuditType.LOGIN_FAILURE, "ada\r\nevent=login_success", HERE, Map.of());

    AuditEvent event = only();
    assertThat(event.userId()).isNull();
    assertThat(event.username()).isEqualTo("ada  event=login_success");
    assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.FAILURE);
  }

  @Test
  void whatAUserDidToAThingNamesTheThing() {
    trail.of(AuditType.TOKEN_REVOKED, ADA, "0123456789abcdef", HERE, Map.of());

    assertThat(only().userId()).isEqualTo(ADA.id());
    assertThat(only().target()).isEqualTo("0123456789abcdef");
  }

  @Test
  void whatAUserDidToAnotherNamesBoth() {
    trail.of(AuditType.USER_DELETED, ROOT, ADA, HERE, Map.of("more", "x"));

    assertThat(only().userId()).isEqualTo(ROOT.id());
    assertThat(only().target()).isEqualTo(ADA.id().toString());
    assertThat(only().details()).isEqualTo(Map.of("more", "x", AuditEvent.TARGET_USERNAME, "ada"));
  }

  @Test
  void floodOfAStrangerIsLeftOutAndToldAboutLater() {
    for (int i = 0; i < 100; i++) {
      trail.of(AuditType.TOKEN_AUTH_FAILURE, (String) null, HERE, Map.of("reason", "x"));
    }
    assertThat(trail.settle(PATIENCE)).isTrue();
    assertThat(got).hasSize(AuditDamper.PER_ADDRESS);

    now.updateAndGet(before -> before.plusSeconds(60));
    trail.of(AuditType.TOKEN_AUTH_FAILURE, (String) null, HERE, Map.of("reason", "x"));

    assertThat(trail.settle(PATIENCE)).isTrue();
    assertThat(got).hasSize(AuditDamper.PER_ADDRESS + 1);
    assertThat(got.get(AuditDamper.PER_ADDRESS).details())
        .isEqualTo(Map.of("reason", "x", "left_out_before", "40"));
  }

  @Test
  void noFloodKeepsWhatUsersDoOffTheRecord() {
    for (int i = 0; i < 100; i++) {
      trail.of(AuditType.TOKEN_AUTH_FAILURE, (String) null, HERE, Map.of());
    }
    update(trail, 100);

    assertThat(trail.settle(PATIENCE)).isTrue();
    assertThat(got).filteredOn(event -> event.type() == AuditType.USER_UPDATED).hasSize(100);
  }
}
