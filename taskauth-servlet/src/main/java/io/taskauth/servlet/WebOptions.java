package io.taskauth.servlet;

import io.taskauth.access.AccessRules;
import io.taskauth.access.PathPattern;
import io.taskauth.access.Scopes;
import io.taskauth.access.TokenRoute;
import io.taskauth.servlet.endpoint.Routes;
import io.taskauth.servlet.http.Branding;
import io.taskauth.servlet.http.HostLink;
import io.taskauth.servlet.http.MachineSettings;
import io.taskauth.servlet.http.SameSite;
import io.taskauth.servlet.http.SiteSettings;
import io.taskauth.servlet.http.TrustedProxies;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link TaskAuthFilter} behaves: what is open, what takes which role, how the pages look.
 * What makes no sense is refused with an {@code IllegalArgumentException} that names the option.
 * Not for several threads; a filter takes what is set when it is made.
 */
public final class WebOptions {
  private static final Pattern MOUNT = Pattern.compile("(?:/[A-Za-z0-9._~-]+)*");
  private static final Pattern LOCAL = Pattern.compile("/(?!/)[!-~&&[^\\\\\"<>]]*");

  /** One line of the list that is asked in order: open to all, or for a role. */
  private record Line(@Nullable String name, String pattern, List<String> methods) {}

  /** A link in the navigation; without a role for everybody who is signed in. */
  private record Link(String label, String path, @Nullable String role) {}

  private String mountPath = "";
  private final List<Line> lines = new ArrayList<>();
  private final List<Line> scopeLines = new ArrayList<>();
  private List<String> tokenScopes = List.of();
  private final List<PathPattern> sameOriginForms = new ArrayList<>();
  private final List<TokenRoute> tokenRoutes = new ArrayList<>();
  private final List<TokenRoute> webSockets = new ArrayList<>();
  private final List<URI> allowedOrigins = new ArrayList<>();
  private @Nullable String defaultRole;
  private @Nullable URI publicUrl;
  private TrustedProxies proxies = TrustedProxies.none();
  private SameSite sameSite = SameSite.STRICT;
  private boolean allowEncodedSlash;
  private String hsts = "max-age=31536000";
  private String name = "taskauth";
  private @Nullable String logo;
  private @Nullable String stylesheet;
  private final List<Link> links = new ArrayList<>();

  private WebOptions() {}

  /** Everything protected, the library at the application's root, nothing restyled. */
  public static WebOptions defaults() {
    return new WebOptions();
  }

  /**
   * Where the library's own paths begin, below the context path: {@code /tools/queue} moves the
   * login page to {@code /tools/queue/auth/login}. Empty unless set. Cookies are then for that
   * path.
   */
  public WebOptions mountPath(String path) {
    if (!MOUNT.matcher(path).matches() || path.contains("/.")) {
      throw new IllegalArgumentException(
          "mountPath(…) must be empty or like /tools/queue, without a slash at the end; not '"
              + path
              + "'");
    }
    this.mountPath = path;
    return this;
  }

  /**
   * Paths that are open to all: {@code /exact/path} or {@code /prefix/*}. Open paths and {@link
   * #requireRole} are asked in the order in which they were set, and the first that matches
   * decides.
   */
  public WebOptions publicPaths(String... patterns) {
    for (String pattern : patterns) {
      lines.add(new Line(null, pattern("publicPaths", pattern).toString(), List.of()));
    }
    return this;
  }

  /**
   * Paths that take this role or a higher one. Open paths and these are asked in the order in which
   * they were set, and the first that matches decides.
   *
   * @param pattern {@code /exact/path} or {@code /prefix/*}
   * @param methods the HTTP methods this is about; none for all of them. {@code GET} is {@code
   *     HEAD} too; other methods go on to the next rule.
   */
  public WebOptions requireRole(String role, String pattern, String... methods) {
    lines.add(new Line(role, pattern("requireRole", pattern).toString(), List.of(methods)));
    return this;
  }

  /**
   * Paths that take this scope of a personal access token which has scopes at all, besides the
   * role. Sessions and tokens without scopes are not limited. A token with the scope {@code read}
   * reaches paths that change something only by such a rule; the first rule that matches decides.
   *
   * @param pattern {@code /exact/path} or {@code /prefix/*}
   * @param methods the HTTP methods this is about; none for all of them
   */
  public WebOptions requireScope(String scope, String pattern, String... methods) {
    if (!Scopes.isName(scope) || scope.equals(Scopes.READ)) {
      throw new IllegalArgumentException(
          "requireScope(…): a scope is " + Scopes.RULE + ", and not 'read', which is built in");
    }
    scopeLines.add(new Line(scope, pattern("requireScope", pattern).toString(), List.of(methods)));
    return this;
  }

