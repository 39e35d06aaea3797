package io.taskauth.servlet;

import io.taskauth.TaskAuth;
import io.taskauth.internal.LogPause;
import io.taskauth.login.BackendUnavailableException;
import io.taskauth.password.OverloadedException;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.servlet.endpoint.Assets;
import io.taskauth.servlet.endpoint.OnwardPage;
import io.taskauth.servlet.endpoint.Pages;
import io.taskauth.servlet.endpoint.Replies;
import io.taskauth.servlet.endpoint.Routes;
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
 *       {@code sameOriginForms} (separated by commas), {@code defaultRole}, {@code
 *       applicationName}, {@code logo}, {@code stylesheet}: as the methods of {@link WebOptions} of
 *       the same names.
 * </ul>
 *
 * <p>Map it to {@code /*} and put it before every filter that answers requests. It asks the store
 * at most once per request, and not at all for a session that it has just seen. Threads share it.
 */
@SuppressWarnings("exports") // Whoever calls this has the servlet API.
public final class TaskAuthFilter implements Filter {
  private static final Logger log = LoggerFactory.getLogger(TaskAuthFilter.class);
  private static final Duration STORE_RETRY = Duration.ofSeconds(2);
  private static final String WITH_TICKET = TaskAuthFilter.class.getName() + ".ticket";

  private final LogPause outages = new LogPause();

  private final Assets assets = new Assets();
  private final Replies replies = new Replies(assets);
  private final Gate gate =
      new Gate(new Routes(assets), replies, new OnwardPage(new Pages(assets)));
  private final @Nullable Site given;
  private volatile @Nullable Site site;

  /** What the filter stands in front of. {@code ownsAuth}: it built the TaskAuth and closes it. */
  private record Site(TaskAuth auth, SiteSettings settings, boolean ownsAuth) {}

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
    this.given = new Site(auth, options.settings(auth.roles()), false);
    this.site = given;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (given == null) {
      WebXmlSettings settings = WebXmlSettings.read(config);
      try {
        site =
            new Site(
                settings.auth(),
                settings.options().settings(settings.auth().roles()),
                settings.ownsAuth());
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
    return assets.stylesheets(base(request));
  }

  /**
   * The address of the library's script, for pages of the host's that shall behave like the
   * library's: {@code data-copy} on a button copies the field of that id, {@code data-confirm} asks
   * before a form is sent, and no form is sent twice. Pages have to work without it.
   *
   * @param request any request that the filter saw
   */
  public String script(HttpServletRequest request) {
    return assets.script(base(request));
  }

  private String base(HttpServletRequest request) {
    Site here = site;
    String mountPath = here == null ? "" : here.settings().mountPath();
    return Exchange.basePath(request, mountPath);
  }

  @Override
  public void destroy() {
    Site closing = site;
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
    http.removeAttribute(WITH_TICKET);
    Optional<HttpServletRequest> passed = admit(http, reply);
    if (passed.isPresent()) {
      chain.doFilter(passed.get(), reply);
    }
  }

  /** The request to pass on; empty where it has been answered. */
  private Optional<HttpServletRequest> admit(
      HttpServletRequest request, HttpServletResponse response) throws IOException {
    Site here = site;
    if (here == null) {
      throw new IllegalStateException("init(FilterConfig) was not called");
    }
    Exchange exchange = new Exchange(request, response, here.auth(), here.settings());
    try {
      return gate.decide(exchange).map(verdict -> passed(request, verdict));
    } catch (Problem problem) {
      replies.problem(exchange, problem, Optional.empty());
    } catch (AuthStoreException e) {
      logOutage(e);
      String detail = "The accounts cannot be reached at the moment. Try again in a moment.";
      unavailable(exchange, Problem.of(ErrorCode.STORE_UNAVAILABLE, detail));
    } catch (ProviderUnavailableException e) {
      String detail = "Nobody can say whose token this is at the moment. Try again in a moment.";
      unavailable(exchange, Problem.of(ErrorCode.PROVIDER_UNAVAILABLE, detail));
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

  private static HttpServletRequest passed(HttpServletRequest request, Gate.Passed verdict) {
    request.setAttribute(TaskAuthPrincipal.SEEN, true);
    TaskAuthPrincipal somebody = verdict.principal().orElse(null);
    if (somebody == null) {
      return request;
    }
    request.setAttribute(TaskAuthPrincipal.ATTRIBUTE, somebody);
    if (verdict.withTicket()) {
      request.setAttribute(WITH_TICKET, true);
    }
    return asSeen(request, somebody);
  }

  /** Once a second: an outage must not fill the log as fast as requests come. */
  private void logOutage(AuthStoreException e) {
    if (outages.isOver()) {
      log.warn("the store is out: {}", e.toString());
    } else {
      log.debug("the store is out", e);
    }
  }

  private static HttpServletRequest asSeen(HttpServletRequest request, TaskAuthPrincipal who) {
    boolean withTicket = request.getAttribute(WITH_TICKET) != null;
    return new AuthenticatedRequest(withTicket ? new TicketlessRequest(request) : request, who);
  }

  /** Async and error dispatches hand the filter the container's own request again. */
  private static HttpServletRequest withPrincipal(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof TaskAuthPrincipal
        ? request
        : TaskAuthPrincipal.of(request).map(somebody -> asSeen(request, somebody)).orElse(request);
  }
}
