package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.dropwizard.metrics.servlets.AdminServlet;
import io.dropwizard.metrics.servlets.HealthCheckServlet;
import io.dropwizard.metrics.servlets.MetricsServlet;
import io.taskauth.TaskAuth;
import io.taskauth.login.BackendAnswer;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.WebOptions;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.h2.server.web.JakartaWebServlet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The H2 console and the metrics console, which know nothing of logins, as docs/consoles.md says.
 */
class ConsolesTest {
  private static final String DATABASE = "jdbc:h2:mem:jobs";

  private static final Map<String, String> ROLES =
      Map.of("ada", "admin", "olga", "operator", "vera", "viewer");

  private static TaskAuth auth;
  private static Server server;
  private static Connection database;
  private static String site;

  @BeforeAll
  static void start() throws Exception {
    database = DriverManager.getConnection(DATABASE, "sa", "");
    auth =
        TaskAuth.builder()
            .backend(
                "people",
                (username, password) ->
                    password.reveal().equals(RunningServer.PASSWORD)
                        ? BackendAnswer.accepted(username).role(ROLES.get(username))
                        : BackendAnswer.refused())
            .build();
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(consoles());
    server.start();
    site = "http://127.0.0.1:" + connector.getLocalPort();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
    auth.close();
    database.close();
  }

  private static ServletContextHandler consoles() {
    MetricRegistry metrics = new MetricRegistry();
    metrics.counter("jobs.done").inc(42);
    HealthCheckRegistry healthChecks = new HealthCheckRegistry();
    // docs:begin consoles
    WebOptions options =
        WebOptions.defaults()
            .requireRole("admin", "/h2/*")
            .sameOriginForms("/h2/*")
            .requireRole("operator", "/metrics/*");
    ServletContextHandler context = new ServletContextHandler("/");
    FilterHolder gate = new FilterHolder(new TaskAuthFilter(auth, options));
    gate.setAsyncSupported(true);
    context.addFilter(gate, "/*", EnumSet.allOf(DispatcherType.class));

    ServletHolder h2 = new ServletHolder(new JakartaWebServlet());
    h2.setInitParameter("webAllowOthers", ""); // or it answers this machine alone
    context.addServlet(h2, "/h2/*");

    context.setAttribute(MetricsServlet.METRICS_REGISTRY, metrics);
    context.setAttribute(HealthCheckServlet.HEALTH_CHECK_REGISTRY, healthChecks);
    context.addServlet(new ServletHolder(new AdminServlet()), "/metrics/*");
    // docs:end consoles
    context.addServlet(new ServletHolder(new JakartaWebServlet()), "/unlisted/*");
    return context;
  }

  @Test
  void strangersAreSentToTheLogin() throws Exception {
    for (String page : new String[] {"/h2/", "/h2/login.jsp", "/metrics/", "/metrics/threads"}) {
      HttpResponse<String> browser = new Visitor("").get(page, "text/html");
      assertThat(browser.statusCode()).as(page).isEqualTo(302);
      assertThat(browser.headers().firstValue("Location").orElseThrow())
          .isEqualTo("/auth/login?next=" + URLEncoder.encode(page, UTF_8));
      assertThat(new Visitor("").get(page, "*/*").statusCode()).as(page).isEqualTo(401);
    }
  }

