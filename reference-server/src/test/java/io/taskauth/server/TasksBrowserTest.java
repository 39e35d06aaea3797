package io.taskauth.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operators tune tasks on pages that take no script; viewers see the same and change nothing. */
class TasksBrowserTest {
  @RegisterExtension private static final Browser browser = new Browser();
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(RunningServer.ADMIN);
    server.newUser("oscar", "operator");
    server.newUser("vera", "viewer");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anOperatorSetsPausesResumesAndSwitchesAndAViewerIsNotOfferedAnyOfIt() throws Exception {
    Page page = signedIn(browser.newPerson(ColorScheme.LIGHT, 1100), "oscar");
    page.locator("[data-task=session-report] a").click();

    page.getByLabel("Time limit").fill("90");
    page.getByLabel("Rate limit").fill("100/m");
    press(page, "Save");
    assertThat(row(page, "Time limit")).containsText("600");
    assertThat(row(page, "Time limit").locator("strong")).hasText("90");
    assertThat(page.getByLabel("Rate limit")).hasValue("100/m");

    page.getByLabel("Priority").fill("many");
    press(page, "Save");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("priority");
    assertThat(page.getByLabel("Priority")).hasValue("many");
    assertThat(row(page, "Time limit").locator("strong")).hasText("90");

    Page colleague = signedIn(browser.newPerson(ColorScheme.LIGHT, 1100), "oscar");
    colleague.navigate(page.url().replace("/settings", ""));
    colleague.getByLabel("Time limit").fill("120");
    page.navigate(colleague.url());
    press(colleague, "Save");
    page.getByLabel("Time limit").fill("30");
    press(page, "Save");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Somebody else");
    assertThat(row(page, "Time limit").locator("strong")).hasText("120");

    press(page, "Pause");
    assertThat(page.locator("h1")).containsText("paused");
    press(page, "Run");
    assertThat(page.locator("h1")).containsText("queued");
    String run = page.url();
    page.navigate(server.url("/dashboard"));
    assertThat(page.locator("[data-task=session-report]")).containsText("paused");
    page.locator("[data-task=session-report] a").click();
    press(page, "Resume");
    assertThat(page.locator("h1")).not().containsText("paused");
    page.navigate(run);
    for (int i = 0; i < 40 && !page.locator("h1").textContent().contains("succeeded"); i++) {
      page.waitForTimeout(250);
      page.reload();
    }
    assertThat(page.locator("h1")).containsText("succeeded");
    // What it says is for administrators.
    assertThat(page.getByText("for administrators")).isVisible();

    page.navigate(server.url("/tasks/session-report"));
    page.getByLabel("Switch error-report off").click();
    assertThat(page.getByLabel("Switch error-report on")).isVisible();
    List<String> outermostFirst = page.locator(".td-chain strong").allTextContents();
    page.getByRole(AriaRole.LINK, named("Innermost first")).click();
    List<String> innermostFirst = page.locator(".td-chain strong").allTextContents();
    assertThat(innermostFirst.get(0)).isEqualTo(outermostFirst.get(outermostFirst.size() - 1));
    page.getByLabel("Switch error-report on").click();
    press(page, "Clear all overrides");
    assertThat(row(page, "Time limit").locator("strong")).hasText("600");

    page.navigate(server.url("/queues/default"));
    press(page, "Pause");
    assertThat(page.locator("h1")).containsText("paused");
    press(page, "Resume");
    assertThat(page.locator("h1")).not().containsText("paused");

    Page viewer = signedIn(browser.newPerson(ColorScheme.LIGHT, 1100), "vera");
    for (String path : List.of("/tasks/session-report", "/queues/default", run)) {
      viewer.navigate(path.startsWith("/") ? server.url(path) : path);
      assertThat(viewer.locator("main button")).hasCount(0);
      assertThat(viewer.locator("main input")).hasCount(0);
    }
    viewer.navigate(server.url("/dashboard"));
    assertThat(viewer.getByRole(AriaRole.LINK, named("Webhooks"))).hasCount(0);
  }

  @Test
  void anAdministratorImportsUsersWithoutScripts() throws Exception {
    Page page = signedIn(browser.newPersonWithoutScripts(), "root");
    page.navigate(server.url("/tasks/import-users"));
    page.getByLabel("File")
        .fill("username,email,role\nadele,adele@example.org,viewer\n:bad:,x,viewer\n");

    press(page, "Run");

    for (int i = 0; i < 60 && !page.locator("h1").textContent().contains("succeeded"); i++) {
      page.waitForTimeout(250);
      page.reload();
    }
    assertThat(page.locator("pre.td-text"))
        .containsText("1 imported", new ContainsTextOptions().setTimeout(5000));
    assertThat(page.locator("pre.td-text")).containsText("line 3");
    assertThat(page.locator("main")).not().containsText("adele@example.org");
    page.navigate(server.url("/runs?task=import-users&status=succeeded"));
    assertThat(page.locator("ul.ta-rows li")).hasCount(1);
  }

  @Test
  void everyPageIsAccessible() throws Exception {
    String run =
        RunningServer.member(
            server.postJson("/api/tasks/hash-calibration/run", "{}", server.bearer("root")),
            "run_id");
    Page page = signedIn(browser.newPerson(ColorScheme.DARK, 360), "root");
    Browser.look(page, "dashboard-with-queues");
    page.navigate(server.url("/tasks/import-users"));
    Browser.look(page, "task-import-users");
    page.navigate(server.url("/tasks/hash-calibration?order=innermost"));
    Browser.look(page, "task-hash-calibration");
    page.getByLabel("Priority").fill("many");
    press(page, "Save");
    Browser.look(page, "task-refused");
    page.navigate(server.url("/queues/default"));
    Browser.look(page, "queue");
    page.navigate(server.url("/runs/" + run));
    Browser.look(page, "run");
    page.navigate(server.url("/runs"));
    Browser.look(page, "runs");
    page.navigate(server.url("/tasks/none"));
    Browser.look(page, "task-not-found");
  }

  private static Locator row(Page page, String label) {
    return page.locator("tr", new Page.LocatorOptions().setHasText(label));
  }

  private static Page signedIn(BrowserContext person, String username) {
    return Browser.signedIn(person, server.url("/auth/login"), username);
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, named(button).setExact(true)).click();
  }

  private static GetByRoleOptions named(String name) {
    return new GetByRoleOptions().setName(name);
  }
}
