package io.taskauth.login;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a program on the user's own computer asks a browser to bring it: an authorization code, at a
 * port that only this computer reaches (RFC 8252, section 7.3). The address is the literal {@code
 * 127.0.0.1}: a name may lead elsewhere (section 8.3), and any other address is somebody else's.
 *
 * @param redirectUri where the browser goes back to
 * @param state what the program knows its browser by; it comes back unchanged
 * @param codeChallenge the SHA-256 of a secret that the program keeps (RFC 7636, section 4.2), so
 *     that the code is of use to nobody else
 */
public record LoopbackRequest(String redirectUri, String state, String codeChallenge) {
  private static final Pattern LOOPBACK =
      Pattern.compile("http://127\\.0\\.0\\.1:([1-9][0-9]{0,4})/callback");
  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{22,128}");
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int LAST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException where {@link #of} would be empty
   */
  public LoopbackRequest {
    if (!isGood(redirectUri, state, codeChallenge)) {
      throw new IllegalArgumentException("not what a program on this computer would ask");
    }
  }

  /** The request of these parameters; empty where one is missing or not as it must be. */
  public static Optional<LoopbackRequest> of(
      @Nullable String redirectUri, @Nullable String state, @Nullable String codeChallenge) {
    return redirectUri != null
            && state != null
            && codeChallenge != null
            && isGood(redirectUri, state, codeChallenge)
        ? Optional.of(new LoopbackRequest(redirectUri, state, codeChallenge))
        : Optional.empty();
  }

  private static boolean isGood(String redirectUri, String state, String codeChallenge) {
    var loopback = LOOPBACK.matcher(redirectUri);
    return loopback.matches()
        && Integer.parseInt(loopback.group(1)) <= LAST_PORT
        && STATE.matcher(state).matches()
        && CHALLENGE.matcher(codeChallenge).matches();
  }

  /** Where the browser goes with the code (RFC 6749, section 4.1.2). */
  public URI granted(AuthorizationCode code) {
    return URI.create(redirectUri + "?code=" + code.reveal() + "&state=" + state);
  }

  /** Where the browser goes when the person said no (RFC 6749, section 4.1.2.1). */
  public URI denied() {
    return URI.create(redirectUri + "?error=access_denied&state=" + state);
  }
}
