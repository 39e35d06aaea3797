package io.taskauth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.session.SessionId;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The browsers that are at a provider's at this moment. A state is good once, for five minutes, for
 * its slot and for the browser that it was made for. Only its hash is kept; the nonce and the PKCE
 * verifier are not kept at all, but made of the state and of the browser's secret, so that neither
 * the store nor an address line that somebody else has seen is enough to finish a sign-in (RFC
 * 7636, RFC 9700 section 2.1).
 */
final class Departures {
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String PURPOSE = "oauth-state";

  private final OneTimeSecretStore secrets;
  private final Ids ids;
  private final InstantSource clock;

  Departures(OneTimeSecretStore secrets, Ids ids, InstantSource clock) {
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What is known of a sign-in that is under way.
   *
   * @param replaces the session that the browser had, or null
   */
  record Departed(AuthorizationRequest request, String next, @Nullable Replaced replaces) {}

  /** A session that ends when the new one begins. */
  record Replaced(UUID userId, SessionId session) {
    @Override
    public String toString() {
      return userId + " " + session.value();
    }

    static @Nullable Replaced parse(String text) {
      String[] parts = text.split(" ", -1);
      return parts.length == 2
          ? new Replaced(UUID.fromString(parts[0]), new SessionId(parts[1]))
          : null;
    }
  }

  /** Whether it could be a browser's secret. */
  static boolean isBrowser(String secret) {
    return SECRET.matcher(secret).matches();
  }

  AuthorizationRequest begin(
      String slot, URI redirectUri, String browser, String next, @Nullable Replaced replaces) {
    String state = ids.secret256();
    String payload =
        String.join(
            "\n",
            slot,
            Hashes.sha256Hex(browser),
            redirectUri.toString(),
            replaces == null ? "" : replaces.toString(),
            next);
    secrets.put(
        new OneTimeSecret(
            Hashes.sha256Hex(state), PURPOSE, null, null, payload, clock.instant().plus(LIFE)));
    return request(redirectUri, state, browser);
  }

  /** Takes the state, if it is this browser's and this slot's: of any number exactly one does. */
  Optional<Departed> end(String slot, @Nullable String state, @Nullable String browser) {
    // Looked at first: a stranger with a state of somebody else's must not use it up, nor cost us
    // anything without a browser's secret.
    if (state == null || browser == null || !isBrowser(browser) || !isState(state)) {
      return Optional.empty();
    }
    String hash = Hashes.sha256Hex(state);
    Instant now = clock.instant();
    return secrets
        .find(hash, PURPOSE, now)
        .flatMap(kept -> read(kept, slot, state, browser))
        .filter(departed -> secrets.take(hash, PURPOSE, now).isPresent());
  }

  private static boolean isState(String text) {
    return SECRET.matcher(text).matches();
  }

  private static Optional<Departed> read(
      OneTimeSecret kept, String slot, String state, String browser) {
    String[] parts = kept.payload().split("\n", -1);
    boolean ofThisBrowser = Hashes.constantTimeEquals(parts[1], Hashes.sha256Hex(browser));
    return parts[0].equals(slot) && ofThisBrowser
        ? Optional.of(
            new Departed(
                request(URI.create(parts[2]), state, browser), parts[4], Replaced.parse(parts[3])))
        : Optional.empty();
  }

  private static AuthorizationRequest request(URI redirectUri, String state, String browser) {
    return new AuthorizationRequest(
        redirectUri, state, derived(browser, "nonce", state), derived(browser, "pkce", state));
  }

  private static String derived(String browser, String what, String state) {
    byte[] secret = Hashes.hmacSha256(browser.getBytes(UTF_8), "taskauth " + what + "\n" + state);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
