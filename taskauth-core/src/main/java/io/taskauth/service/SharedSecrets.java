package io.taskauth.service;

import io.taskauth.internal.Hashes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Machines whose secrets stand in the configuration. Several secrets may have one name, so that a
 * new one can be handed out before the old one is taken away. Immutable; threads may share it.
 */
public final class SharedSecrets implements TokenProvider {
  /** Who vouches for them. */
  public static final String PROVIDER = "taskauth-config";

  private record Line(String hash, TokenPrincipal principal) {}

  private final List<Line> lines;

  private SharedSecrets(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /** None at all. */
  public static SharedSecrets none() {
    return new SharedSecrets(List.of());
  }

  /**
   * These and one more.
   *
   * @throws IllegalArgumentException where the name breaks {@link ServiceName#RULE}, a scope breaks
   *     its rule, the secret is easy to guess or cannot be sent as a bearer token, or is there
   *     already
   */
  public SharedSecrets with(String name, String secret, Set<String> scopes) {
    ServiceName service = new ServiceName(name);
    if (secret.startsWith("taskauth_")) {
      throw new IllegalArgumentException(
          "the secret of '" + service + "' begins like the library's own tokens");
    }
    if (!secret.matches("[A-Za-z0-9._~+/-]{1,512}={0,2}")) {
      throw new IllegalArgumentException(
          "the secret of '"
              + service
              + "' has characters that cannot stand in a bearer token: letters, digits and -._~+/"
              + " can, 512 at most");
    }
    if (!SecretStrength.isEnough(secret)) {
      throw new IllegalArgumentException(
          "the secret of '"
              + service
              + "' is too easy to guess: take 43 random characters, for instance from `openssl rand"
              + " -base64 32 | tr -d =`");
    }
    String hash = Hashes.sha256Hex(secret);
    if (lines.stream().anyMatch(line -> line.hash().equals(hash))) {
      throw new IllegalArgumentException(
          "the secret of '" + service + "' is there twice: nobody could say who came with it");
    }
    List<Line> more = new ArrayList<>(lines);
    more.add(
        new Line(hash, new TokenPrincipal(service.value(), PROVIDER, new LinkedHashSet<>(scopes))));
    return new SharedSecrets(more);
  }

  @Override
  public boolean supportsToken() {
    return !lines.isEmpty();
  }

  @Override
  public Optional<TokenPrincipal> verifyToken(String token) {
    String hash = Hashes.sha256Hex(token);
    Optional<TokenPrincipal> found = Optional.empty();
    for (Line line : lines) {
      // All of them, always: neither which one it was nor how near a guess came shows in the time.
      if (Hashes.constantTimeEquals(hash, line.hash())) {
        found = Optional.of(line.principal());
      }
    }
    return found;
  }
}
