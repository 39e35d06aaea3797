package io.taskauth.servlet.endpoint;

import io.taskauth.principal.Principal;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.Problem;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says no: as a redirect or a page to a person, as a problem to a program. Threads may share it.
 */
public final class Replies {
  private static final String LOGIN = "/auth/login";
  private static final String SETUP = "/auth/setup";

  private final Pages pages;

  public Replies(Assets assets) {
    this.pages = new Pages(assets);
  }

  /** There is nobody yet who could sign in. */
  public void setupRequired(Exchange exchange) throws IOException {
    if (exchange.wantsPage()) {
      exchange.redirect(302, Next.page(exchange, SETUP));
    } else {
      json(
          exchange,
          Problem.of(
              ErrorCode.SETUP_REQUIRED,
              "There is no user yet. Open the set-up page and make the first administrator."),
          exchange.base() + SETUP);
    }
  }

  /**
   * Please sign in.
   *
   * @param byHeader whether {@code Authorization} was presented: no person's browser does that
   */
  public void challenge(Exchange exchange, Problem problem, boolean byHeader) throws IOException {
    // Outside of the mount path our cookies do not come, and a redirect would go round in circles.
    if (exchange.wantsPage() && !byHeader && exchange.ownPath().isPresent()) {
      exchange.redirect(302, Next.page(exchange, LOGIN));
      return;
    }
    if (isForPerson(exchange) && !byHeader) {
      pages.problem(exchange, problem, Optional.empty());
      return;
    }
    json(exchange, problem, byHeader ? null : exchange.base() + LOGIN);
  }

  /** A page for a person, never a redirect: signing in again would lead here again. */
  public void forbidden(Exchange exchange, Principal principal) throws IOException {
    problem(
        exchange,
        Problem.of(ErrorCode.FORBIDDEN, "Your role does not allow this."),
        Optional.of(principal));
  }

  /** Any problem, in the form that the client understands. */
  public void problem(Exchange exchange, Problem problem, Optional<Principal> principal)
      throws IOException {
    problem.headers().forEach(exchange.response()::setHeader);
    if (isForPerson(exchange)) {
      pages.problem(exchange, problem, principal);
    } else {
      json(exchange, problem, null);
    }
  }

  /** Nothing is rendered for a path that could not even be read. */
  private static boolean isForPerson(Exchange exchange) {
    try {
      return exchange.wantsPage() || exchange.sentOwnForm();
    } catch (Problem ambiguous) {
      return false;
    }
  }

  private static void json(Exchange exchange, Problem problem, @Nullable String loginUrl)
      throws IOException {
    ErrorCode code = problem.code();
    if (code.status() == 401 && !exchange.response().containsHeader("WWW-Authenticate")) {
      // RFC 9110, section 15.5.2: every 401 names a scheme. Browsers do not ask for this one.
      String challenge =
          code == ErrorCode.INVALID_TOKEN ? "Bearer error=\"invalid_token\"" : "Bearer";
      exchange.response().setHeader("WWW-Authenticate", challenge);
    }
    Map<String, @Nullable Object> json = Json.object();
    json.put("type", "about:blank");
    json.put("title", code.title());
    json.put("status", code.status());
    json.put("detail", problem.detail());
    json.put("error", code.code());
    if (loginUrl != null) {
      json.put("login_url", loginUrl);
    }
    exchange.problemJson(code.status(), json);
  }
}
