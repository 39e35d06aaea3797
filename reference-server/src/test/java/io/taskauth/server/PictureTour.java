package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.taskauth.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Walks over every page with a browser and takes its pictures for docs/images, in light and in
 * dark. The server is a fresh one with made-up people, and its clock stands still. No test of the
 * build, since what a letter looks like is the machine's; {@link PicturesTest} is.
 */
class PictureTour {
  /** How the pictures are taken anew. */
  static final String COMMAND =
      "./mvnw -q test -Dtest=PictureTour -Dsurefire.failIfNoSpecifiedTests=false";

  private static final Path IMAGES =
      Path.of("").toAbsolutePath().getParent().resolve("docs/images");
  private static final String ADDRESS = "https://tools.example.com";
  private static final int WIDTH = 1100;

  /** What is another each time it is looked at. */
  private static final Map<String, String> FACTS =
      Map.of(
          "Store", "DuckDB data/taskauth.duckdb",
          "Running for", "3 days",
          "Memory", "61 of 512 MiB",
          "Threads", "31",
          "Java", "17.0.17+10",
          "Requests in progress", "1");

  private static final String SAME_EACH_TIME =
      """
        ([facts, names]) => {
          for (const [name, value] of Object.entries(facts)) {
            const fact = document.querySelector(`[data-fact="${name}"]`);
            if (fact) fact.textContent = value;
          }
          const named = text => Object.entries(names)
              .reduce((all, [from, to]) => all.replaceAll(from, to), text);
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const is = texts.currentNode.nodeValue;
            if (named(is) !== is) texts.currentNode.nodeValue = named(is);
          }
          for (const input of document.querySelectorAll("input, textarea")) {
            if (named(input.value) !== input.value) input.value = named(input.value);
          }
          document.activeElement?.blur();
        }
        """;

  @RegisterExtension private static final Browser browser = new Browser();

  private final Set<String> taken = new TreeSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T09:12:00Z"));
  private RunningServer server;
  private DemoData.Ids ids;

  /** The same from start to start. */
  private static SecureRandom random() throws Exception {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
    random.setSeed(20_260_302);
    return random;
  }

  @Test
  void walk() throws Exception {
    Files.createDirectories(IMAGES);
    Map<String, String> settings = new HashMap<>();
    settings.put("TASKAUTH_SETUP_CODE", "none");
    settings.put("TASKAUTH_WEBHOOKS_ALLOW_PRIVATE", "true");
    settings.put("TASKAUTH_OAUTH_GITHUB_CLIENT_ID", "demo");
    settings.put("TASKAUTH_OAUTH_GITHUB_CLIENT_SECRET", "demo");
    settings.put("TASKAUTH_OAUTH_OIDC_PROVIDERS", "corp");
    settings.put("TASKAUTH_OAUTH_OIDC_CORP_CLIENT_ID", "demo");
    settings.put("TASKAUTH_OAUTH_OIDC_CORP_DISCOVERY_URL", "https://login.example.com");
    settings.put("TASKAUTH_OAUTH_OIDC_CORP_LABEL", "Example Corp");
    settings.put("TASKAUTH_PUBLIC_URL", "http://127.0.0.1:" + freePort());
    settings.put("TASKAUTH_PORT", settings.get("TASKAUTH_PUBLIC_URL").replaceAll(".*:", ""));
    try (RunningServer running =
        RunningServer.start(settings, List.of(), new Ground(clock, random()))) {
      server = running;
      names.put(server.url(""), ADDRESS);
      names.put("'=http'", "'=https'");
      Page ada = setUp();
      try (DemoData demo = new DemoData(server, clock)) {
        ids = demo.make();
        names.putAll(demo.names());
        asStranger();
        asAda(ada);
        asAdministrator(ada);
        tasks(ada);
        webhooks(ada);
      }
    }
    assertThat(taken).containsAll(PicturesTest.pages().stream().map(PicturesTest::name).toList());
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Page open(BrowserContext person, String path) {
    Page page = person.newPage();
    page.navigate(server.url(path));
    return page;
  }

  private Page setUp() throws IOException {
    Page page = open(browser.newPerson(ColorScheme.LIGHT, WIDTH), "/auth/setup");
    take(page, "/auth/setup");
    page.getByLabel("User name").fill("ada");
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .first()
        .fill(RunningServer.PASSWORD);
    page.getByLabel("Password again").fill(RunningServer.PASSWORD);
    page.locator("form button[type=submit]").first().click();
    assertThat(page.url()).isEqualTo(server.url("/dashboard"));
    return page;
  }

  private void asStranger() throws IOException {
    BrowserContext stranger = browser.newPerson(ColorScheme.LIGHT, WIDTH);
    take(open(stranger, "/auth/login"), "/auth/login");
    take(open(stranger, "/install"), "/install");
    Page reset = stranger.newPage();
    reset.navigate(ids.resetLink());
    take(reset, "/auth/reset");
    stranger.close();
  }

  private void asAda(Page ada) throws IOException {
    visit(ada, "/auth/account");
    ada.getByText("Make a token").click();
    ada.locator("input[name=name]").fill("laptop");
    ada.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Make the token")).click();
    take(ada, "token-made");
    String challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    String query =
        "?response_type=code&client_id=taskauth-cli&code_challenge_method=S256&code_challenge="
            + challenge
            + "&state="
            + "s".repeat(32)
            + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A40123%2Fcallback";
    ada.navigate(server.url("/auth/authorize" + query));
    take(ada, "/auth/authorize");
    visit(ada, "/auth/logout");
  }

  private void asAdministrator(Page ada) throws IOException {
    visit(ada, "/auth/admin/users");
    visit(ada, "/auth/admin/users/{id}", ids.user());
    visit(ada, "/auth/admin/tokens");
    visit(ada, "/auth/admin/services");
    visit(ada, "/auth/admin/audit");
  }

  private void tasks(Page ada) throws IOException {
    visit(ada, "/dashboard");
    visit(ada, "/tasks/{name}", "session-report");
    visit(ada, "/queues/{name}", "default");
    visit(ada, "/runs");
    visit(ada, "/runs/{id}", ids.run());
  }

  private void webhooks(Page ada) throws IOException {
    visit(ada, "/webhooks");
    visit(ada, "/webhooks/new");
    visit(ada, "/webhooks/{id}", ids.webhook());
    visit(ada, "/webhooks/{id}/deliveries", ids.webhook());
    visit(ada, "/webhooks/{id}/deliveries/{delivery_id}", ids.webhook(), ids.delivery());
  }

  /** Goes to a page and takes its pictures. */
  private void visit(Page page, String path, String... parameters) throws IOException {
    String address = path;
    for (String parameter : parameters) {
      address = address.replaceFirst("\\{[a-z_]+}", parameter);
    }
    page.navigate(server.url(address));
    take(page, path);
  }

  private void take(Page page, String path) throws IOException {
    String name = path.startsWith("/") ? PicturesTest.name(path) : path;
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      // Each time: the dashboard keeps itself up to date.
      page.evaluate(SAME_EACH_TIME, List.of(FACTS, names));
      byte[] png =
          page.screenshot(
              new Page.ScreenshotOptions()
                  .setFullPage(true)
                  .setAnimations(ScreenshotAnimations.DISABLED));
      String end = scheme == ColorScheme.DARK ? "-dark.png" : "-light.png";
      PictureFile.write(png, IMAGES.resolve(name + end));
    }
    taken.add(name);
  }
}
