package io.taskauth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An OpenID provider that keeps to the rules until it is told otherwise: codes are good once and
 * for their PKCE verifier, and the client has to say who it is. Everybody who comes is Ada.
 */
public final class OpenIdStandIn implements AutoCloseable {
  public static final String CLIENT_ID = "taskauth";
  public static final String CLIENT_SECRET = "the-client's-secret: +/%&=";
  public static final String SUBJECT = "ada-1815";

  public static final String DISCOVERY = "/.well-known/openid-configuration";
  public static final String AUTHORIZE = "/authorize";
  public static final String TOKEN = "/token";
  public static final String KEYS = "/keys";
  public static final String USERINFO = "/userinfo";
  public static final String LOGOUT = "/logout";

  public static final RSAKey KEY = key("first");
  public static final RSAKey OTHER_KEY = key("other");

  private record Started(String nonce, String challenge, String redirectUri, String clientId) {}

  private final StandIn server = new StandIn();
  private final Map<String, Started> codes = new ConcurrentHashMap<>();
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private volatile Consumer<Map<String, Object>> claims = c -> {};
  private volatile Consumer<Map<String, Object>> userinfo = c -> {};
  private volatile Function<Map<String, Object>, String> signer = c -> signed(header(KEY), c, KEY);
  private volatile List<RSAKey> keys = List.of(KEY);
  private volatile Instant now = Instant.now();
  private volatile boolean namesIssuer;
  private volatile boolean isPublic;
  private volatile String lastAuthorization = "";

  public OpenIdStandIn() {
    metadata.put("issuer", issuer().toString());
    metadata.put("authorization_endpoint", issuer() + AUTHORIZE);
    metadata.put("token_endpoint", issuer() + TOKEN);
    metadata.put("jwks_uri", issuer() + KEYS);
    metadata.put("userinfo_endpoint", issuer() + USERINFO);
    metadata.put("end_session_endpoint", issuer() + LOGOUT);
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("subject_types_supported", List.of("public"));
    metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
    server.serve(DISCOVERY, exchange -> StandIn.json(exchange, 200, metadata));
    server.serve(AUTHORIZE, this::authorize);
    server.serve(TOKEN, this::token);
    server.serve(
        KEYS,
        exchange -> StandIn.json(exchange, 200, new JWKSet(List.copyOf(keys)).toJSONObject()));
    server.serve(USERINFO, this::userinfo);
    server.serve(LOGOUT, exchange -> StandIn.send(exchange, 200, "text/plain", "bye"));
  }

  public URI issuer() {
    return server.uri();
  }

  /** For paths that shall misbehave, and to count. */
  public StandIn server() {
    return server;
  }

  /** What it says about itself. */
  public Map<String, Object> metadata() {
    return metadata;
  }

  /** Says something else about itself; null takes the member away. */
  public OpenIdStandIn metadata(String name, Object value) {
    metadata.put(name, value);
    metadata.values().removeIf(v -> v == null);
    return this;
  }

  /** Changes the claims of the ID tokens to come. */
  public OpenIdStandIn claims(Consumer<Map<String, Object>> change) {
    claims = claims.andThen(change);
    return this;
  }

  /** Changes a claim of the ID tokens to come; null takes it away. */
  public OpenIdStandIn claim(String name, Object value) {
    return claims(c -> set(c, name, value));
  }

  /** Changes a claim of what the userinfo endpoint says. */
  public OpenIdStandIn userinfo(String name, Object value) {
    userinfo = userinfo.andThen(c -> set(c, name, value));
    return this;
  }

  private static void set(Map<String, Object> claims, String name, Object value) {
    if (value == null) {
      claims.remove(name);
    } else {
      claims.put(name, value);
    }
  }

  /** Makes ID tokens out of claims in another way. */
  public OpenIdStandIn signer(Function<Map<String, Object>, String> newSigner) {
    signer = newSigner;
    return this;
  }

  public OpenIdStandIn keys(RSAKey... newKeys) {
    keys = List.of(newKeys);
    return this;
  }

  /** Names itself in each answer (RFC 9207). */
  public OpenIdStandIn namesIssuer() {
    namesIssuer = true;
    return metadata("authorization_response_iss_parameter_supported", true);
  }

  /** Wants no secret. */
  public OpenIdStandIn publicClient() {
    isPublic = true;
    return this;
  }

  public OpenIdStandIn at(Instant time) {
    now = time;
    return this;
  }

