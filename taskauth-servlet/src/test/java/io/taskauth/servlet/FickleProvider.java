package io.taskauth.servlet;

import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.service.TokenPrincipal;
import io.taskauth.service.TokenProvider;
import java.util.Optional;
import java.util.Set;

/** A provider that does whatever its tokens say, as others' code does. */
final class FickleProvider implements TokenProvider {
  @Override
  @SuppressWarnings("NullAway")
  public Optional<TokenPrincipal> verifyToken(String token) {
    return switch (token.split("\\.")[0]) {
      case "out" -> throw new ProviderUnavailableException("the cloud is gone");
      case "throws" -> throw new IllegalStateException("a bug");
      case "fails" -> throw new StackOverflowError();
      case "null" -> null;
      case "internal" -> says("server-internal");
      case "config" -> says("taskauth-config");
      case "made-up" -> says("taskauth-cloud");
      case "cloud" -> says("cloud");
      default -> Optional.empty();
    };
  }

  private static Optional<TokenPrincipal> says(String provider) {
    return Optional.of(new TokenPrincipal("pod", provider, Set.of("drain", "metrics")));
  }
}
