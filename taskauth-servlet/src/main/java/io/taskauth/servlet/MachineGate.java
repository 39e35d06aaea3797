package io.taskauth.servlet;

import io.taskauth.access.TokenRoute;
import io.taskauth.audit.AuditType;
import io.taskauth.live.InternalCredential;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.servlet.endpoint.Routes.Own;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The seam for machines. It decides before everything else, and alone, about the paths that are
 * theirs: by the token providers, never by a cookie, and never open.
 */
final class MachineGate {
  /**
   * What came of a request.
   *
   * @param scopeMissing what the machine's token is not for, or null
   */
  record Decision(Principal machine, @Nullable String scopeMissing) {}

  private MachineGate() {}

  /**
   * The machine that makes this request.
   *
   * @return empty where the path is no token route, or is one for users too and a user comes
   * @throws Problem where it is refused
   */
  static Optional<Decision> decide(Exchange exchange, Optional<Own> own) {
    Optional<TokenRoute> route = own.isPresent() ? own.get().tokenRoute() : find(exchange);
    if (route.isEmpty()) {
      return Optional.empty();
    }
    TokenRoute here = route.get();
    if (here.fromLoopback() && !exchange.isFromLoopback()) {
      throw Problem.of(ErrorCode.FORBIDDEN, "This is for the machine itself.");
    }
    Credential credential = exchange.credential();
    if (here.forUsers() && exchange.auth().isOfUser(credential)) {
      return Optional.empty();
    }
    if (isOfChild(credential)) {
      Map<String, String> details = Map.of("reason", "internal_credential_misplaced");
      exchange
          .auth()
          .audit()
          .of(AuditType.TOKEN_AUTH_FAILURE, (String) null, exchange.client(), details);
      throw refusal(new Rejected(Reason.SERVICE_TOKEN_UNKNOWN), here);
    }
    Authentication outcome = exchange.auth().authenticateService(credential, exchange.client());
    if (!(outcome instanceof Authenticated in)) {
      throw refusal(outcome, here);
    }
    exchange.cameAs(in.principal());
    String scope = here.scope();
    boolean missing = scope != null && !in.principal().scopes().has(scope);
    return Optional.of(new Decision(in.principal(), missing ? scope : null));
  }

  /** What lets a child process in is nothing to show to the providers. */
  private static boolean isOfChild(Credential credential) {
    return credential instanceof Credential.Bearer bearer
        && InternalCredential.looksLikeOne(bearer.token());
  }

  /** Whether the path is a token route: such a one is open to nobody, whatever the rules say. */
  static boolean isOne(Exchange exchange) {
    return !at(exchange).isEmpty();
  }

  /**
   * The path as it was sent and as the container dispatches it: whichever of them is a token route
   * makes it one.
   */
  private static List<TokenRoute> at(Exchange exchange) {
    return exchange.settings().machines().tokenRoutes().stream()
        .filter(
            route ->
                route.isAt(exchange.path().segments()) || route.isAt(exchange.path().dispatched()))
        .toList();
  }

  /**
   * @throws Problem with 405 where the path is a token route, and not with this method
   */
  private static Optional<TokenRoute> find(Exchange exchange) {
    List<TokenRoute> here = at(exchange);
    if (here.isEmpty()) {
      return Optional.empty();
    }
    String method = exchange.request().getMethod();
    return Optional.of(
        here.stream()
            .filter(route -> route.takes(method))
            .findFirst()
            .orElseThrow(() -> Problem.methodNotAllowed(allowed(here))));
  }

  private static List<String> allowed(List<TokenRoute> routes) {
    Set<String> allowed = new TreeSet<>();
    routes.forEach(route -> allowed.addAll(route.allowed()));
    return List.copyOf(allowed);
  }

  private static Problem refusal(Authentication outcome, TokenRoute here) {
    String bad =
        here.forUsers()
            ? "The token is not valid."
            : "This takes a service token, and that is none.";
    return outcome instanceof Rejected
        ? Problem.of(ErrorCode.INVALID_TOKEN, bad)
            .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
        : Problem.of(ErrorCode.NOT_AUTHENTICATED, "This takes a service token.")
            .header("WWW-Authenticate", "Bearer");
  }
}