  /**
   * Paths whose pages somebody else wrote, so that their forms and scripts cannot send the CSRF
   * token: there a change also passes where the browser itself vouches that a page of this very
   * origin made it, by {@code Sec-Fetch-Site: same-origin}, or, where that header is missing as
   * over plain HTTP, by an {@code Origin} that is exactly ours. Where it says neither, or anything
   * else, the token is needed as everywhere. The library's own paths always take the token.
   *
   * <p>What it gives up: any page of this origin can make such a change, also one of another
   * application on the same host name and port.
   *
   * @param patterns {@code /exact/path} or {@code /prefix/*}
   */
  public WebOptions sameOriginForms(String... patterns) {
    for (String pattern : patterns) {
      sameOriginForms.add(pattern("sameOriginForms", pattern));
    }
    return this;
  }

  /**
   * The scopes that this application knows besides {@code read} and {@code admin}: the account page
   * offers them, and a token with another one is refused, because a misspelt scope limits nothing.
   * Unless set, any scope may be given to a token.
   */
  public WebOptions tokenScopes(String... scopes) {
    for (String scope : scopes) {
      if (!Scopes.isName(scope)) {
        throw new IllegalArgumentException("tokenScopes(…): a scope is " + Scopes.RULE);
      }
    }
    this.tokenScopes = List.of(scopes);
    return this;
  }

  /**
   * A path that machines use with a service token. It is decided before everything else and by the
   * token alone: no rule of the others opens it. Registering the same route twice is no error.
   *
   * @throws IllegalArgumentException where another route has the same path and one of its methods,
   *     or the path is one of the library's own
   */
  public WebOptions tokenRoute(TokenRoute route) {
    if (tokenRoutes.contains(route)) {
      return this;
    }
    for (TokenRoute other : tokenRoutes) {
      if (other.overlaps(route)) {
        throw new IllegalArgumentException(
            "tokenRoute(…): " + route.path() + " is registered already, and differently");
      }
    }
    tokenRoutes.add(route);
    return this;
  }

