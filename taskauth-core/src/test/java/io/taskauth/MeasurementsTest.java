package io.taskauth;

import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskauth.audit.AuditType;
import io.taskauth.metrics.TaskAuthMetrics;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a dashboard of metrics would show. */
class MeasurementsTest {
  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void bind() {
    // docs:begin metrics
    new TaskAuthMetrics(auth.measurements()).bindTo(registry);
    // docs:end metrics
    fixture.account("ada", VIEWER);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private double logins(String outcome) {
    return registry.get("taskauth.logins").tag("outcome", outcome).functionCounter().count();
  }

  private double cache(String result) {
    return registry.get("taskauth.cache.requests").tag("result", result).functionCounter().count();
  }

  @Test
  void signInsAreCountedByOutcome() {
    signIn(auth, "ada", PASSWORD);
    signIn(auth, "ada", "wrong");
    signIn(auth, "ada", "wrong");
    assertThat(logins("success")).isEqualTo(1);
    assertThat(logins("failure")).isEqualTo(2);
    assertThat(logins("throttled")).isZero();
  }

  @Test
  void whatTheRecordLeavesOutIsCountedToo() {
    for (int i = 0; i < 200; i++) {
      auth.audit().of(AuditType.ACCESS_DENIED, (String) null, Fixture.HERE, Map.of());
    }
    assertThat(
            registry.get("taskauth.events").tag("event", "access_denied").functionCounter().count())
        .isEqualTo(200);
  }

  @Test
  void theCacheTellsHowOftenItKnew() {
    Opened session = signedIn(auth, "ada");
    for (int i = 0; i < 5; i++) {
      assertThat(isIn(auth, session)).isTrue();
    }
    assertThat(cache("miss")).isEqualTo(1);
    assertThat(cache("hit")).isEqualTo(4);
  }

  @Test
  void sessionsAreCountedTwiceAMinuteAtMost() {
    signedIn(auth, "ada");
    assertThat(registry.get("taskauth.sessions.running").gauge().value()).isEqualTo(1);
    signedIn(auth, "ada");
    fixture.advance(Duration.ofSeconds(29));
    assertThat(registry.get("taskauth.sessions.running").gauge().value()).isEqualTo(1);
    fixture.advance(Duration.ofSeconds(2));
    assertThat(registry.get("taskauth.sessions.running").gauge().value()).isEqualTo(2);
  }

  @Test
  void sessionsThatNobodyCanCountAreNoNumber() {
    fixture.store.cutOff("SessionStore.running");
    assertThat(registry.get("taskauth.sessions.running").gauge().value()).isNaN();
  }

  @Test
  void callsOfTheStoreAreTimed() {
    Opened session = signedIn(auth, "ada");
    isIn(auth, session);
    fixture.advance(Duration.ofSeconds(6));
    fixture.store.cutOff("SessionStore.find");
    try {
      isIn(auth, session);
    } catch (AuthStoreException e) {
      // That is what is measured.
    }
    assertThat(calls("success")).isEqualTo(1);
    assertThat(calls("failure")).isEqualTo(1);
  }

  private long calls(String outcome) {
    return registry
        .get("taskauth.store.calls")
        .tag("part", "sessions")
        .tag("verb", "find")
        .tag("outcome", outcome)
        .timer()
        .count();
  }

  @Test
  void streamsAreCounted() {
    Opened session = signedIn(auth, "ada");
    auth.live()
        .register(((Authenticated) Fixture.authenticate(auth, session)).principal(), new Ended());
    assertThat(registry.get("taskauth.live.connections").gauge().value()).isEqualTo(1);
  }

  @Test
  void nobodyWaitsForAHash() {
    assertThat(registry.get("taskauth.password.hash.waiting").gauge().value()).isZero();
    assertThat(registry.get("taskauth.feed.behind").timeGauge().value()).isZero();
  }
}
