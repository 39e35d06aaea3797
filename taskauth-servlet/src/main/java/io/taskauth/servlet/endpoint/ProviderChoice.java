package io.taskauth.servlet.endpoint;

import io.taskauth.provider.IdentityProviders;
import io.taskauth.servlet.http.Exchange;
import java.util.List;

/** An identity provider as a form offers it. */
public record ProviderChoice(String slot, String label) {
  static List<ProviderChoice> all(Exchange exchange) {
    return exchange
        .auth()
        .identityProviders()
        .map(IdentityProviders::all)
        .orElse(List.of())
        .stream()
        .map(provider -> new ProviderChoice(provider.slot(), provider.label()))
        .toList();
  }
}
