package io.taskauth.servlet;

import io.taskauth.TaskAuth;
import io.taskauth.access.AccessRules;
import io.taskauth.access.AccessRules.Requirement;
import io.taskauth.audit.AuditType;
import io.taskauth.login.BackendUnavailableException;
import io.taskauth.password.OverloadedException;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.endpoint.Assets;
import io.taskauth.servlet.endpoint.Replies;
import io.taskauth.servlet.endpoint.Routes;
import io.taskauth.servlet.endpoint.Routes.Own;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.http.SiteSettings;
import io.taskauth.store.AuthStoreException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate in front of an application: everything behind it belongs to somebody who is signed in,
 * and the pages and the HTTP API for signing in are answered by the filter itself.
 *
 * <p>By code:
 *
 * <pre>{@code
 * context.addFilter(new FilterHolder(new TaskAuthFilter(auth)), "/*", EnumSet.allOf(DispatcherType.class));
 * }</pre>
 *
 * or in {@code web.xml}, with these init parameters (a name that is none of them stops the start):
 *
 * <ul>
 *   <li>Who may sign in, one of: nothing, where the servlet context has a {@link TaskAuth} as its
 *       attribute {@code io.taskauth.TaskAuth}; or {@code username} with {@code password}, {@code
 *       passwordFile} or {@code passwordEnv} (the name of an environment variable).
 *   <li>{@code secretKey}, {@code secretKeyFile} or {@code secretKeyEnv}: what sessions are signed
 *       with, several separated by commas.
 *   <li>{@code mountPath}, {@code publicPaths} (separated by commas), {@code publicUrl}, {@code
 *       trustedProxies} (separated by commas), {@code sameSite} ({@code strict} or {@code lax}),
 *       {@code defaultRole}, {@code applicationName}, {@code logo}, {@code stylesheet}: as the
 *       methods of {@link WebOptions} of the same names.
 * </ul>
 *
 * <p>Map it to {@code /*} and put it before every filter that answers requests. It asks the store
 * at most once per request, and not at all for a session that it has just seen. Threads share it.
 */
public final class TaskAuthFilter implements Filter {
  private static final Logger log = LoggerFactory.getLogger(TaskAuthFilter.class);
  private static final Requirement ANYBODY = new Requirement.SignedIn();
  private static final Duration STORE_RETRY = Duration.ofSeconds(2);

  private final Assets assets = new Assets();
  private final Routes routes = new Routes(assets);
  private final Replies replies = new Replies(assets);
  private final @Nullable Gate given;
  private volatile @Nullable Gate gate;

  /** What the filter works with. {@code ownsAuth}: it built the TaskAuth and closes it. */
  private record Gate(TaskAuth auth, SiteSettings settings, boolean ownsAuth) {}

  /** For {@code web.xml}: everything comes from init parameters. */
  public TaskAuthFilter() {
    this.given = null;
  }

  /** Everything behind the filter protected, the library at the application's root. */
  public TaskAuthFilter(TaskAuth auth) {
    this(auth, WebOptions.defaults());
  }

  /**
   * @throws IllegalArgumentException where an option names a role that {@code auth} does not have
   */
  public TaskAuthFilter(TaskAuth auth, WebOptions options) {
    this.given = new Gate(auth, options.settings(auth.roles()), false);
    this.gate = given;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (given == null) {
      WebXmlSettings settings = WebXmlSettings.read(config);
      try {
        SiteSettings site = settings.options().settings(settings.auth().roles());
        gate = new Gate(settings.auth(), site, settings.ownsAuth());
      } catch (IllegalArgumentException e) {
        if (settings.ownsAuth()) {
          settings.auth().close();
        }
        throw new ServletException("taskauth: " + e.getMessage(), e);
      }
    }
  }

  /**
   * The addresses of the library's style sheets, in order, for pages of the host's that shall look
   * like the library's. They are open to all and may be kept for a year.
   *
   * @param request any request that the filter saw
   */
  public List<String> stylesheets(HttpServletRequest request) {
    Gate here = gate;
    String mountPath = here == null ? "" : here.settings().mountPath();
    return assets.stylesheets(request.getServletContext().getContextPath() + mountPath);
  }

  @Override
  public void destroy() {
    Gate closing = gate;
    if (closing != null && closing.ownsAuth()) {
      closing.auth().close();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse reply)) {
      throw new ServletException("taskauth protects HTTP only");
    }
    if (http.getDispatcherType() != DispatcherType.REQUEST) {
      // Decided when the request came in; what happens inside the application is its own affair.
      chain.doFilter(withPrincipal(http), reply);
      return;
    }
    http.removeAttribute(TaskAuthPrincipal.ATTRIBUTE);
    Optional<HttpServletRequest> passed = admit(http, reply);
    if (passed.isPresent()) {
      chain.doFilter(passed.get(), reply);
    }
  }

  /** The request to pass on; empty where it has been answered. */
  private Optional<HttpServletRequest> admit(
      HttpServletRequest request, HttpServletResponse response) throws IOException {
    Gate here = gate;
    if (here == null) {
      throw new IllegalStateException("init(FilterConfig) was not called");
    }
    Exchange exchange = new Exchange(request, response, here.auth(), here.settings());
    try {
      return decide(exchange);
    } catch (Problem problem) {
      replies.problem(exchange, problem, Optional.empty());
    } catch (AuthStoreException e) {
      log.warn("the store is out: {}", e.toString());
      String detail = "The accounts cannot be reached at the moment. Try again in a moment.";
      unavailable(exchange, Problem.of(ErrorCode.STORE_UNAVAILABLE, detail));
    } catch (BackendUnavailableException e) {
      String detail = "The sign-in service cannot be reached at the moment. Try again in a moment.";
      unavailable(exchange, Problem.of(ErrorCode.PROVIDER_UNAVAILABLE, detail));
    } catch (OverloadedException e) {
      String detail = "Too many sign-ins at once. Try again in a moment.";
      unavailable(exchange, Problem.of(ErrorCode.OVERLOADED, detail));
    } catch (RuntimeException | Error e) {
      log.error("a request failed inside taskauth", e);
      String detail = "Something went wrong here; it is in the log.";
      replies.problem(exchange, Problem.of(ErrorCode.INTERNAL_ERROR, detail), Optional.empty());
    }
    return Optional.empty();
  }

  private void unavailable(Exchange exchange, Problem problem) throws IOException {
    replies.problem(exchange, problem.retryAfter(STORE_RETRY), Optional.empty());
  }

  /** The story of a request: what does it take, who is it, may they, did they mean it. */
  private Optional<HttpServletRequest> decide(Exchange exchange) throws IOException {
    refuseEcho(exchange);
    Optional<Own> own = routes.find(exchange);
    if (!exchange.auth().isEnabled()) {
      return withoutAuthentication(exchange, own);
    }
    if (own.isPresent() && own.get().isOpen()) {
      refuseForeignChange(exchange, Optional.empty());
      return answer(own.get(), exchange, Optional.empty());
    }
    boolean library = own.isPresent() || Routes.isReserved(exchange);
    Requirement requirement = library ? ANYBODY : requirement(exchange);
    if (requirement instanceof Requirement.Open) {
      return Optional.of(pass(exchange, whoeverItIs(exchange)));
    }
    if (exchange.auth().isSetupRequired()) {
      replies.setupRequired(exchange);
      return Optional.empty();
    }
    Credential credential = exchange.credential();
    Authentication outcome = exchange.auth().authenticate(credential);
    if (!(outcome instanceof Authenticated in)) {
      challenge(exchange, credential, outcome);
      return Optional.empty();
    }
    if (!isAllowed(exchange, in.principal(), requirement)) {
      refuseRole(exchange, in.principal());
      return Optional.empty();
    }
    if (credential instanceof Credential.SessionCookie) {
      refuseForgedChange(exchange, in.principal(), library);
    }
    if (own.isPresent()) {
      return answer(own.get(), exchange, user(in.principal()));
    }
    if (library) {
      throw Routes.nothingHere();
    }
    return Optional.of(pass(exchange, Optional.of(in.principal())));
  }

  /** TRACE sends the cookie back to scripts that must not see it (OWASP ASVS 5.0, V13.4.4). */
  private static void refuseEcho(Exchange exchange) {
    String method = exchange.request().getMethod().toUpperCase(Locale.ROOT);
    if (method.equals("TRACE") || method.equals("TRACK")) {
      throw Problem.methodNotAllowed(
          List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"));
    }
  }

  private static Optional<HttpServletRequest> answer(
      Own own, Exchange exchange, Optional<SessionUser> user) throws IOException {
    own.answer(exchange, user);
    return Optional.empty();
  }

  /** Both readings of a path are asked, and the stricter answer holds. */
  private static Requirement requirement(Exchange exchange) {
    AccessRules rules = exchange.settings().rules();
    String method = exchange.request().getMethod();
    Requirement raw = rules.requirement(method, exchange.path().segments());
    Requirement dispatched = rules.requirement(method, exchange.path().dispatched());
    return AccessRules.stricter(raw, dispatched, exchange.auth().roles());
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
  private static Optional<Principal> whoeverItIs(Exchange exchange) throws IOException {
    try {
      Credential credential = exchange.credential();
      if (!(exchange.auth().authenticate(credential) instanceof Authenticated in)) {
        return Optional.empty();
      }
      boolean byCookie = credential instanceof Credential.SessionCookie;
      return byCookie && !isMeant(exchange, in.principal(), false)
          ? Optional.empty()
          : Optional.of(in.principal());
    } catch (AuthStoreException e) {
      log.debug("the store is out, an open path is served to nobody in particular", e);
      return Optional.empty();
    }
  }

  private Optional<HttpServletRequest> withoutAuthentication(Exchange exchange, Optional<Own> own)
      throws IOException {
    if (own.isPresent() && own.get().isOpen() && exchange.isSafe()) {
      return answer(own.get(), exchange, Optional.empty());
    }
    if (own.isPresent() || Routes.isReserved(exchange)) {
      throw Problem.of(ErrorCode.NOT_FOUND, "Authentication is turned off here.");
    }
    return Optional.of(pass(exchange, Optional.of(new Principal.ProcessItself())));
  }

  private void challenge(Exchange exchange, Credential credential, Authentication outcome)
      throws IOException {
    boolean byHeader =
        !(credential instanceof Credential.SessionCookie)
            && !(credential instanceof Credential.None);
    ErrorCode code = ErrorCode.NOT_AUTHENTICATED;
    if (outcome instanceof Rejected rejected) {
      code = code(rejected, byHeader);
      Map<String, String> details =
          Map.of("reason", rejected.reason().name().toLowerCase(Locale.ROOT));
      exchange
          .auth()
          .audit()
          .of(AuditType.SESSION_VERIFY_FAILURE, (String) null, exchange.client(), details);
      if (!byHeader) {
        exchange.clearSessionCookies();
      }
    }
    replies.challenge(exchange, code, byHeader);
  }

  private static ErrorCode code(Rejected rejected, boolean byHeader) {
    return switch (rejected.reason()) {
      case ACCOUNT_DEACTIVATED -> ErrorCode.ACCOUNT_DEACTIVATED;
      case SESSION_EXPIRED -> byHeader ? ErrorCode.INVALID_TOKEN : ErrorCode.SESSION_EXPIRED;
      case INVALID_TOKEN -> byHeader ? ErrorCode.INVALID_TOKEN : ErrorCode.NOT_AUTHENTICATED;
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
    if (!isMeant(exchange, principal, library)) {
      record(exchange, AuditType.CSRF_REJECTED, Optional.of(principal));
      throw Problem.of(
          ErrorCode.CSRF_FAILED,
          "Send the value of the cookie taskauth_csrf in the header X-CSRF-Token or the form field"
              + " _csrf.");
    }
  }

  /** Whether it changes nothing, or carries the token that only our own pages know. */
  private static boolean isMeant(Exchange exchange, Principal principal, boolean library)
      throws IOException {
    if (exchange.isSafe()) {
      return true;
    }
    return !exchange.isForeign()
        && principal instanceof SessionUser user
        && exchange
            .auth()
            .csrf()
            .isOfSession(user.session().id(), exchange.presentedCsrfToken(library).orElse(null));
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
            () -> exchange.auth().audit().of(type, (String) null, exchange.client(), details));
  }

  private static Optional<SessionUser> user(Principal principal) {
    return principal instanceof SessionUser user ? Optional.of(user) : Optional.empty();
  }

  private static HttpServletRequest pass(Exchange exchange, Optional<Principal> principal) {
    HttpServletRequest request = exchange.request();
    exchange.hardenTransport();
    principal.ifPresent(
        somebody ->
            request.setAttribute(
                TaskAuthPrincipal.ATTRIBUTE,
                new TaskAuthPrincipal(somebody, exchange.auth().roles())));
    return withPrincipal(request);
  }

  /** Async and error dispatches hand the filter the container's own request again. */
  private static HttpServletRequest withPrincipal(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof TaskAuthPrincipal
        ? request
        : TaskAuthPrincipal.of(request)
            .<HttpServletRequest>map(somebody -> new AuthenticatedRequest(request, somebody))
            .orElse(request);
  }
}
