package io.taskauth.servlet.endpoint;

import io.taskauth.audit.AuditType;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.provider.IdentityProviders;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.session.ProviderSession;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Signing out, the same for pages and JSON. */
final class SignOut {
  /**
   * Where the browser goes on to be signed out of the provider that vouched for the user.
   *
   * @param label what the provider is called
   */
  record Onward(String label, URI address) {}

  private SignOut() {}

  /** Ends the session and takes the cookies away; empty where that is all there is to do. */
  static Optional<Onward> signOut(Exchange exchange, SessionUser user) {
    Optional<ProviderSession> through = through(exchange, user);
    boolean unused = exchange.auth().sessions().end(user.account().id(), user.session().id());
    exchange.auth().audit().of(AuditType.LOGOUT, user.account(), exchange.client(), Map.of());
    exchange.clearSessionCookies();
    return through.flatMap(session -> onward(exchange, session));
  }

  /** Only the row knows: what goes with each request is kept small. */
  private static Optional<ProviderSession> through(Exchange exchange, SessionUser user) {
    boolean never =
        exchange.auth().identityProviders().map(IdentityProviders::all).stream()
            .allMatch(all -> all.isEmpty());
    return never
        ? Optional.empty()
        : exchange
            .auth()
            .sessions()
            .again(user.account(), user.session())
            .flatMap(found -> Optional.ofNullable(found.session().through()));
  }

  private static Optional<Onward> onward(Exchange exchange, ProviderSession session) {
    IdentityProviders providers = exchange.auth().identityProviders().orElseThrow();
    URI back = URI.create(exchange.link("/auth/login"));
    return providers
        .find(session.identity().slot())
        .flatMap(
            provider ->
                providers
                    .logouts()
                    .atProvider(provider, session, back)
                    .map(address -> new Onward(provider.label(), address)));
  }
}
