package io.taskauth.servlet;

import io.taskauth.access.AccessRules;
import io.taskauth.access.AccessRules.Requirement;
import io.taskauth.accesstoken.PersonalToken;
import io.taskauth.audit.AuditType;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.ServicePrincipal;
import io.taskauth.servlet.endpoint.OnwardPage;
import io.taskauth.servlet.endpoint.Replies;
import io.taskauth.servlet.endpoint.Routes;
import io.taskauth.servlet.endpoint.Routes.Own;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.http.RequestPath;
import io.taskauth.store.AuthStoreException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about each request, and has those answered that are the library's own. Threads share it.
 */
final class Gate {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);
  private static final Set<String> REFUSED_METHODS = Set.of("TRACE", "TRACK", "CONNECT");
  private static final Requirement ANYBODY = new Requirement.SignedIn();

  private final Routes routes;
  private final Replies replies;
  private final OnwardPage onward;

  Gate(Routes routes, Replies replies, OnwardPage onward) {
    this.routes = routes;
    this.replies = replies;
    this.onward = onward;
  }

  /**
   * The request goes on to the host.
   *
   * @param principal empty on an open path where nobody is signed in
   * @param withTicket whether it carries one, which is nobody else's business
   */
  record Passed(Optional<TaskAuthPrincipal> principal, boolean withTicket) {
    Passed(Optional<TaskAuthPrincipal> principal) {
      this(principal, false);
    }
  }

  /**
   * The story of a request: what does it take, who is it, may they, did they mean it.
   *
   * @return empty where it has been answered
   * @throws Problem where it is refused
   */
  Optional<Passed> decide(Exchange exchange) throws IOException {
    refuseEcho(exchange);
    refuseForeignUpgrade(exchange);
    Optional<Own> own = routes.find(exchange);
    if (!exchange.auth().isEnabled()) {
      return withoutAuthentication(exchange, own);
    }
    Optional<MachineGate.Decision> machine = MachineGate.decide(exchange, own);
    if (machine.isPresent()) {
      return ofMachine(exchange, own, machine.get());
    }
    if (SocketGate.isOne(exchange)) {
      return socket(exchange, SocketGate.admit(exchange));
    }
    if (own.isPresent() && own.get().isOpen()) {
      refuseForeignChange(exchange, Optional.empty());
      return answer(own.get(), exchange, Optional.empty());
    }
    if (onward.bringCookie(exchange)) {
      return Optional.empty();
    }
    boolean library = Routes.isReserved(exchange);
    Requirement requirement = library ? ownRequirement(exchange, own) : requirement(exchange);
    if (requirement instanceof Requirement.Open && !MachineGate.isOne(exchange)) {
      return pass(exchange, whoeverItIs(exchange));
    }
    if (exchange.auth().isSetupRequired()) {
      replies.setupRequired(exchange);
      return Optional.empty();
    }
    Credential credential = exchange.credential();
    Authentication outcome = exchange.auth().authenticate(credential, exchange.client());
    if (!(outcome instanceof Authenticated in)) {
      challenge(exchange, credential, outcome);
      return Optional.empty();
    }
    exchange.cameAs(in.principal());
    if (!isAllowed(exchange, in.principal(), requirement)) {
      refuseRole(exchange, in.principal());
      return Optional.empty();
    }
    refuseToken(exchange, own, in.principal());
    if (credential instanceof Credential.SessionCookie) {
      refuseForgedChange(exchange, in.principal(), library);
    }
    if (own.isPresent()) {
      return answerAsOfNow(own.get(), exchange, credential, in.principal());
    }
    if (library) {
      throw Routes.nothingHere();
    }
    return pass(exchange, Optional.of(in.principal()));
  }

  /**
   * TRACE sends the cookie back to scripts that must not see it (OWASP ASVS 5.0, V13.4.4). CONNECT
   * is how HTTP/2 opens WebSockets (RFC 8441), past what is looked at here.
   */
  private static void refuseEcho(Exchange exchange) {
    RequestPath unused = exchange.path();
    String method = exchange.request().getMethod();
    if (REFUSED_METHODS.contains(method.toUpperCase(Locale.ROOT))) {
      throw Problem.methodNotAllowed(
          List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"));
    }
  }

  /**
   * Whatever page a browser shows can make it open a WebSocket, and no rule of the browser's keeps
   * the page from reading what comes (RFC 6455, section 10.2).
   */
  private static void refuseForeignUpgrade(Exchange exchange) {
    if (exchange.isUpgrade() && (exchange.isUnderForeignHost() || exchange.isForeignUpgrade())) {
      record(exchange, AuditType.CSRF_REJECTED, Optional.empty());
      throw Problem.of(
          ErrorCode.CSRF_FAILED,
          "This WebSocket was opened by a page of another site, or under a name that this site does"
              + " not have. Names are set by publicUrl and allowedOrigins.");
    }
  }

  private Optional<Passed> ofMachine(
      Exchange exchange, Optional<Own> own, MachineGate.Decision decision) throws IOException {
    Optional<Principal> machine = Optional.of(decision.machine());
    if (decision.scopeMissing() != null) {
      record(exchange, AuditType.ACCESS_DENIED, machine);
      throw Problem.insufficientScope(Set.of(decision.scopeMissing()));
    }
    return own.isPresent() ? answer(own.get(), exchange, machine) : pass(exchange, machine);
  }

  private Optional<Passed> socket(Exchange exchange, Principal opener) throws IOException {
    exchange.cameAs(opener);
    if (!(opener instanceof ServicePrincipal)) {
      if (!isAllowed(exchange, opener, requirement(exchange))) {
        refuseRole(exchange, opener);
        return Optional.empty();
      }
      refuseToken(exchange, Optional.empty(), opener);
    }
    return pass(exchange, Optional.of(opener)).map(passed -> new Passed(passed.principal(), true));
  }

  /**
   * A body may take its time, and whoever was an administrator at its first byte may be nobody by
   * the last: it is read first, and then asked once more who it is.
   */
  private Optional<Passed> answerAsOfNow(
      Own own, Exchange exchange, Credential credential, Principal principal) throws IOException {
    if (exchange.isSafe()) {
      return answer(own, exchange, Optional.of(principal));
    }
    exchange.readBody();
    Authentication outcome = exchange.auth().authenticate(credential, exchange.client());
    if (!(outcome instanceof Authenticated in)) {
      challenge(exchange, credential, outcome);
    } else if (!isAllowed(exchange, in.principal(), own.requirement(exchange.auth().roles()))) {
      refuseRole(exchange, in.principal());
    } else {
      return answer(own, exchange, Optional.of(in.principal()));
    }
    return Optional.empty();
  }

  private Optional<Passed> answer(Own own, Exchange exchange, Optional<Principal> principal)
      throws IOException {
    try {
      own.answer(exchange, principal);
    } catch (Problem problem) {
      // Here and not in the filter: the page about it shows who is signed in.
      replies.problem(exchange, problem, principal);
    }
    return Optional.empty();
  }

  private static Requirement ownRequirement(Exchange exchange, Optional<Own> own) {
    return own.map(path -> path.requirement(exchange.auth().roles())).orElse(ANYBODY);
  }

  /** Both readings of a path are asked, and the stricter answer holds. */
  private static Requirement requirement(Exchange exchange) {
    AccessRules rules = exchange.settings().rules();
    String method = exchange.request().getMethod();
    Requirement raw = rules.requirement(method, exchange.path().segments());
    if (exchange.path().isReadAlike()) {
      return raw;
    }
    Requirement dispatched = rules.requirement(method, exchange.path().dispatched());
    return AccessRules.stricter(raw, dispatched, exchange.auth().roles());
  }

  /** What a token that is limited must have: for the host's paths, both readings count. */
  private static Set<String> scopes(Exchange exchange, Optional<Own> own) {
    if (own.isPresent()) {
      return own.get().scopes();
    }
    AccessRules rules = exchange.settings().rules();
    String method = exchange.request().getMethod();
    Set<String> scopes = new HashSet<>(rules.scopes(method, exchange.path().segments()));
    scopes.addAll(rules.scopes(method, exchange.path().dispatched()));
    return scopes;
  }

  private static void refuseToken(Exchange exchange, Optional<Own> own, Principal principal) {
    if (own.isPresent() && own.get().needsSession() && !(principal instanceof SessionUser)) {
      throw Problem.of(
          ErrorCode.SESSION_REQUIRED,
          "A personal access token cannot do this. Sign in with your password.");
    }
    if (principal.scopes().isUnlimited()) {
      return;
    }
    Set<String> required = scopes(exchange, own);
    if (!principal.scopes().allow(exchange.isSafe(), required)) {
      record(exchange, AuditType.ACCESS_DENIED, Optional.of(principal));
      throw Problem.insufficientScope(required);
    }
  }

  private static boolean isAllowed(
      Exchange exchange, Principal principal, Requirement requirement) {
    return !(requirement instanceof Requirement.AtLeast least)
        || principal.has(least.role(), exchange.auth().roles());
  }

  /**
   * On an open path somebody signed in is known, and nobody is kept out, not even by an outage. A
   * change that the user's browser was made to send is a stranger's.
   */
  private static Optional<Principal> whoeverItIs(Exchange exchange) {
    try {
      Credential credential = exchange.credential();
      if (!(exchange.auth().authenticate(credential, exchange.client())
          instanceof Authenticated in)) {
        return Optional.empty();
      }
      if (!in.principal().scopes().allow(exchange.isSafe(), scopes(exchange, Optional.empty()))) {
        return Optional.empty();
      }
      // By the header only: an open path must not notice that we looked, so its body is its own.
      boolean strangers =
          credential instanceof Credential.SessionCookie
              && !exchange.isSameOriginForm()
              && !isMeant(exchange, in.principal(), exchange.csrfHeader());
      return strangers ? Optional.empty() : Optional.of(in.principal());
    } catch (AuthStoreException e) {
      log.debug("the store is out, an open path is served to nobody in particular", e);
      return Optional.empty();
    }
  }

  private Optional<Passed> withoutAuthentication(Exchange exchange, Optional<Own> own)
      throws IOException {
    if (own.isPresent() && own.get().isOpen() && exchange.isSafe()) {
      return answer(own.get(), exchange, Optional.empty());
    }
    if (Routes.isReserved(exchange)) {
      throw Problem.of(ErrorCode.NOT_FOUND, "Authentication is turned off here.");
    }
    return pass(exchange, Optional.of(new Principal.ProcessItself()));
  }

  private void challenge(Exchange exchange, Credential credential, Authentication outcome)
      throws IOException {
    boolean byHeader =
        !(credential instanceof Credential.SessionCookie)
            && !(credential instanceof Credential.None);
    if (!(outcome instanceof Rejected rejected)) {
      replies.challenge(exchange, Problem.notSignedIn(), byHeader);
      return;
    }
    if (!isAccessToken(credential)) {
      // A personal access token that fails is on record as one.
      exchange
          .auth()
          .audit()
          .of(
              AuditType.SESSION_VERIFY_FAILURE,
              (String) null,
              exchange.client(),
              Map.of("reason", rejected.reason().code()));
    }
    if (!byHeader) {
      exchange.clearSessionCookies();
    }
    replies.challenge(exchange, problem(rejected.reason(), byHeader), byHeader);
  }

  private static boolean isAccessToken(Credential credential) {
    return credential instanceof Credential.Bearer bearer && PersonalToken.isOne(bearer.token());
  }

  private static Problem problem(Reason reason, boolean byHeader) {
    return switch (reason) {
      case ACCOUNT_DEACTIVATED ->
          Problem.of(ErrorCode.ACCOUNT_DEACTIVATED, "This account is deactivated.");
      case SESSION_EXPIRED ->
          byHeader
              ? Problem.of(ErrorCode.INVALID_TOKEN, "The session of this token has ended.")
              : Problem.of(ErrorCode.SESSION_EXPIRED, "Your session has ended. Sign in again.");
      case INVALID_TOKEN ->
          byHeader
              ? Problem.of(ErrorCode.INVALID_TOKEN, "The token is not valid.")
              : Problem.notSignedIn();
      case SERVICE_TOKEN_UNKNOWN, ACCESS_TOKEN_UNKNOWN ->
          Problem.of(ErrorCode.INVALID_TOKEN, "The token is not valid.");
      case ACCESS_TOKEN_REVOKED ->
          Problem.of(ErrorCode.INVALID_TOKEN, "The token was revoked. Use another one.");
      case ACCESS_TOKEN_EXPIRED ->
          Problem.of(ErrorCode.INVALID_TOKEN, "The token has expired. Make another one.");
    };
  }

  private void refuseRole(Exchange exchange, Principal principal) throws IOException {
    record(exchange, AuditType.ACCESS_DENIED, Optional.of(principal));
    replies.forbidden(exchange, principal);
  }

  /** What a page of another site makes a browser do, before there is a session to bind it to. */
  private static void refuseForeignChange(Exchange exchange, Optional<Principal> principal) {
    if (!exchange.isSafe() && exchange.isForeign()) {
      record(exchange, AuditType.CSRF_REJECTED, principal);
      throw Problem.of(ErrorCode.CSRF_FAILED, "This request was made by a page of another site.");
    }
  }

  private static void refuseForgedChange(Exchange exchange, Principal principal, boolean library)
      throws IOException {
    refuseForeignChange(exchange, Optional.of(principal));
    if (exchange.isSafe() || (!library && exchange.isSameOriginForm())) {
      return;
    }
    if (!isMeant(exchange, principal, exchange.presentedCsrfToken(library))) {
      record(exchange, AuditType.CSRF_REJECTED, Optional.of(principal));
      throw Problem.of(
          ErrorCode.CSRF_FAILED,
          "Send the value of the cookie taskauth_csrf in the header X-CSRF-Token or the form field"
              + " _csrf.");
    }
  }

  /** Whether it changes nothing, or carries the token that only our own pages know. */
  private static boolean isMeant(
      Exchange exchange, Principal principal, Optional<String> csrfToken) {
    if (exchange.isSafe()) {
      return true;
    }
    return !exchange.isForeign()
        && principal instanceof SessionUser user
        && exchange.auth().csrf().isOfSession(user.session().id(), csrfToken.orElse(null));
  }

  private static void record(Exchange exchange, AuditType type, Optional<Principal> principal) {
    Map<String, String> details =
        Map.of(
            "method",
            exchange.request().getMethod(),
            "path",
            "/" + String.join("/", exchange.path().segments()));
    principal
        .flatMap(Principal::user)
        .ifPresentOrElse(
            user -> exchange.auth().audit().of(type, user, exchange.client(), details),
            () ->
                exchange
                    .auth()
                    .audit()
                    .of(
                        type,
                        principal.map(Principal::name).orElse(null),
                        exchange.client(),
                        details));
  }

  private static Optional<Passed> pass(Exchange exchange, Optional<Principal> principal) {
    exchange.hardenTransport();
    return Optional.of(
        new Passed(
            principal.map(p -> new TaskAuthPrincipal(p, exchange.client(), exchange.auth()))));
  }
}
