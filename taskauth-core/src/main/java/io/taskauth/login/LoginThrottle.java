package io.taskauth.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskauth.internal.Hashes;
import io.taskauth.login.AttemptStore.Attempts;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.LoginKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Slows guessing down. An attempt is counted before the password is looked at and given back when
 * it was right, so that a thousand guesses at once are a thousand counts and not one. Form, JSON
 * and change of password share it. Threads may share it.
 */
public final class LoginThrottle {
  /** What is remembered of a full window without asking the store again. */
  private static final Duration MEMORY = Duration.ofSeconds(10);

  private final AttemptStore attempts;
  private final ThrottlePolicy policy;
  private final InstantSource clock;

  /**
   * Names and the addresses that they signed in from: counted apart, so that strangers' guesses do
   * not lock them out.
   */
  private final Cache<String, Boolean> familiar =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofDays(30)).build();

  private final Cache<String, Instant> full =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(MEMORY).build();

  public LoginThrottle(AttemptStore attempts, ThrottlePolicy policy, InstantSource clock) {
    this.attempts = attempts;
    this.policy = policy;
    this.clock = clock;
  }

  /** One counted attempt, settled once at most: what is given back twice would be a free guess. */
  final class Attempt {
    private final Map<String, Integer> limits;
    private final AtomicBoolean settled = new AtomicBoolean();

    private Attempt(Map<String, Integer> limits) {
      this.limits = limits;
    }

    /** The password was right: nothing counts, and earlier slips from here are forgotten. */
    void succeeded() {
      if (!settled.compareAndSet(false, true)) {
        return;
      }
      limits.keySet().stream()
          .filter(k -> k.startsWith("both:"))
          .forEach(k -> familiar.put(k, true));
      List<String> forget = limits.keySet().stream().filter(k -> k.startsWith("both:")).toList();
      List<String> refund = limits.keySet().stream().filter(k -> !k.startsWith("both:")).toList();
      attempts.release(refund, forget);
    }

    /** Nothing was decided, because something was out: the attempt does not count. */
    void undecided() {
      if (!settled.compareAndSet(false, true)) {
        return;
      }
      attempts.release(limits.keySet(), List.of());
    }
  }

  /** Either an attempt that may go on, or how long to wait. */
  sealed interface Admission {
    record Admitted(Attempt attempt) implements Admission {}

    record Refused(Duration retryAfter) implements Admission {}
  }

  Admission admit(LoginKey name, ClientInfo client) {
    return admit(limits(name, client));
  }

  /** For guesses at a secret that belongs to no name: counted by address alone. */
  Admission admitToGuess(String what, ClientInfo client) {
    return admit(Map.of(what + ":" + Hashes.sha256Hex(client.line()), policy.perNameAndAddress()));
  }

  /**
   * For what is right and still not to be done without end, such as sending mail to somebody; what
   * is admitted stays counted.
   *
   * @return how long to wait; empty where it may go on
   */
  public Optional<Duration> countOne(String what, UUID userId, int atMost) {
    return admit(Map.of(what + ":" + userId, atMost)) instanceof Admission.Refused refused
        ? Optional.of(refused.retryAfter())
        : Optional.empty();
  }

  /**
   * For what costs us something and says nothing about whoever asks, such as beginning a sign-in;
   * what is admitted stays counted until it is given back.
   *
   * @return how long to wait; empty where it may go on
   */
  public Optional<Duration> countFrom(String what, ClientInfo client) {
    if (client.line().isEmpty()) {
      return Optional.empty();
    }
    return admit(Map.of(from(what, client), policy.perAddress()))
            instanceof Admission.Refused refused
        ? Optional.of(refused.retryAfter())
        : Optional.empty();
  }

  /** Takes one back that {@link #countFrom} has counted, because something good came of it. */
  public void giveBack(String what, ClientInfo client) {
    if (!client.line().isEmpty()) {
      attempts.release(List.of(from(what, client)), List.of());
    }
  }

  private static String from(String what, ClientInfo client) {
    return what + ":" + Hashes.sha256Hex(client.line());
  }

  private Admission admit(Map<String, Integer> limits) {
    Instant now = clock.instant();
    Optional<Instant> known =
        limits.keySet().stream()
            .flatMap(key -> Optional.ofNullable(full.getIfPresent(key)).stream())
            .filter(now::isBefore)
            .max(Instant::compareTo);
    if (known.isPresent()) {
      return refused(now, known.get());
    }
    Map<String, Attempts> counted = attempts.count(limits.keySet(), policy.window(), now);
    Optional<Instant> over =
        counted.entrySet().stream()
            .filter(entry -> entry.getValue().count() > limits.getOrDefault(entry.getKey(), 0))
            .peek(entry -> full.put(entry.getKey(), entry.getValue().windowEndsAt()))
            .map(entry -> entry.getValue().windowEndsAt())
            .max(Instant::compareTo);
    if (over.isPresent()) {
      // Nothing was looked at: one address must not use up what a name may take from anywhere.
      List<String> notOver =
          counted.entrySet().stream()
              .filter(entry -> entry.getValue().count() <= limits.getOrDefault(entry.getKey(), 0))
              .map(Map.Entry::getKey)
              .toList();
      attempts.release(notOver, List.of());
      return refused(now, over.get());
    }
    return new Admission.Admitted(new Attempt(limits));
  }

  private static Admission refused(Instant now, Instant until) {
    return new Admission.Refused(Duration.ofSeconds(Duration.between(now, until).toSeconds() + 1));
  }

  /** Keys are hashed: they have one length, and the store learns no mistyped password as a name. */
  private Map<String, Integer> limits(LoginKey name, ClientInfo client) {
    String line = client.line();
    String both = "both:" + Hashes.sha256Hex(name.value() + "\n" + line);
    Map<String, Integer> limits = new HashMap<>(Map.of(both, policy.perNameAndAddress()));
    String among = familiar.getIfPresent(both) == null ? "name:" : "known:";
    limits.put(among + Hashes.sha256Hex(name.value()), policy.perName());
    if (!line.isEmpty()) {
      limits.put("from:" + Hashes.sha256Hex(line), policy.perAddress());
    }
    return limits;
  }
}
