package io.taskauth.oauth;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * GitHub's four endpoints for a client: sign-in, token, the person with their addresses, and who is
 * a member. Whoever comes is Ada; codes are good once and for their PKCE verifier.
 */
public final class GitHubStandIn implements AutoCloseable {
  public static final String CLIENT_ID = "Iv1.taskauth";
  public static final String CLIENT_SECRET = "the-client's-secret";

  public static final String AUTHORIZE = "/login/oauth/authorize";
  public static final String TOKEN = "/login/oauth/access_token";
  public static final String USER = "/api/v3/user";
  public static final String EMAILS = "/api/v3/user/emails";
  public static final String MEMBERS = "/api/v3/orgs/";

  private record Started(String challenge, String redirectUri, String scope) {}

  private final StandIn server = new StandIn();
  private final Map<String, Started> codes = new ConcurrentHashMap<>();
  private final Map<String, Integer> members = new ConcurrentHashMap<>();
  private volatile String user =
      "{\"id\":1815,\"login\":\"ada\",\"name\":\"Ada Lovelace\",\"email\":\"public@example.net\"}";
  private volatile List<Map<String, Object>> emails =
      List.of(email("old@example.org", false, true), email("ada@example.org", true, true));
  private volatile String lastScope = "";

  public GitHubStandIn() {
    server.serve(AUTHORIZE, this::authorize);
    server.serve(TOKEN, this::token);
    server.serve(USER, exchange -> api(exchange, user));
    server.serve(
        EMAILS, exchange -> api(exchange, net.minidev.json.JSONValue.toJSONString(emails)));
    server.serve(MEMBERS, this::member);
  }

  /** Where people sign in; programs ask under {@code /api/v3}, as in an enterprise. */
  public URI uri() {
    return server.uri();
  }

  /** For paths that shall misbehave, and to count. */
  public StandIn server() {
    return server;
  }

  /** Who comes, in JSON. */
  public GitHubStandIn user(String json) {
    user = json;
    return this;
  }

  @SafeVarargs
  public final GitHubStandIn emails(Map<String, Object>... newEmails) {
    emails = List.of(newEmails);
    return this;
  }

  public static Map<String, Object> email(String address, boolean primary, boolean verified) {
    return Map.of("email", address, "primary", primary, "verified", verified);
  }

  /**
   * Answers the question for a member with this status.
   *
   * @param path organization and login as they stand in the address, {@code acme/ada}
   */
  public GitHubStandIn member(String path, int status) {
    members.put(path, status);
    return this;
  }

  /** What the last sign-in asked for. */
  public String lastScope() {
    return lastScope;
  }

  @Override
  public void close() {
    server.close();
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = StandIn.parameters(exchange.getRequestURI().getRawQuery());
    lastScope = query.get("scope");
    String code = "code-" + UUID.randomUUID();
    boolean pkce = "S256".equals(query.get("code_challenge_method"));
    if (!CLIENT_ID.equals(query.get("client_id")) || !pkce) {
      StandIn.send(exchange, 404, "text/html", "not found");
      return;
    }
    codes.put(code, new Started(query.get("code_challenge"), query.get("redirect_uri"), lastScope));
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state"));
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form = StandIn.form(exchange);
    if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
      StandIn.send(exchange, 200, "application/x-www-form-urlencoded", "access_token=access");
      return;
    }
    if (!CLIENT_ID.equals(form.get("client_id"))
        || !CLIENT_SECRET.equals(form.get("client_secret"))) {
      error(exchange, "incorrect_client_credentials");
      return;
    }
    Started started = codes.remove(form.getOrDefault("code", ""));
    if (started == null
        || !started.challenge().equals(StandIn.challenge(form.get("code_verifier")))
        || !started.redirectUri().equals(form.get("redirect_uri"))) {
      error(exchange, "bad_verification_code");
      return;
    }
    String scope = started.scope().replace(' ', ',');
    StandIn.json(
        exchange, 200, Map.of("access_token", "access", "token_type", "bearer", "scope", scope));
  }

  /** GitHub says so with status 200. */
  private static void error(HttpExchange exchange, String error) throws IOException {
    StandIn.json(exchange, 200, Map.of("error", error, "error_description", "a-secret-of-theirs"));
  }

  private static boolean isAuthorized(HttpExchange exchange) throws IOException {
    boolean authorized =
        "Bearer access".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!authorized) {
      StandIn.json(exchange, 401, Map.of("message", "Bad credentials"));
    }
    return authorized;
  }

  private static void api(HttpExchange exchange, String json) throws IOException {
    if (isAuthorized(exchange)) {
      StandIn.send(exchange, 200, "application/json; charset=utf-8", json);
    }
  }

  private void member(HttpExchange exchange) throws IOException {
    if (!isAuthorized(exchange)) {
      return;
    }
    String path = exchange.getRequestURI().getRawPath().substring(MEMBERS.length());
    int status = members.getOrDefault(path.replace("/members/", "/"), 404);
    if (status == 302) {
      exchange.getResponseHeaders().set("Location", uri() + MEMBERS + "acme/public_members/ada");
    }
    exchange.sendResponseHeaders(status, -1);
  }
}
