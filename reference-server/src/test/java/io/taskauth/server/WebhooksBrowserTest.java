package io.taskauth.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An administrator tells other programs what happens, and sees what became of it. */
class WebhooksBrowserTest {
  private static final String HOSTILE = "für Öl <img src=x onerror=document.title='got'> & \"so\"";

  @RegisterExtension private static final Browser browser = new Browser();
  private static RunningServer server;
  private static HookReceiver receiver;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> variables = new HashMap<>(RunningServer.ADMIN);
    variables.put("TASKAUTH_WEBHOOKS_ALLOW_PRIVATE", "true");
    server = RunningServer.start(variables);
    receiver = HookReceiver.answering(200, "<i>danke schön</i>");
  }

  @AfterAll
  static void stop() {
    server.close();
    receiver.close();
  }

  @Test
  void fromANewWebhookToItsEnd() throws Exception {
    // Webhooks of other tests may want to hear of everything.
    try (HookReceiver own = HookReceiver.answering(200, "<i>danke schön</i>")) {
      fromANewWebhookToItsEnd(own);
    }
  }

  private static void fromANewWebhookToItsEnd(HookReceiver receiver) throws Exception {
    Page page = signedIn(browser.newPerson(ColorScheme.LIGHT, 1100), "root");
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Webhooks")).click();
    page.getByRole(AriaRole.BUTTON, named("New webhook")).click();
    page.getByLabel("URL").fill(receiver.url());
    page.getByLabel("Description").fill(HOSTILE);
    page.getByLabel("task.failed").check();
    page.getByLabel("Task filter").fill("a/b\n<locals>");
    page.getByLabel("Attempts").fill("2");
    page.getByLabel("Back-off").fill("0");
    page.getByLabel("Name of header 1").fill("X-Key");
    page.getByLabel("Value of header 1").fill("open sesame");
    press(page, "Make the webhook");
    String secret = page.locator("#secret").inputValue();
    assertThat(secret).startsWith("whsec_");
    assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("not shown again");
    assertThat(page.context().cookies().toString()).doesNotContain(secret);

    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Webhooks")).first().click();
    assertThat(page.content()).doesNotContain(secret);
    assertThat(page.locator("ul.ta-rows").textContent())
        .contains(HOSTILE, "task.failed; of tasks <locals>, a/b", "nothing sent yet");
    page.getByRole(AriaRole.BUTTON, named("Manage")).click();
    String webhook = page.url();
    assertThat(page.content()).doesNotContain(secret, "open sesame");
    assertThat(page.getByLabel("task.failed")).isChecked();
    assertThat(page.getByLabel("Task filter")).hasValue("<locals>\na/b");

    press(page, "Send a test");
    HookReceiver.Message test = receiver.next();
    assertThat(test.isSignedWith(secret)).isTrue();
    assertThat(test.header("X-Key")).isEqualTo("open sesame");
    // Without loading the page again.
    assertThat(page.locator("h1")).containsText("delivered");
    assertThat(page.locator("main").textContent())
        .contains("webhook.test", "\"message\"", "HTTP 200", "<i>danke schön</i>")
        .doesNotContain("open sesame");
    press(page, "Send it again");
    HookReceiver.Message replay = receiver.next();
    assertThat(replay.header("webhook-id")).isEqualTo(test.header("webhook-id"));
    assertThat(page.locator("h1")).containsText("replay");

    receiver.answers(503, "<b>busy</b>");
    page.navigate(webhook);
    press(page, "Send a test");
    assertThat(page.locator("h1")).containsText("dead");
    assertThat(page.getByText("<b>busy</b>")).isVisible();
    assertThat(page.locator("ol.ta-rows li")).hasCount(2);
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Deliveries")).click();
    page.getByLabel("Status").selectOption("dead");
    press(page, "Show");
    assertThat(page.locator("ul.ta-rows li")).hasCount(1);
    assertThat(page.getByText("1 of 3;")).isVisible();
    receiver.answers(200, "<i>danke schön</i>");

    page.navigate(webhook);
    page.getByText("Replace the secret").click();
    press(page, "Make a new secret");
    String next = page.locator("#secret").inputValue();
    assertThat(next).startsWith("whsec_").isNotEqualTo(secret);
    assertThat(page.url()).isEqualTo(webhook);
    assertThat(page.content()).contains("signs too until");

    page.navigate(webhook);
    page.getByLabel("Timeout").fill("31");
    page.locator("form.td-form").evaluate("form => form.noValidate = true");
    press(page, "Save");
    assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("Nothing is changed");
    assertThat(page.getByLabel("Timeout")).hasValue("31");
    assertThat(page.getByLabel("Timeout")).hasAttribute("aria-invalid", "true");
    page.getByLabel("Timeout").fill("2.5");
    page.getByLabel("Name of header 1").fill("");
    press(page, "Save");
    assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("saved");
    assertThat(page.getByLabel("Timeout")).hasValue("2.5");
    assertThat(page.getByLabel("Name of header 1")).hasValue("");

    press(page, "Disable");
    assertThat(page.locator("h1")).containsText("disabled");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Send a test"))).isDisabled();
    press(page, "Enable");
    page.getByText("Delete the webhook").click();
    press(page, "Delete it for good");
    assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("deleted");
    assertThat(page.navigate(webhook).status()).isEqualTo(404);
    assertThat(page.title()).isEqualTo("Not found · taskauth");
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void withoutScriptsItIsAllForms() throws Exception {
    Page page = signedIn(browser.newPersonWithoutScripts(), "root");
    page.navigate(server.url("/webhooks/new"));
    page.getByLabel("URL").fill("http://169.254.169.254/");
    page.getByLabel("Description").fill("kept");
    page.getByLabel("task.started").check();
    page.getByLabel("Name of header 1").fill("X-Key");
    page.getByLabel("Value of header 1").fill("open sesame");
    press(page, "Make the webhook");
    assertThat(page.locator("#url-error")).containsText("never sent to");
    assertThat(page.getByLabel("Description")).hasValue("kept");
    assertThat(page.getByLabel("task.started")).isChecked();
    assertThat(page.getByLabel("Name of header 1")).hasValue("X-Key");
    assertThat(page.content()).doesNotContain("open sesame");
    page.getByLabel("URL").fill(receiver.url());
    press(page, "Make the webhook");
    assertThat(page.locator("#headers-error")).containsText("Type the value");
    page.getByLabel("Value of header 1").fill("open sesame");
    press(page, "Make the webhook");
    assertThat(page.locator("#secret").inputValue()).startsWith("whsec_");
    press(page, "Send a test");
    page.waitForCondition(
        () -> {
          page.reload();
          return page.locator("h1").textContent().contains("delivered");
        });
    page.navigate(server.url("/webhooks"));
    page.getByRole(AriaRole.BUTTON, named("Manage")).click();
    page.getByText("Delete the webhook").click();
    press(page, "Delete it for good");
  }

  @Test
  void othersAreNotOfferedThemAndRefused() throws Exception {
    server.newUser("olga", "operator");
    Page page = signedIn(browser.newPerson(ColorScheme.LIGHT, 1100), "olga");
    assertThat(page.locator("header").textContent())
        .contains("Dashboard", "olga", "Sign out")
        .doesNotContain("Webhooks", "Users");
    assertThat(page.navigate(server.url("/webhooks")).status()).isEqualTo(403);
    assertThat(page.getByRole(AriaRole.HEADING)).containsText("Not allowed");
    assertThat(page.locator("header").textContent())
        .contains("Dashboard")
        .doesNotContain("Webhooks", "Users");
  }

  @Test
  void everyPageIsAccessible() throws Exception {
    Page page = signedIn(browser.newPerson(ColorScheme.DARK, 360), "root");
    List<String> navigation = page.locator("header li a").allTextContents();
    assertThat(navigation)
        .containsExactly(
            "Dashboard",
            "Runs",
            "Webhooks",
            "Users",
            "Tokens",
            "Machines",
            "Audit log",
            "root",
            "Sign out");
    Browser.look(page, "dashboard-of-root");
    page.navigate(server.url("/auth/admin/users"));
    assertThat(page.locator("header li a").allTextContents()).isEqualTo(navigation);
    Browser.look(page, "users-navigation");
    page.navigate(server.url("/webhooks"));
    Browser.look(page, "webhooks-none");
    page.navigate(server.url("/webhooks/new"));
    Browser.look(page, "webhook-new");
    page.locator("form.td-form").evaluate("form => form.noValidate = true");
    page.getByLabel("URL").fill("http://169.254.169.254/");
    page.getByLabel("Attempts").fill("");
    page.getByLabel("Value of header 1").fill("x");
    press(page, "Make the webhook");
    Browser.look(page, "webhook-new-refused");
    page.getByLabel("URL").fill(receiver.url() + "?" + "long=" + "x".repeat(60));
    page.getByLabel("Description").fill(HOSTILE);
    page.getByLabel("task.failed").check();
    page.getByLabel("Attempts").fill("1");
    page.getByLabel("Name of header 1").fill("X-Key");
    page.getByLabel("Value of header 1").fill("open sesame");
    press(page, "Make the webhook");
    Browser.look(page, "webhook-made");
    press(page, "Send a test");
    assertThat(page.locator("h1")).containsText("delivered");
    Browser.look(page, "delivery");
    receiver.answers(500, "<b>out of order</b>");
    press(page, "Send it again");
    assertThat(page.locator("h1")).containsText("dead");
    receiver.answers(200, "<i>danke schön</i>");
    Browser.look(page, "delivery-dead");
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Deliveries")).click();
    Browser.look(page, "deliveries");
    page.locator(".ta-crumb a").last().click();
    page.getByText("Replace the secret").click();
    page.getByText("Delete the webhook").click();
    Browser.look(page, "webhook");
    page.navigate(server.url("/webhooks"));
    Browser.look(page, "webhooks");
    page.navigate(server.url("/webhooks/nothing"));
    Browser.look(page, "webhook-not-found");
    page.navigate(server.url("/webhooks"));
    page.getByRole(AriaRole.BUTTON, named("Manage")).click();
    page.getByText("Delete the webhook").click();
    press(page, "Delete it for good");
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