  /** The query of the last request to sign somebody in. */
  public Map<String, String> lastAuthorization() {
    return StandIn.parameters(lastAuthorization);
  }

  /** The claims of an ID token as it ought to be. */
  public Map<String, Object> goodClaims(String nonce) {
    Map<String, Object> good = new HashMap<>();
    good.put("iss", issuer().toString());
    good.put("sub", SUBJECT);
    good.put("aud", CLIENT_ID);
    good.put("exp", now.getEpochSecond() + 300);
    good.put("iat", now.getEpochSecond());
    good.put("nonce", nonce);
    good.put("email", "ada@example.org");
    good.put("email_verified", true);
    good.put("name", "Ada Lovelace");
    good.put("sid", "session-7");
    return good;
  }

  /** The claims of a logout token as it ought to be. */
  public Map<String, Object> goodLogout() {
    Map<String, Object> good = new HashMap<>();
    good.put("iss", issuer().toString());
    good.put("aud", CLIENT_ID);
    good.put("exp", now.getEpochSecond() + 120);
    good.put("iat", now.getEpochSecond());
    good.put("jti", UUID.randomUUID().toString());
    good.put("sub", SUBJECT);
    good.put("sid", "session-7");
    good.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    return good;
  }

  public static JWSHeader header(RSAKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
  }

  public static JWSHeader logoutHeader(RSAKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256)
        .type(new JOSEObjectType("logout+jwt"))
        .keyID(key.getKeyID())
        .build();
  }

  public static String signed(JWSHeader header, Map<String, Object> claims, RSAKey key) {
    try {
      JWSObject token = new JWSObject(header, new Payload(claims));
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private void authorize(HttpExchange exchange) throws IOException {
    lastAuthorization = exchange.getRequestURI().getRawQuery();
    Map<String, String> query = StandIn.parameters(lastAuthorization);
    if (!"code".equals(query.get("response_type"))
        || !"S256".equals(query.get("code_challenge_method"))
        || !List.of(query.get("scope").split(" ")).contains("openid")) {
      StandIn.send(exchange, 400, "text/plain", "not an authentication request");
      return;
    }
    String code = "code-" + UUID.randomUUID();
    codes.put(
        code,
        new Started(
            query.get("nonce"),
            query.get("code_challenge"),
            query.get("redirect_uri"),
            query.get("client_id")));
    String back = query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state");
    String issuer =
        namesIssuer ? "&iss=" + URLEncoder.encode(issuer().toString(), StandardCharsets.UTF_8) : "";
    exchange.getResponseHeaders().set("Location", back + issuer);
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form = StandIn.form(exchange);
    if (!isPublic && !knowsClient(exchange, form)) {
      StandIn.json(exchange, 401, Map.of("error", "invalid_client"));
      return;
    }
    Started started = codes.remove(form.getOrDefault("code", ""));
    if (started == null
        || !started.challenge().equals(StandIn.challenge(form.get("code_verifier")))
        || !started.redirectUri().equals(form.get("redirect_uri"))
        || !started.clientId().equals(CLIENT_ID)
        || !"authorization_code".equals(form.get("grant_type"))) {
      StandIn.json(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    Map<String, Object> said = goodClaims(started.nonce());
    claims.accept(said);
    StandIn.json(
        exchange,
        200,
        Map.of("access_token", "access", "token_type", "Bearer", "id_token", signer.apply(said)));
  }

  private boolean knowsClient(HttpExchange exchange, Map<String, String> form) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    Object listed = metadata.get("token_endpoint_auth_methods_supported");
    if (listed instanceof List<?> methods && !methods.contains("client_secret_basic")) {
      return header == null
          && CLIENT_ID.equals(form.get("client_id"))
          && CLIENT_SECRET.equals(form.get("client_secret"));
    }
    if (header == null || form.containsKey("client_secret")) {
      return false;
    }
    // RFC 6749, section 2.3.1: both parts are encoded as in a form.
    String expected =
        URLEncoder.encode(CLIENT_ID, StandardCharsets.UTF_8)
            + ":"
            + URLEncoder.encode(CLIENT_SECRET, StandardCharsets.UTF_8);
    return header.equals(
        "Basic "
            + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.US_ASCII)));
  }

  private void userinfo(HttpExchange exchange) throws IOException {
    if (!"Bearer access".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      StandIn.send(exchange, 401, "text/plain", "");
      return;
    }
    Map<String, Object> said = new HashMap<>(Map.of("sub", SUBJECT));
    userinfo.accept(said);
    StandIn.json(exchange, 200, said);
  }
}
