package io.taskauth.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.taskauth.server.docs.DocumentedBlock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard as people see it, without ever loading it again. */
class LiveDashboardTest {
  private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(20_000);

  @RegisterExtension private static final Browser browser = new Browser();
  private static RunningServer server;
  private static String[] root;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(RunningServer.ADMIN);
    root = server.bearer("root");
    server.newUser("oscar", "operator");
    server.newUser("vera", "viewer");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anOperatorRunsATaskAndSeesItHappen() {
    Page page = dashboard("oscar", ColorScheme.LIGHT, 1280);
    assertLive(page);
    page.locator("[data-task=hash-calibration] button").click();
    Locator run = page.locator("#runs li").first();
    assertThat(run).containsText("hash-calibration", PATIENTLY);
    assertThat(run.locator("[data-action=cancel]")).isVisible();
    run.locator("[data-action=cancel]").click();
    assertThat(run.locator("[data-field=status]")).containsText("cancelled", PATIENTLY);

    page.locator("[data-task=session-report] button").click();
    assertThat(page.locator("#runs li").first()).containsText("session-report", PATIENTLY);
    assertThat(page.locator("#runs li").first()).containsText("succeeded", PATIENTLY);
    page.locator("#runs li").first().locator("[data-action=result]").click();
    assertThat(page.locator("#result-text")).containsText("Only administrators");
    Browser.assertAccessible(page);
    page.keyboard().press("Escape");
    assertThat(page.locator("#problem")).isHidden();
    assertThat(browser.policyViolations()).isEmpty();
  }

  /** What docs/streams.md shows, in a page that has the function it takes for granted. */
  @Test
  void aScriptOpensASocketAsThePageShows() {
    Page page = dashboard("vera", ColorScheme.LIGHT, 1280);
    Object first =
        page.evaluate(
            "async () => {"
                + "const cookie = name =>"
                + "  document.cookie.split('; ').find(c => c.startsWith(name + '=')).split('=')[1];"
                + DocumentedBlock.text("run:ticket")
                + "return await new Promise((answered, failed) => {"
                + "  socket.onerror = failed;"
                + "  socket.onmessage = message => answered(message.data);"
                + "  socket.onopen = () => socket.send("
                + "      JSON.stringify({jsonrpc: '2.0', id: 1, method: 'whoami'}));"
                + "});}");
    assertThat(String.valueOf(first)).contains("\"name\":\"vera\"");
  }

  @Test
  void aViewerWatches() throws Exception {
    Page page = dashboard("vera", ColorScheme.LIGHT, 1280);
    assertLive(page);
    assertThat(page.locator("[data-action=run]")).hasCount(0);
    String wrong = "{\"username\":\"vera\",\"password\":\"not the password\"}";
    server.postJson("/api/auth/login", wrong);
    assertThat(page.locator("#events")).containsText("login_failure", PATIENTLY);
    assertThat(page.locator("#events")).not().containsText("oscar");
    server.postJson("/api/tasks/session-report/run", "", root);
    assertThat(page.locator("#runs li").first()).containsText("session-report", PATIENTLY);
  }

  @Test
  void whatEventsSayIsTextAndNothingElse() throws Exception {
    Page page = dashboard("root", ColorScheme.LIGHT, 1280);
    assertLive(page);
    String name = "<img src=x onerror=document.title='got'>";
    server.postJson("/api/auth/login", "{\"username\":\"" + name + "\",\"password\":\"whatever\"}");
    assertThat(page.locator("#events")).containsText("<img src=x", PATIENTLY);
    page.reload();
    assertThat(page.locator("#events")).containsText("<img src=x", PATIENTLY);
    assertThat(page.locator("main img").count()).isZero();
    assertThat(page.title()).isEqualTo("Dashboard · taskauth");
  }

  @Test
  void whoIsSignedOutElsewhereIsToldSo() throws Exception {
    server.newUser("sam", "operator");
    Page page = dashboard("sam", ColorScheme.LIGHT, 1280);
    assertLive(page);
    server.postJson("/api/auth/users/" + server.id("sam") + "/deactivate", "", root);
    assertThat(page.locator("#state")).containsText("Disconnected, sign in again", PATIENTLY);
    assertThat(page.locator("#sign-in")).isVisible();
    assertThat(page.locator("[data-task=session-report] button")).isDisabled();
    Browser.assertAccessible(page);
    page.locator("#sign-in").click();
    assertThat(page.url()).isEqualTo(server.url("/auth/login?next=%2Fdashboard"));
  }

  @Test
  void afterABreakItComesBackByItself() {
    Page page = dashboard("oscar", ColorScheme.LIGHT, 1280);
    assertLive(page);
    page.context().setOffline(true);
    page.evaluate("links.forEach((link) => { link.close(); link.lost(); })");
    assertThat(page.locator("#state")).containsText("Reconnecting", PATIENTLY);
    page.context().setOffline(false);
    assertLive(page);
  }

  @Test
  void withoutAScriptItSaysTheSameAsOfNow() throws Exception {
    server.postJson("/api/tasks/session-report/run", "", root);
    BrowserContext person = browser.newPersonWithoutScripts();
    Page page = signedIn(person, "oscar");
    assertThat(page.locator("#tasks")).containsText("session-report");
    assertThat(page.locator("#runs")).containsText("session-report");
    assertThat(page.locator("#state")).containsText("Live updates take JavaScript");
    assertThat(page.locator("[data-action=run]").first()).isHidden();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1280", "LIGHT,400", "DARK,1280", "DARK,400"})
  void itIsAccessibleInEitherSchemeAndAtAnyWidth(ColorScheme scheme, int width) throws Exception {
    Page page = dashboard("root", scheme, width);
    assertLive(page);
    server.postJson("/api/tasks/hash-calibration/run", "{\"args\":{\"rounds\":20}}", root);
    server.postJson("/api/tasks/session-report/run", "", root);
    assertThat(page.locator("#runs li progress:visible").first()).isVisible();
    Browser.assertAccessible(page);
    Browser.keepPicture(page, "live-dashboard-" + scheme + "-" + width);
    page.locator("#runs li [data-action=cancel]:visible").first().click();
  }

  private static Page dashboard(String username, ColorScheme scheme, int width) {
    return signedIn(browser.newPerson(scheme, width), username);
  }

  private static Page signedIn(BrowserContext person, String username) {
    Page page = person.newPage();
    page.navigate(server.url("/auth/login?next=%2Fdashboard"));
    page.getByLabel("User name or e-mail").fill(username);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill(RunningServer.PASSWORD);
    page.locator("main button").click();
    assertThat(page.url()).isEqualTo(server.url("/dashboard"));
    return page;
  }

  private static void assertLive(Page page) {
    assertThat(page.locator("#state-stream")).containsText("Updates: Live", PATIENTLY);
    assertThat(page.locator("#state-socket")).containsText("Commands: Live", PATIENTLY);
  }
}
