package io.taskauth.servlet;

import io.taskauth.service.TokenPrincipal;
import io.taskauth.service.TokenProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider that knows the tokens which end in {@code valid}, and keeps all that it is shown. */
final class RecordingProvider implements TokenProvider {
  final List<String> seen = new CopyOnWriteArrayList<>();

  @Override
  public Optional<TokenPrincipal> verifyToken(String token) {
    seen.add(token);
    return token.endsWith("valid")
        ? Optional.of(new TokenPrincipal("scraper", "platform", Set.of("metrics")))
        : Optional.empty();
  }
}
