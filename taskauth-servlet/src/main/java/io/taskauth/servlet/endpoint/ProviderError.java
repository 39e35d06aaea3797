package io.taskauth.servlet.endpoint;

import io.taskauth.provider.IdentityProvider;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.user.Identity;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a browser is back from a provider without having been signed in, in words. */
enum ProviderError {
  OAUTH_STATE_INVALID(
      "Signing in with %s took more than five minutes, was begun in another browser, or its last"
          + " page was loaded twice. Please try again."),
  OAUTH_FAILED(
      "%s gave an answer that cannot be relied upon, so nobody was signed in. Please try again; an"
          + " administrator finds the reason in the audit log."),
  OAUTH_DENIED(
      "You were not signed in: you said no at %s, or your account there is none of those that may"
          + " sign in here. An administrator can say which may."),
  PROVIDER_UNAVAILABLE("%s cannot be reached at the moment. Please try again in a moment.");

  private final String sentence;

  ProviderError(String sentence) {
    this.sentence = sentence;
  }

  /** As it stands in the address of the login page. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part of this request's address that says it, for another page; empty where none does. */
  static String query(Exchange exchange) {
    String slot = exchange.parameter("slot").filter(Identity::isSlot).orElse("");
    return sentence(exchange).isEmpty()
        ? ""
        : "?error=" + exchange.parameter("error").orElse("") + "&slot=" + slot;
  }

  /** The sentence for the code in this request's address; empty where there is none. */
  static Optional<String> sentence(Exchange exchange) {
    String code = exchange.parameter("error").orElse("");
    String slot = exchange.parameter("slot").orElse("");
    // The slot is anybody's to write: only one that there is gets a name on the page.
    String label =
        exchange
            .auth()
            .identityProviders()
            .flatMap(providers -> providers.find(slot))
            .map(IdentityProvider::label)
            .orElse("The sign-in service");
    return Stream.of(values())
        .filter(error -> error.code().equals(code))
        .map(error -> String.format(error.sentence, label))
        .findFirst();
  }
}