  @Test
  void roleDecidesWhichConsole() throws Exception {
    Visitor vera = signedIn("vera");
    Visitor olga = signedIn("olga");
    assertThat(vera.get("/h2/", "text/html").statusCode()).isEqualTo(403);
    assertThat(vera.get("/metrics/", "text/html").statusCode()).isEqualTo(403);
    assertThat(olga.get("/h2/", "text/html").statusCode()).isEqualTo(403);
    assertThat(olga.post("/h2/login.do", new String[] {"Origin", site}, "").statusCode())
        .isEqualTo(403);
    assertThat(olga.get("/metrics/", "text/html").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsConsoleIsServedAsItIs() throws Exception {
    Visitor olga = signedIn("olga");
    HttpResponse<String> menu = olga.get("/metrics/", "text/html");
    assertThat(menu.body()).contains("Operational Menu", "/metrics/healthcheck");
    assertIsLeftAlone(menu);
    assertThat(olga.get("/metrics/ping", "*/*").body()).isEqualToIgnoringNewLines("pong");
    assertThat(olga.get("/metrics/metrics", "*/*").body()).contains("\"jobs.done\":{\"count\":42}");
    assertThat(olga.get("/metrics/threads", "*/*").body()).contains("main");
    assertThat(olga.get("/metrics/healthcheck", "*/*").statusCode())
        .as("no check is registered, says the console itself")
        .isEqualTo(501);
  }

  @Test
  void h2ConsoleTakesItsOwnFormsOnlyFromItsOwnPages() throws Exception {
    Visitor ada = signedIn("ada");
    HttpResponse<String> welcome = ada.get("/h2/", "text/html");
    assertIsLeftAlone(welcome);
    String session = welcome.body().replaceAll("(?s).*(jsessionid=[0-9a-f]+).*", "$1");
    assertThat(ada.get("/h2/login.jsp?" + session, "text/html").body()).contains("name=\"login\"");
    String form = "/h2/login.do?" + session;
    String fields = "driver=org.h2.Driver&url=" + DATABASE + "&user=sa&password=";
    for (String[] forged :
        new String[][] {
          {},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Sec-Fetch-Site", "none"},
          {"Origin", "null"},
          {"Origin", "http://evil.example"}
        }) {
      HttpResponse<String> refused = ada.post(form, forged, fields);
      assertThat(refused.statusCode()).as(String.join(" ", forged)).isEqualTo(403);
      assertThat(refused.body()).contains("csrf_failed");
    }
    assertThat(ada.post("/unlisted/login.do", new String[] {"Origin", site}, fields).body())
        .as("a console that is not said to have forms of its own")
        .contains("csrf_failed");
    assertThat(ada.post(form, new String[] {"Origin", site}, fields).body())
        .contains("<frameset", "name=\"h2query\"");
  }

  /** By itself, so that the others are not skipped with it. */
  @Nested
  class InABrowser {
    @RegisterExtension private static final Browser browser = new Browser();

    @Test
    void h2ConsoleWorksFramesAndAll() {
      BrowserContext person = browser.newPerson(ColorScheme.LIGHT, 1000);
      Page page = Browser.signedIn(person, site + "/auth/login?next=%2Fh2%2F", "ada");
      page.locator("input[name=url]").fill(DATABASE);
      page.locator("input[name=user]").fill("sa");
      page.locator("input[type=submit]").click();
      FrameLocator query = page.frameLocator("frame[name=h2query]");
      query.locator("textarea").first().fill("SELECT 'gr' || CHAR(252) || 'n' || 'ü';");
      query.locator("input[type=button]").first().click();
      Locator result = page.frameLocator("frame[name=h2result]").locator("body");
      PlaywrightAssertions.assertThat(result).containsText("grünü");
      assertThat(browser.policyViolations()).isEmpty();
    }
  }

  /** Neither our policy nor our ban on frames is put on what is not ours. */
  private static void assertIsLeftAlone(HttpResponse<String> page) {
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().map().keySet())
        .doesNotContain(
            "content-security-policy",
            "x-frame-options",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy");
  }

  private static Visitor signedIn(String name) throws Exception {
    String json = "{\"username\":\"" + name + "\",\"password\":\"" + RunningServer.PASSWORD + "\"}";
    HttpResponse<String> in =
        new Visitor("")
            .send(
                HttpRequest.newBuilder(URI.create(site + "/api/auth/login"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json)));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
    return new Visitor(
        in.headers().allValues("Set-Cookie").stream()
            .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
            .collect(Collectors.joining("; ")));
  }

  /** A client that sends these cookies and follows no redirect. */
  private record Visitor(String cookies) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    HttpResponse<String> get(String path, String accept) throws Exception {
      return send(HttpRequest.newBuilder(URI.create(site + path)).header("Accept", accept));
    }

    /** A form as a browser sends it, with what the browser says about where it stood. */
    HttpResponse<String> post(String path, String[] headers, String form) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(site + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form));
      return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
      return CLIENT.send(request.header("Cookie", cookies).build(), BodyHandlers.ofString());
    }
  }
}
