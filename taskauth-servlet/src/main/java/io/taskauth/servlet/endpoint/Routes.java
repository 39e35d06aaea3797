package io.taskauth.servlet.endpoint;

import io.taskauth.access.AccessRules.Requirement;
import io.taskauth.access.TokenRoute;
import io.taskauth.principal.Principal;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import io.taskauth.user.Roles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The library's own paths, below its mount path. Threads may share it. */
public final class Routes {
  private final List<Route> routes;

  public Routes(Assets assets) {
    Pages pages = new Pages(assets);
    this.routes =
        Stream.of(
                new SessionApi().routes(),
                new AccountApi().routes(),
                new ResetApi().routes(),
                new TokensApi().routes(),
                new UsersApi().routes(),
                new AuditApi().routes(),
                new ServicesApi().routes(),
                new SocketApi().routes(),
                new ProviderApi().routes(),
                new IdentitiesApi().routes(),
                new SignInPages(pages).routes(),
                new AuthorizePage(pages).routes(),
                new ResetPage(pages).routes(),
                new AccountPage(pages).routes(),
                new UsersPage(pages).routes(),
                new UserPage(pages).routes(),
                new TokensPage(pages).routes(),
                new ServicesPage(pages).routes(),
                new AuditPage(pages).routes(),
                List.of(Route.open("GET", Assets.PATH + "/*", assets::serve)))
            .flatMap(List::stream)
            .toList();
    if (!routes.stream().map(Route::segments).allMatch(Routes::isReserved)) {
      throw new IllegalStateException("a route is where only the host's are looked for");
    }
  }

  /** All that there are. */
  List<Route> all() {
    return routes;
  }

  /** What a path of the library's is and does. */
  public static final class Own {
    private final Route route;
    private final List<String> path;

    private Own(Route route, List<String> path) {
      this.route = route;
      this.path = path;
    }

    /** Whether it answers without a credential. */
    public boolean isOpen() {
      return route.access() == RouteAccess.OPEN;
    }

    /** The role that it takes. */
    public Requirement requirement(Roles roles) {
      return route.access().requirement(roles);
    }

    /** The scopes that a token must have for it. */
    public Set<String> scopes() {
      return route.access().scopes();
    }

    /** Whether a token will not do. */
    public boolean needsSession() {
      return route.access().needsSession();
    }

    /** Where machines may come too, the route that says so. */
    public Optional<TokenRoute> tokenRoute() {
      return route.access() == RouteAccess.ANYBODY_KNOWN
          ? Optional.of(TokenRoute.at("/" + String.join("/", route.segments())).orUser())
          : Optional.empty();
    }

    public void answer(Exchange exchange, Optional<Principal> principal) throws IOException {
      route.endpoint().handle(exchange, new Endpoint.Caller(principal, route.parameters(path)));
    }
  }

  /**
   * The library's part at this path; empty where the path is the host's.
   *
   * @throws Problem with 405 where it is a path of the library's, but not with this method
   */
  public Optional<Own> find(Exchange exchange) {
    List<String> path = exchange.ownPath().orElse(List.of());
    if (!isReserved(path)) {
      return Optional.empty();
    }
    List<Route> fitting = routes.stream().filter(route -> route.isAt(path)).toList();
    List<Route> literal = fitting.stream().filter(Route::isLiteral).toList();
    List<Route> here = literal.isEmpty() ? fitting : literal;
    if (here.isEmpty()) {
      return Optional.empty();
    }
    String sent = exchange.request().getMethod();
    String method = sent.equals("HEAD") ? "GET" : sent;
    return Optional.of(
        here.stream()
            .filter(route -> route.method().equals(method))
            .findFirst()
            .map(route -> new Own(route, path))
            .orElseThrow(() -> Problem.methodNotAllowed(methods(here))));
  }

  private static List<String> methods(List<Route> here) {
    return here.stream()
        .map(Route::method)
        .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether the path belongs to the library although nothing is there. */
  public static boolean isReserved(Exchange exchange) {
    return isReserved(exchange.ownPath().orElse(List.of()));
  }

  /**
   * @param path the segments below the mount path
   */
  public static boolean isReserved(List<String> path) {
    return path.size() > 1
        && (path.get(0).equals("auth")
            || (path.get(0).equals("api") && path.get(1).equals("auth")));
  }

  /** What to answer at a reserved path where nothing is. */
  public static Problem nothingHere() {
    return Problem.of(ErrorCode.NOT_FOUND, "There is nothing at this address.");
  }
}
