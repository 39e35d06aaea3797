package io.taskauth.oauth;

import io.taskauth.provider.ProviderAnswer;
import java.util.Set;

/** What it means that the browser comes back with an error (RFC 6749, section 4.1.2.1). */
final class ProviderError {
  private static final Set<String> OUTAGES = Set.of("server_error", "temporarily_unavailable");

  private ProviderError() {}

  static ProviderAnswer answer(String error, ProviderHttp http) {
    if (OUTAGES.contains(error)) {
      throw http.outage(error);
    }
    return error.equals("access_denied")
        ? new ProviderAnswer.Denied("access_denied", null)
        : new ProviderAnswer.Failed("provider_error");
  }
}
