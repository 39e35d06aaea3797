package io.taskauth.servlet.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.IdentityProviders;
import io.taskauth.servlet.http.Exchange;
import java.net.URLEncoder;
import java.util.List;

/**
 * One way to sign in with somebody else, as the pages show it: a plain link.
 *
 * @param label what the provider is called
 */
public record ProviderButton(String label, String href) {
  /**
   * @param next where to go afterwards, or empty
   */
  static List<ProviderButton> all(Exchange exchange, String next) {
    String query = next.isEmpty() ? "" : "?next=" + URLEncoder.encode(next, UTF_8);
    return exchange
        .auth()
        .identityProviders()
        .map(IdentityProviders::all)
        .orElse(List.of())
        .stream()
        .map(provider -> button(exchange, provider, query))
        .toList();
  }

  private static ProviderButton button(Exchange exchange, IdentityProvider provider, String query) {
    return new ProviderButton(
        provider.label(), exchange.base() + ProviderApi.START + "/" + provider.slot() + query);
  }
}
