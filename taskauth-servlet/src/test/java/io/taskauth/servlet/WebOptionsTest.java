package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.access.AccessRules;
import io.taskauth.access.AccessRules.Requirement;
import io.taskauth.access.TokenRoute;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first rule that matches decides, whatever its kind; what makes no sense is refused. */
class WebOptionsTest {
  private static final List<String> INTERNAL = List.of("docs", "internal", "x");

  @Test
  void roleBeforeAnOpenPrefixHolds() {
    AccessRules rules =
        rules(
            WebOptions.defaults().requireRole("admin", "/docs/internal/*").publicPaths("/docs/*"));
    assertThat(rules.requirement("GET", INTERNAL))
        .isEqualTo(new Requirement.AtLeast(new Role("admin")));
    assertThat(rules.requirement("GET", List.of("docs", "x"))).isEqualTo(new Requirement.Open());
  }

  @Test
  void openPrefixBeforeARoleHolds() {
    AccessRules rules =
        rules(
            WebOptions.defaults().publicPaths("/docs/*").requireRole("admin", "/docs/internal/*"));
    assertThat(rules.requirement("GET", INTERNAL)).isEqualTo(new Requirement.Open());
  }

  @Test
  void sameRouteTwiceIsOneRoute() {
    TokenRoute drain = TokenRoute.at("/api/drain").methods("post").scope("drain").loopbackOnly();
    WebOptions options = WebOptions.defaults().tokenRoute(drain).tokenRoute(drain);
    assertThat(
            options
                .tokenRoute(
                    TokenRoute.at("/api/drain").methods("POST").scope("drain").loopbackOnly())
                .tokenRoute(TokenRoute.at("/api/drain").methods("GET"))
                .webSocket("/ws", "/ws")
                .settings(Roles.standard())
                .machines()
                .tokenRoutes())
        .hasSize(2);
  }

  private static Arguments refused(String named, UnaryOperator<WebOptions> options) {
    return Arguments.of(named, options);
  }

  private static UnaryOperator<WebOptions> routes(TokenRoute... routes) {
    return options -> {
      List.of(routes).forEach(options::tokenRoute);
      return options;
    };
  }

  static Stream<Arguments> mistakes() {
    TokenRoute drain = TokenRoute.at("/api/drain").scope("drain");
    TokenRoute get = TokenRoute.at("/x").methods("GET");
    return Stream.of(
        refused("tokenRoute(…): /api/drain", routes(drain, drain.scope("other"))),
        refused("tokenRoute(…): /api/drain", routes(drain, TokenRoute.at("/api/drain"))),
        refused("tokenRoute(…): /api/drain", routes(drain, drain.orUser())),
        refused("tokenRoute(…): /api/drain", routes(drain, drain.loopbackOnly())),
        refused("tokenRoute(…): /api/drain", routes(drain, drain.methods("GET"))),
        refused("tokenRoute(…): /api/drain", routes(drain.methods("GET"), drain)),
        refused("tokenRoute(…): /x", routes(get, get.methods("HEAD", "POST"))),
        refused("tokenRoute(…): /x", routes(get.methods("HEAD"), get)),
        refused("/api/auth/whoami", routes(TokenRoute.at("/api/auth/whoami").orUser())),
        refused("/api/auth/nothing", routes(TokenRoute.at("/api/auth/nothing"))),
        refused("/auth/login", routes(TokenRoute.at("/auth/login"))),
        refused("/auth/ws", options -> options.webSocket("/auth/ws")),
        refused(
            "/tools/auth/x",
            options -> options.mountPath("/tools").tokenRoute(TokenRoute.at("/tools/auth/x"))),
        refused(
            "/tools/q/api/auth/x",
            options ->
                options.tokenRoute(TokenRoute.at("/tools/q/api/auth/x")).mountPath("/tools/q")),
        refused("/ws cannot be both", options -> options.webSocket("/ws").tokenRoute(at("/ws"))),
        refused(
            "/ws cannot be both",
            options -> options.tokenRoute(at("/ws").methods("POST")).webSocket("/ws")),
        refused("webSocket(…)", options -> options.webSocket("ws")),
        refused("webSocket(…)", options -> options.webSocket("/ws/*")),
        refused("webSocket(…)", options -> options.webSocket("/ws/")),
        refused("sameOriginForms(…)", options -> options.sameOriginForms("h2/*")),
        refused("sameOriginForms(…)", options -> options.sameOriginForms("/h2/*.do")),
        refused("allowedOrigins(…)", options -> options.allowedOrigins("*")),
        refused("allowedOrigins(…)", options -> options.allowedOrigins("null")),
        refused("allowedOrigins(…)", options -> options.allowedOrigins("a b")),
        refused("allowedOrigins(…)", options -> options.allowedOrigins("tools.example.com")),
        refused("allowedOrigins(…)", options -> options.allowedOrigins("https://u@example.com")),
        refused("exact path", options -> options.tokenRoute(at("/x/"))),
        refused("exact path", options -> options.tokenRoute(at("/x/*"))),
        refused("exact path", options -> options.tokenRoute(at("/"))),
        refused("exact path", options -> options.tokenRoute(at("//x"))),
        refused("navigation(…)", options -> options.navigation("", "/x")),
        refused("navigation(…)", options -> options.navigation("x".repeat(41), "/x")),
        refused("navigation(…)", options -> options.navigation("X", "https://example.com/")),
        refused("navigation(…)", options -> options.navigation("X", "//example.com/")),
        refused("navigation(…)", options -> options.navigation("X", "javascript:alert(1)")),
        refused("navigation(…)", options -> options.navigation("X", "/x", "owner")),
        refused("a scope is", options -> options.tokenRoute(at("/x").scope("Drain"))));
  }

  private static TokenRoute at(String path) {
    return TokenRoute.at(path);
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("mistakes")
  void mistakeIsRefusedByName(String named, UnaryOperator<WebOptions> options) {
    assertThatThrownBy(() -> options.apply(WebOptions.defaults()).settings(Roles.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void pathsBesideTheLibrarysAreTheHosts() {
    assertThat(
            WebOptions.defaults()
                .mountPath("/tools")
                .tokenRoute(at("/auth/x"))
                .tokenRoute(at("/auth"))
                .tokenRoute(at("/other/auth/x"))
                .tokenRoute(at("/api/authors"))
                .webSocket("/tools/ws")
                .settings(Roles.standard())
                .machines()
                .tokenRoutes())
        .hasSize(4);
  }

  private static AccessRules rules(WebOptions options) {
    return options.settings(Roles.standard()).rules();
  }
}
