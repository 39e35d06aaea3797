package io.taskauth.servlet.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.TaskAuth;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.TokenUser;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory.Opened;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request and its answer, with what the library has read of it. Belongs to one thread. */
public final class Exchange {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final TaskAuth auth;
  private final SiteSettings settings;
  private final String base;
  private final Client client;
  private final CookieJar cookies;
  private final RequestBody body;
  private @Nullable RequestPath path;
  private @Nullable String accessToken;

  public Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      TaskAuth auth,
      SiteSettings settings) {
    this.request = request;
    this.response = response;
    this.auth = auth;
    this.settings = settings;
    this.base = basePath(request, settings.mountPath());
    this.client = Client.of(request, settings.proxies());
    this.body = new RequestBody(request);
    this.cookies = new CookieJar(base, settings.sameSite());
  }

  /** Where the library is mounted, as it stands in links and cookies. */
  public static String basePath(HttpServletRequest request, String mountPath) {
    // Not the request's own context path: some containers give it as the client spelt it.
    return PercentEncoding.path(request.getServletContext().getContextPath()) + mountPath;
  }

  public HttpServletRequest request() {
    return request;
  }

  public HttpServletResponse response() {
    return response;
  }

  public TaskAuth auth() {
    return auth;
  }

  public SiteSettings settings() {
    return settings;
  }

  /**
   * Where the library is mounted: empty for the root of the site, else a path without end slash.
   */
  public String base() {
    return base;
  }

  /** The front page of whatever is below the mount path. */
  public String home() {
    return base + "/";
  }

  /**
   * The path of the request.
   *
   * @throws Problem with 400 where it is ambiguous
   */
  public RequestPath path() {
    RequestPath known = path;
    if (known == null) {
      known = RequestPath.of(request, settings.allowEncodedSlash());
      path = known;
    }
    return known;
  }

  /** The segments below the mount path; empty where the path is not below it. */
  public Optional<List<String>> ownPath() {
    List<String> segments = path().segments();
    if (settings.mountPath().isEmpty()) {
      return Optional.of(segments);
    }
    List<String> mount = List.of(settings.mountPath().substring(1).split("/", -1));
    return segments.size() >= mount.size() && segments.subList(0, mount.size()).equals(mount)
        ? Optional.of(segments.subList(mount.size(), segments.size()))
        : Optional.empty();
  }

  /** Whether the browser's connection is encrypted, as far as can be known. */
  public boolean isSecure() {
    return client.secure();
  }

  /** Where it came from, for the record. */
  public ClientInfo client() {
    ClientInfo from = new ClientInfo(client.address(), request.getHeader("User-Agent"));
    return accessToken == null ? from : from.with(accessToken);
  }

  /**
   * Says who it turned out to be, so that the record can name the token that something was done
   * with.
   */
  public void cameAs(Principal principal) {
    accessToken = principal instanceof TokenUser user ? user.token().id().value() : null;
  }

  /** What it presented. */
  public Credential credential() {
    return CredentialReader.read(request, cookies, isSecure());
  }

  /** Whether the method only reads (RFC 9110, section 9.2.1). */
  public boolean isSafe() {
    return Origins.isSafe(request);
  }

  /** Whether the browser says that a page of another site made this request. */
  public boolean isForeign() {
    return Origins.isForeign(
        request, isSecure(), settings.publicUrl(), settings.machines().allowedOrigins());
  }

  /**
   * Whether the path is one where forms cannot carry the CSRF token, and the browser vouches that a
   * page of this very origin made the request. Looks at no body, which is the host's to read.
   */
  public boolean isSameOriginForm() {
    // Both readings of the path have to be meant.
    return settings.isSameOriginForm(path().segments())
        && settings.isSameOriginForm(path().dispatched())
        && Origins.isOwnPage(
            request, isSecure(), settings.publicUrl(), settings.machines().allowedOrigins());
  }

  /** Whether the browser says that a page of another site opens this WebSocket. */
  public boolean isForeignUpgrade() {
    return Origins.isForeignUpgrade(
        request, isSecure(), settings.publicUrl(), settings.machines().allowedOrigins());
  }

  /** Whether it asks for a WebSocket (RFC 6455, section 4.1). */
  public boolean isUpgrade() {
    return Handshake.isUpgrade(request);
  }

  /** Whether it came under a name that this site does not have. */
  public boolean isUnderForeignHost() {
    // A proxy that is trusted may call us what it likes; it knows what it was called.
    return !settings.proxies().contains(request.getRemoteAddr())
        && Origins.isForeignHost(request, isSecure(), settings.knownAddresses());
  }

  /** Whether it was made on this machine, and no proxy says that it brought it. */
  public boolean isFromLoopback() {
    return Loopback.isDirect(request);
  }

  /** The tickets that it presents to open a WebSocket. */
  public List<String> tickets() {
    return Handshake.tickets(request);
  }

  /** Whether the browser says that somebody clicked on a page of this very site. */
  public boolean isOwnClick() {
    return Origins.isOwnClick(request);
  }

  /** Whether the browser says that this is for no page that somebody sees. */
  public boolean isForNobodysEyes() {
    return !Origins.isPage(request);
  }

  /**
   * Whether the browser says that nobody clicked on a page of this site: it was led here from
   * elsewhere, or wants a picture.
   */
  public boolean isFromElsewhere() {
    return Origins.isFromElsewhere(request);
  }

  /** A person's browser asking for a page: it gets pages and redirects, everything else JSON. */
  public boolean wantsPage() {
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    return reads && (!isApiPath() || isOnWayToProvider()) && acceptsHtml();
  }

  /** A person's browser that sent one of our forms: what goes wrong is shown as a page too. */
  public boolean sentOwnForm() {
    return request.getMethod().equals("POST")
        && acceptsHtml()
        && ownPath().filter(own -> !own.isEmpty() && own.get(0).equals("auth")).isPresent();
  }

  /** The two paths of the API that people's browsers are sent to. */
  private boolean isOnWayToProvider() {
    return ownPath()
        .filter(own -> own.size() == 5 && own.subList(0, 3).equals(List.of("api", "auth", "oauth")))
        .filter(own -> own.get(3).equals("start") || own.get(3).equals("callback"))
        .isPresent();
  }

  private boolean isApiPath() {
    List<String> segments = path().segments();
    return (!segments.isEmpty() && segments.get(0).equals("api"))
        || ownPath().filter(own -> !own.isEmpty() && own.get(0).equals("api")).isPresent();
  }

  private boolean acceptsHtml() {
    String accept = request.getHeader("Accept");
    if (accept == null) {
      return false;
    }
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      boolean refused = range.matches(".*;\\s*q\\s*=\\s*0(\\.0*)?\\s*");
      if (parts[0].strip().equals("text/html") && !refused) {
        return true;
      }
    }
    return false;
  }

  /**
   * The body as JSON.
   *
   * @throws Problem with 400, 413 or 415
   */
  public JsonBody jsonBody() throws IOException {
    return body.json("application/json");
  }

  /**
   * The body as a JSON merge patch (RFC 7396): what is not named stays, null takes away.
   *
   * @throws Problem with 400, 413 or 415
   */
  public JsonBody patchBody() throws IOException {
    return body.json("application/json", "application/merge-patch+json");
  }

  /**
   * The body as a form.
   *
   * @throws Problem with 400, 413 or 415
   */
  public FormBody formBody() throws IOException {
    return body.form();
  }

  /** The CSRF token in the header, which is all that can be read without touching the body. */
  public Optional<String> csrfHeader() {
    return Optional.ofNullable(request.getHeader("X-CSRF-Token"));
  }

  /**
   * The CSRF token that came with a change: in the header, or in a form. Never from the query,
   * where it would end up in logs and histories.
   *
   * @param library whether the form is for the library; the host's forms are read in the way that
   *     lets the host read them too
   */
  public Optional<String> presentedCsrfToken(boolean library) throws IOException {
    String header = request.getHeader("X-CSRF-Token");
    if (header != null || !body.isForm()) {
      return Optional.ofNullable(header);
    }
    return library ? formBody().optionalText("_csrf", 256) : hostFormCsrfToken();
  }

  /**
   * A parameter of the query.
   *
   * @throws Problem with 400 where the query is malformed
   */
  public Optional<String> parameter(String name) {
    try {
      return Optional.ofNullable(request.getParameter(name));
    } catch (RuntimeException e) {
      // Containers throw what they like.
      throw Problem.of(ErrorCode.INVALID_REQUEST, "The query of the URL is malformed.");
    }
  }

  /**
   * All values of a parameter of the query, none where it is not there.
   *
   * @throws Problem with 400 where the query is malformed
   */
  public List<String> parameters(String name) {
    return parameter(name).isEmpty() ? List.of() : List.of(request.getParameterValues(name));
  }

  /**
   * The address of one of our pages for somebody elsewhere, for a mail or a message. It comes from
   * the public URL or from the socket that the server listens on, never from {@code Host}, which is
   * the client's to choose: a link that somebody else's server receives would carry its secret
   * there.
   *
   * @param page begins with a slash
   */
  public String link(String page) {
    URI site = settings.publicUrl();
    if (site == null) {
      String address = String.valueOf(request.getLocalAddr()).replaceFirst("%.*", "");
      String host = address.contains(":") ? "[" + address + "]" : address;
      String scheme = isSecure() ? "https" : "http";
      return scheme + "://" + host + ":" + request.getLocalPort() + base + page;
    }
    // A path in the public URL is the one that users see in place of the context path.
    String path = site.getRawPath() == null ? "" : site.getRawPath().replaceFirst("/+$", "");
    String root = path.isEmpty() ? base : path + settings.mountPath();
    return site.getScheme() + "://" + site.getRawAuthority() + root + page;
  }

  /** By its name as the container reads it, so decoded; a name that cannot be may be anything. */
  private static boolean mayBeCsrfToken(String pair) {
    String name = pair.split("=", 2)[0];
    return PercentEncoding.decode(name, true).filter(n -> !n.equals("_csrf")).isEmpty();
  }

  private Optional<String> hostFormCsrfToken() {
    String query = request.getQueryString();
    if (query != null && Stream.of(query.split("&", -1)).anyMatch(Exchange::mayBeCsrfToken)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(request.getParameter("_csrf"));
    } catch (RuntimeException e) {
      // Containers throw what they like where a form is too large or malformed.
      throw Problem.of(ErrorCode.INVALID_REQUEST, "The form is malformed or too large.");
    }
  }

  /**
   * Reads the body to its end, and keeps it.
   *
   * @throws Problem with 400 or 413
   */
  public void readBody() throws IOException {
    byte[] unused = body.bytes();
  }

  /** The cookie of forms shown before there is a session; empty where there is none, or two. */
  public Optional<String> formCsrfCookie() {
    return cookies.find(request, isSecure(), CookieJar.FORM).single();
  }

  /** Sets the cookie that must come back with a form shown before there is a session. */
  public void setFormCsrfCookie(String token) {
    addCookie(cookies.set(CookieJar.FORM, token, isSecure(), true, null));
  }

  /** The cookies of the way to an identity provider and back. */
  public ProviderCookies providerCookies() {
    return new ProviderCookies(request, response, cookies, isSecure());
  }

  /** Signs the browser in: the session's cookie and the one with its CSRF token. */
  public void setSessionCookies(Opened opened) {
    Duration left = Duration.between(opened.session().createdAt(), opened.session().expiresAt());
    String csrf = auth.csrf().forSession(opened.session().id());
    addCookie(cookies.set(CookieJar.SESSION, opened.token().reveal(), isSecure(), true, left));
    addCookie(cookies.set(CookieJar.CSRF, csrf, isSecure(), false, left));
  }

  /** Takes both cookies away. */
  public void clearSessionCookies() {
    addCookie(cookies.clear(CookieJar.SESSION, isSecure(), true));
    addCookie(cookies.clear(CookieJar.CSRF, isSecure(), false));
  }

  private void addCookie(String cookie) {
    response.addHeader("Set-Cookie", cookie);
  }

  /** Says that this site is for HTTPS, where it is; also on the host's own pages. */
  public void hardenTransport() {
    SecurityHeaders.writeTransport(response, isSecure(), settings.hsts());
  }

  /** Sends the browser to another path of this site; 302 or 303. */
  public void redirect(int status, String location) {
    prepare(status);
    // Not sendRedirect(): containers make the address absolute out of the Host header.
    response.setHeader("Location", location);
  }

  /** Answers with JSON. */
  public void json(int status, Object body) throws IOException {
    write(status, "application/json", Json.bytes(body));
  }

  /** Answers that it is done, and nothing more. */
  public void noContent() {
    prepare(HttpServletResponse.SC_NO_CONTENT);
  }

  /** Answers with an error as JSON (RFC 9457). */
  public void problemJson(int status, Object body) throws IOException {
    write(status, "application/problem+json", Json.bytes(body));
  }

  /** Answers with a page. */
  public void html(int status, String page) throws IOException {
    write(status, "text/html;charset=utf-8", page.getBytes(UTF_8));
  }

  /** Answers with what never changes under this address. */
  public void immutable(String contentType, byte[] bytes) throws IOException {
    prepare(HttpServletResponse.SC_OK);
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    send(contentType, bytes);
  }

  private void write(int status, String contentType, byte[] bytes) throws IOException {
    prepare(status);
    send(contentType, bytes);
  }

  private void prepare(int status) {
    response.setStatus(status);
    SecurityHeaders.write(response, isSecure(), settings.hsts());
  }

  private void send(String contentType, byte[] bytes) throws IOException {
    response.setContentType(contentType);
    response.setContentLength(bytes.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(bytes);
    }
  }
}
