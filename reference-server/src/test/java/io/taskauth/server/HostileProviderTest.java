package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.oauth.OpenIdStandIn;
import io.taskauth.oauth.StandIn;
import io.taskauth.server.web.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Whatever a provider sends leads to a page with a sentence on it and to a line in the record, and
 * to a session only where all is as it should be.
 */
class HostileProviderTest {
  private static final List<OpenIdStandIn> providers = new ArrayList<>();
  private static RunningServer server;

  /**
   * @param reason what the record says, or "in"
   */
  record Row(String what, Consumer<OpenIdStandIn> done, String reason) {
    String slot() {
      return what.replace(' ', '_');
    }

    @Override
    public String toString() {
      return what;
    }
  }

  private static Row row(String what, Consumer<OpenIdStandIn> done, String reason) {
    return new Row(what, done, reason);
  }

  static Stream<Row> rows() {
    long now = Instant.now().getEpochSecond();
    String long0 = "x".repeat(2 * 1024 * 1024);
    return Stream.of(
        row("nothing", p -> {}, "in"),
        row("verified as a string", p -> p.claim("email_verified", "true"), "in"),
        row("unverified", p -> p.claim("email_verified", false), "denied:email_unverified"),
        row("another issuer", p -> p.claim("iss", "https://evil.example"), "issuer"),
        row("another audience", p -> p.claim("aud", "another"), "audience"),
        row("another nonce", p -> p.claim("nonce", "another"), "nonce"),
        row("expired", p -> p.claim("exp", now - 120), "expired"),
        row("no subject", p -> p.claim("sub", null), "subject"),
        row(
            "another key",
            p ->
                p.signer(
                    c ->
                        OpenIdStandIn.signed(
                            OpenIdStandIn.header(OpenIdStandIn.KEY), c, OpenIdStandIn.OTHER_KEY)),
            "signature"),
        row("none", p -> p.signer(c -> "eyJhbGciOiJub25lIn0." + body(c) + "."), "algorithm"),
        row(
            "megabytes",
            p ->
                p.server()
                    .replace(
                        OpenIdStandIn.TOKEN,
                        e -> StandIn.json(e, 200, Map.of("access_token", long0))),
            "response_too_large"),
        row(
            "a redirect",
            p ->
                p.server()
                    .replace(
                        OpenIdStandIn.TOKEN,
                        e -> {
                          e.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
                          e.sendResponseHeaders(302, -1);
                        }),
            "redirect"),
        row(
            "out",
            p -> p.server().replace(OpenIdStandIn.TOKEN, e -> e.sendResponseHeaders(503, -1)),
            "unavailable"));
  }

  private static String body(Map<String, Object> claims) {
    return new com.nimbusds.jose.Payload(claims).toBase64URL().toString();
  }

  /** All of them at once, each in a slot of its own. */
  @BeforeAll
  static void start() {
    Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
    List<String> slots = new ArrayList<>();
    rows()
        .forEach(
            row -> {
              OpenIdStandIn provider = new OpenIdStandIn();
              provider.claim("email", "ada@example.org").claim("email_verified", true);
              row.done().accept(provider);
              providers.add(provider);
              slots.add(row.slot());
              String variables = "TASKAUTH_OAUTH_OIDC_" + row.slot().toUpperCase(Locale.ROOT) + "_";
              settings.put(variables + "DISCOVERY_URL", provider.issuer().toString());
              settings.put(variables + "CLIENT_ID", OpenIdStandIn.CLIENT_ID);
              settings.put(variables + "CLIENT_SECRET", OpenIdStandIn.CLIENT_SECRET);
              settings.put(variables + "ALLOWED_DOMAINS", "example.org");
            });
    settings.put("TASKAUTH_OAUTH_OIDC_PROVIDERS", String.join(",", slots));
    server = RunningServer.start(settings);
  }

  @AfterAll
  static void stop() {
    server.close();
    providers.forEach(OpenIdStandIn::close);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void leadsToASentenceAndALineInTheRecord(Row row) throws Exception {
    HttpResponse<String> back = ProviderWalk.to(server, row.slot(), "/dashboard").back(server);
    assertThat(back.statusCode()).isEqualTo(302);
    boolean in =
        back.headers().allValues("Set-Cookie").stream()
            .anyMatch(cookie -> cookie.startsWith("taskauth_session="));
    assertThat(in).isEqualTo(row.reason().equals("in"));
    if (!in) {
      isSaid(row, back.headers().firstValue("Location").orElseThrow());
    }
  }

  private static void isSaid(Row row, String location) throws Exception {
    assertThat(location)
        .matches("/auth/login\\?error=(oauth_|provider_)\\w+&slot=" + row.slot() + "&next=.*");
    HttpResponse<String> page = server.get(location, "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("role=\"alert\"");
    List<String> parts = List.of(row.reason().split(":", -1));
    String event = "oauth_" + (parts.size() == 2 ? "denied" : "failed");
    JsonNode events =
        Json.read(server.get("/api/auth/audit?event=" + event, server.bearer("root")).body())
            .orElseThrow()
            .path("items");
    assertThat(events)
        .anySatisfy(
            line -> {
              assertThat(line.path("details").path("slot").asString()).isEqualTo(row.slot());
              assertThat(line.path("details").path("reason").asString())
                  .isEqualTo(parts.get(parts.size() - 1));
            });
  }
}
