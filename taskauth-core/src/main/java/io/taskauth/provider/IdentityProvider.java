package io.taskauth.provider;

import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ProviderSession;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody else who says who a person is: Google, GitHub, an OpenID provider (see {@code
 * taskauth-oauth}), or one that a host writes. The library sends the browser there and takes it
 * back, keeps state, accounts and sessions; a provider speaks the protocol. Threads share it.
 *
 * <p>Each method that asks the provider throws {@link ProviderUnavailableException} where it cannot
 * be reached or says nothing in time: "try again in a moment". Whatever else it sends is an answer,
 * and no reason for an exception.
 */
public interface IdentityProvider {
  /**
   * What the provider is called in addresses, accounts and records; see {@link
   * io.taskauth.user.Identity}. Never changes, or everybody gets a new account.
   */
  String slot();

  /** What the provider is called on pages, such as {@code GitHub}. */
  String label();

  /** The kind of provider, such as {@code oidc}; for clients that show a logo. */
  String type();

  /**
   * The roles that {@link ProviderAnswer.Vouched} may name, so that a misspelt one stops the start.
   */
  default Set<String> roles() {
    return Set.of();
  }

  /**
   * Asks the provider anew for what is kept of it in this process, such as its keys, so that an
   * outage or a new key is noticed before somebody signs in. For a schedule, not for requests.
   *
   * @return false where nothing is kept and nobody was asked
   * @throws ProviderUnavailableException where the provider is out; what was kept stays in use
   */
  default boolean refresh() {
    return false;
  }

  /**
   * Where to send the browser (RFC 6749, section 4.1.1).
   *
   * @throws ProviderUnavailableException where the provider has to be asked and is out
   */
  URI authorizationUri(AuthorizationRequest request);

  /**
   * What to make of what the browser has brought back (RFC 6749, section 4.1.2). State and browser
   * have been checked.
   *
   * @throws ProviderUnavailableException where the provider is out
   */
  ProviderAnswer complete(AuthorizationResponse response);

  /**
   * What a logout token says that the provider has sent (OpenID Connect Back-Channel Logout 1.0);
   * {@link LogoutAnswer.Refused} where the provider sends none.
   *
   * @throws ProviderUnavailableException where the provider's keys are needed and it is out
   */
  default LogoutAnswer logout(String logoutToken) {
    return new LogoutAnswer.Refused("unsupported");
  }

  /**
   * Where to send a browser that has been signed out here, to be signed out there too (OpenID
   * Connect RP-Initiated Logout 1.0); empty where the provider offers none.
   *
   * @param session what the provider vouched for
   * @param back where the browser shall come to in the end
   * @throws ProviderUnavailableException where the provider has to be asked and is out
   */
  default Optional<URI> logoutUri(ProviderSession session, URI back) {
    return Optional.empty();
  }
}