  /**
   * Adds paths of WebSockets that are opened with a ticket ({@code POST /api/auth/ws-ticket}) or
   * with the internal credential of a child process, and with nothing else: a cookie does not
   * count, because browsers send it along with whatever page opens a socket.
   *
   * @param paths exact, below the context path
   */
  public WebOptions webSocket(String... paths) {
    for (String path : paths) {
      try {
        webSockets.add(TokenRoute.at(path).methods("GET"));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "webSocket(…): a WebSocket is at an exact path such as /ws, not '" + path + "'", e);
      }
    }
    return this;
  }

  /**
   * The addresses besides {@link #publicUrl} that pages of this application may come from, such as
   * {@code https://console.example.com}: they may open WebSockets, from another site too, and their
   * names may stand in {@code Host} there. Where the application itself has such an address, its
   * forms work there as well.
   */
  public WebOptions allowedOrigins(String... origins) {
    for (String origin : origins) {
      allowedOrigins.add(siteUrl("allowedOrigins", origin));
    }
    return this;
  }

  /** The role that every other path takes; the lowest one unless set. */
  public WebOptions defaultRole(String role) {
    this.defaultRole = role;
    return this;
  }

  /**
   * The address that users know the site by, such as {@code https://tools.example.com}: needed
   * where a proxy changes {@code Host}, and wherever a link leaves the site.
   */
  public WebOptions publicUrl(String url) {
    this.publicUrl = siteUrl("publicUrl", url);
    return this;
  }

  /**
   * The proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} count: addresses or
   * networks. None unless set.
   */
  public WebOptions trustedProxies(String... entries) {
    try {
      this.proxies = TrustedProxies.of(List.of(entries));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("trustedProxies(…): " + e.getMessage(), e);
    }
    return this;
  }

  /** Lets the session cookie come along when somebody follows a link from another site. */
  public WebOptions sameSiteLax() {
    this.sameSite = SameSite.LAX;
    return this;
  }

  /**
   * Lets paths with an encoded slash pass, for a host that splits raw segments itself and decodes
   * each one once. The container has to let them pass too. Rules look at both readings of such a
   * path, and the stricter one holds.
   */
  public WebOptions allowEncodedSlash() {
    this.allowEncodedSlash = true;
    return this;
  }

  /**
   * The value of {@code Strict-Transport-Security} over HTTPS; {@code max-age=31536000} unless set,
   * empty for none. Add {@code includeSubDomains} where no other host below this name needs plain
   * HTTP.
   */
  public WebOptions strictTransportSecurity(String value) {
    if (!value.matches("[A-Za-z0-9=; -]{0,128}")) {
      throw new IllegalArgumentException("strictTransportSecurity(…) is no value of that header");
    }
    this.hsts = value;
    return this;
  }

  /** The application's name on the pages. */
  public WebOptions applicationName(String text) {
    if (text.isBlank() || text.length() > 80) {
      throw new IllegalArgumentException("applicationName(…) must be 1 to 80 characters");
    }
    this.name = text;
    return this;
  }

  /** A picture on the pages: a path of this site. It has to be open to all. */
  public WebOptions logo(String path) {
    this.logo = local("logo", path);
    return this;
  }

  /** One more style sheet, after the library's own: a path of this site, open to all. */
  public WebOptions stylesheet(String path) {
    this.stylesheet = local("stylesheet", path);
    return this;
  }

  /**
   * Adds a page of this application to the navigation of the library's own pages, for everybody who
   * is signed in. Links stand in the order in which they were added, before the library's own.
   *
   * @param path of this site, with the context path where there is one
   */
  public WebOptions navigation(String label, String path) {
    return navigation(new Link(label, path, null));
  }

  /**
   * The same for those who have this role or a higher one. That others are not shown the link keeps
   * nobody out: {@link #requireRole} does.
   */
  public WebOptions navigation(String label, String path, String role) {
    return navigation(new Link(label, path, role));
  }

  private WebOptions navigation(Link link) {
    if (link.label().isBlank() || link.label().length() > 40) {
      throw new IllegalArgumentException("navigation(…): a label must be 1 to 40 characters");
    }
    links.add(new Link(link.label(), local("navigation", link.path()), link.role()));
    return this;
  }

  private static URI siteUrl(String option, String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + "(…) is no URL", e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          option + "(…) must be like https://tools.example.com, without a user name");
    }
    return uri;
  }

  private static PathPattern pattern(String option, String text) {
    try {
      return PathPattern.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + "(…): " + e.getMessage(), e);
    }
  }

  private static String local(String option, String path) {
    if (!LOCAL.matcher(path).matches()) {
      throw new IllegalArgumentException(option + "(…) must be a path of this site like /logo.svg");
    }
    return path;
  }

  /**
   * @throws IllegalArgumentException where a role is none of {@code roles}
   */
  SiteSettings settings(Roles roles) {
    AccessRules.Builder rules = AccessRules.builder();
    for (Line line : lines) {
      if (line.name() == null) {
        rules.open(line.pattern());
      } else {
        String[] methods = line.methods().toArray(String[]::new);
        rules.require(role("requireRole", line.name(), roles), line.pattern(), methods);
      }
    }
    for (Line line : scopeLines) {
      rules.requireScope(
          String.valueOf(line.name()), line.pattern(), line.methods().toArray(String[]::new));
    }
    requireOfHost();
    Role otherwise = defaultRole == null ? roles.lowest() : role("defaultRole", defaultRole, roles);
    return new SiteSettings(
        mountPath,
        rules.build(otherwise),
        publicUrl,
        proxies,
        sameSite,
        allowEncodedSlash,
        hsts,
        tokenScopes,
        List.copyOf(sameOriginForms),
        new MachineSettings(tokenRoutes, webSockets, allowedOrigins),
        new Branding(name, logo, stylesheet, hostLinks(roles)));
  }

  private List<HostLink> hostLinks(Roles roles) {
    return links.stream()
        .map(link -> new HostLink(link.label(), link.path(), role(link.role(), roles)))
        .toList();
  }

  private static @Nullable Role role(@Nullable String name, Roles roles) {
    return name == null ? null : role("navigation", name, roles);
  }

  private void requireOfHost() {
    List<String> mount = mountPath.isEmpty() ? List.of() : TokenRoute.at(mountPath).segments();
    for (TokenRoute route : Stream.concat(tokenRoutes.stream(), webSockets.stream()).toList()) {
      List<String> path = route.segments();
      boolean below = path.size() > mount.size() && path.subList(0, mount.size()).equals(mount);
      if (below && Routes.isReserved(path.subList(mount.size(), path.size()))) {
        throw new IllegalArgumentException(
            "tokenRoute(…), webSocket(…): " + route.path() + " is the library's own");
      }
    }
    for (TokenRoute socket : webSockets) {
      if (tokenRoutes.stream().anyMatch(route -> route.segments().equals(socket.segments()))) {
        throw new IllegalArgumentException(
            "tokenRoute(…), webSocket(…): " + socket.path() + " cannot be both");
      }
    }
  }

  private static Role role(String option, String name, Roles roles) {
    return roles
        .find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    option + "(…): the roles are " + roles.ascending() + ", not '" + name + "'"));
  }
}
