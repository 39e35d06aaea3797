package io.taskauth.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.taskauth.audit.AuditType;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The {@link Measurements} as meters of Micrometer's, for a host that has it: {@code
 * io.micrometer:micrometer-core} is an optional dependency. Names are in Micrometer's form;
 * Prometheus sees {@code taskauth_logins_total} and the like.
 *
 * <pre>{@code
 * new TaskAuthMetrics(auth.measurements()).bindTo(registry);
 * }</pre>
 */
@SuppressWarnings("exports") // Whoever calls this has Micrometer.
public final class TaskAuthMetrics implements MeterBinder {
  private final Measurements measurements;

  public TaskAuthMetrics(Measurements measurements) {
    this.measurements = measurements;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    events(registry);
    cache(registry, "hit");
    cache(registry, "miss");
    gauges(registry);
    storeCalls(registry);
  }

  private void events(MeterRegistry registry) {
    for (AuditType type : AuditType.values()) {
      FunctionCounter.builder("taskauth.events", measurements, m -> m.events(type))
          .description("Security events, also those that the record left out")
          .tag("event", type.code())
          .register(registry);
    }
    login(registry, "success", AuditType.LOGIN_SUCCESS);
    login(registry, "failure", AuditType.LOGIN_FAILURE);
    login(registry, "throttled", AuditType.LOGIN_THROTTLED);
  }

  private void login(MeterRegistry registry, String outcome, AuditType type) {
    FunctionCounter.builder("taskauth.logins", measurements, m -> m.events(type))
        .description("Sign-ins by name and password")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void cache(MeterRegistry registry, String result) {
    FunctionCounter.builder(
            "taskauth.cache.requests",
            measurements,
            m -> result.equals("hit") ? m.cacheHits() : m.cacheMisses())
        .description("Requests whose session or token was known, or had to be looked up")
        .tag("result", result)
        .register(registry);
  }

  private void gauges(MeterRegistry registry) {
    Gauge.builder("taskauth.sessions.running", measurements, m -> number(m.runningSessions()))
        .description("Sessions on all nodes together, counted twice a minute")
        .register(registry);
    Gauge.builder("taskauth.password.hash.waiting", measurements, Measurements::waitingForHash)
        .description("Sign-ins that wait for their turn to hash a password")
        .register(registry);
    Gauge.builder("taskauth.webhook.queue", measurements, m -> number(m.pendingDeliveries()))
        .description("Deliveries of webhooks that wait or are under way, on all nodes together")
        .register(registry);
    Gauge.builder("taskauth.live.connections", measurements, Measurements::liveConnections)
        .description("Streams and sockets on this node")
        .register(registry);
    TimeGauge.builder(
            "taskauth.feed.behind",
            measurements,
            TimeUnit.NANOSECONDS,
            m -> m.feedBehind().toNanos())
        .description("How long ago this node was last told of every change in the store")
        .register(registry);
  }

  /** NaN is how Micrometer says that nobody knows. */
  private static double number(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : Double.NaN;
  }

  private void storeCalls(MeterRegistry registry) {
    Map<String, Timer> timers = new ConcurrentHashMap<>();
    measurements.onStoreCall(
        (part, verb, nanos, failed) ->
            timers
                .computeIfAbsent(
                    part + ' ' + verb + ' ' + failed, same -> timer(registry, part, verb, failed))
                .record(nanos, TimeUnit.NANOSECONDS));
  }

  private static Timer timer(MeterRegistry registry, String part, String verb, boolean failed) {
    return Timer.builder("taskauth.store.calls")
        .description("Calls of the store")
        .tag("part", part)
        .tag("verb", verb.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
        .tag("outcome", failed ? "failure" : "success")
        .register(registry);
  }
}
