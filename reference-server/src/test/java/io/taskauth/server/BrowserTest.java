package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person with a browser does, from the set-up link on. */
class BrowserTest {
  private static final String PASSWORD = RunningServer.PASSWORD;
  private static final String OTHER_PASSWORD = "another horse, another staple";

  @RegisterExtension private static final Browser browser = new Browser();
  private RunningServer server;

  @BeforeEach
  void start() {
    server = RunningServer.start(Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fromTheSetUpLinkToAChangedPassword() {
    Page page = browser.newPerson(ColorScheme.LIGHT, 1100).newPage();

    page.navigate(server.server().setupLink().orElseThrow());
    setUp(page);
    assertThat(page.url()).isEqualTo(server.url("/dashboard"));
    assertThat(page.content()).contains("Signed in as");

    page.getByText("Sign out").click();
    assertThat(page.url()).isEqualTo(server.url("/auth/login"));

    page.navigate(server.url("/dashboard?from=a+link"));
    assertThat(page.url()).isEqualTo(server.url("/auth/login?next=%2Fdashboard%3Ffrom%3Da%2Blink"));
    signIn(page, "ada", "not the password");
    assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("wrong");
    assertThat(page.getByLabel("User name or e-mail").inputValue()).isEqualTo("ada");
    signIn(page, "ADA ", PASSWORD);
    assertThat(page.url()).isEqualTo(server.url("/dashboard?from=a+link"));

    page.navigate(server.url("/auth/account"));
    changePassword(page, "not the password", OTHER_PASSWORD);
    assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("old password is wrong");
    changePassword(page, PASSWORD, OTHER_PASSWORD);
    assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("password is changed");

    page.getByText("Sign out").click();
    signIn(page, "ada", PASSWORD);
    assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("wrong");
    signIn(page, "ada", OTHER_PASSWORD);
    assertThat(page.url()).isEqualTo(server.url("/dashboard"));
    assertThat(page.evaluate("localStorage.length + sessionStorage.length")).isEqualTo(0);
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void anotherSessionIsEndedAndItsBrowserIsSignedOut() {
    Page here = browser.newPerson(ColorScheme.LIGHT, 1100).newPage();
    here.navigate(server.server().setupLink().orElseThrow());
    setUp(here);
    Page there = browser.newPerson(ColorScheme.LIGHT, 1100).newPage();
    there.navigate(server.url("/dashboard"));
    signIn(there, "ada", PASSWORD);
    assertThat(there.url()).isEqualTo(server.url("/dashboard"));

    here.navigate(server.url("/auth/account"));
    here.locator("ul.ta-rows button").click();
    assertThat(here.getByRole(AriaRole.STATUS).textContent()).contains("ended");
    assertThat(here.locator("ul.ta-rows li").count()).isEqualTo(1);

    there.reload();
    assertThat(there.url()).isEqualTo(server.url("/auth/login?next=%2Fdashboard"));
  }

  @Test
  void aLinkOnAnotherSiteDoesNotSignAnybodyOut() {
    BrowserContext person = browser.newPerson(ColorScheme.LIGHT, 1100);
    Page page = person.newPage();
    page.navigate(server.server().setupLink().orElseThrow());
    setUp(page);
    // Typed into the address bar: no page of ours was clicked, so it asks.
    page.navigate(server.url("/auth/logout"));
    assertThat(page.getByRole(AriaRole.HEADING).textContent()).isEqualTo("Sign out?");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign out")).click();
    assertThat(page.url()).isEqualTo(server.url("/auth/login"));
  }

  @Test
  void aNameThatLooksLikeMarkupShowsAsText() {
    Page page = browser.newPerson(ColorScheme.LIGHT, 1100).newPage();
    page.navigate(server.server().setupLink().orElseThrow());
    setUp(page);
    page.getByText("Sign out").click();
    signIn(page, "<img src=x onerror=document.title='got'>", PASSWORD);
    assertThat(page.getByLabel("User name or e-mail").inputValue()).contains("<img src=x");
    assertThat(page.locator("main img").count()).isZero();
    assertThat(page.title()).isEqualTo("Sign in · taskauth");
  }

  @Test
  void everyPageIsAccessibleInEitherSchemeAndAtAnyWidth() {
    Page page = browser.newPerson(ColorScheme.DARK, 360).newPage();

    page.navigate(server.server().setupLink().orElseThrow());
    Browser.look(page, "setup");
    page.getByLabel("User name").fill("not a name!");
    page.getByLabel("Password", exactly()).fill(PASSWORD);
    page.getByLabel("Password again").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON).click();
    Browser.look(page, "setup-refused");
    setUp(page);
    Browser.look(page, "dashboard");
    page.navigate(server.url("/auth/account?done=password"));
    Browser.look(page, "account");
    page.navigate(server.url("/auth/nothing"));
    Browser.look(page, "not-found");
    page.navigate(server.url("/auth/logout"));
    Browser.look(page, "logout");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign out")).click();
    Browser.look(page, "login");
    signIn(page, "ada", "not the password");
    Browser.look(page, "login-refused");
  }

  private static void setUp(Page page) {
    page.getByLabel("User name").fill("ada");
    page.getByLabel("Password", exactly()).fill(PASSWORD);
    page.getByLabel("Password again").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON).click();
  }

  private static void signIn(Page page, String username, String password) {
    page.getByLabel("User name or e-mail").fill(username);
    page.getByLabel("Password", exactly()).fill(password);
    page.getByRole(AriaRole.BUTTON).click();
  }

  private static void changePassword(Page page, String old, String next) {
    page.getByLabel("Old password").fill(old);
    page.getByLabel("New password", exactly()).fill(next);
    page.getByLabel("New password again").fill(next);
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Change password")).click();
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
