package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in with a provider on another site, in a real browser. */
class SingleSignOnBrowserTest {
  @RegisterExtension private static final Browser browser = new Browser();
  private static OpenIdServer provider;
  private RunningServer server;

  @BeforeAll
  static void open() {
    provider = OpenIdServer.start();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void start(String... more) {
    Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
    settings.putAll(provider.settings());
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    server = RunningServer.start(settings);
  }

  private static BrowserContext person() {
    return browser.newPerson(ColorScheme.LIGHT, 1100);
  }

  /** From the login page to the provider's. */
  private Page atProvider(BrowserContext person, String path) {
    Page page = person.newPage();
    // The provider's page wants a style sheet from the internet, and waits for it.
    page.route(Pattern.compile("https://.*"), Route::abort);
    page.navigate(server.url(path));
    assertThat(page.url()).startsWith(server.url("/auth/login"));
    page.getByRole(AriaRole.BUTTON, named("Sign in with Corp ID")).click();
    page.waitForURL(Pattern.compile("http://localhost:.*"));
    return page;
  }

  /** Says at the provider who one is; back at the server then. */
  private void answer(Page page, String subject, String claims) {
    page.locator("input[name=username]").fill(subject);
    page.locator("textarea[name=claims]").fill(claims);
    page.locator("input[type=submit]").click();
    page.waitForURL(Pattern.compile(Pattern.quote(server.url("/")) + "(?!api/).*"));
  }

  private static GetByRoleOptions named(String name) {
    return new GetByRoleOptions().setName(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"strict", "lax"})
  void leadsToThePageThatWasAskedFor(String sameSite) {
    start("TASKAUTH_SAME_SITE", sameSite);
    BrowserContext person = person();
    Page page = atProvider(person, "/dashboard?from=a%20link");
    answer(
        page,
        "Grace-1906",
        "{\"email\":\"grace@example.org\",\"email_verified\":\"true\",\"name\":\"Grace Hopper\"}");
    page.waitForURL(server.url("/dashboard?from=a%20link"));
    // The dashboard itself, not the page before it that makes the browser bring its cookie.
    page.getByText("Grace Hopper").first().waitFor();
    assertThat(person.cookies(server.url("/")))
        .filteredOn(cookie -> cookie.name.equals("taskauth_session"))
        .singleElement()
        .satisfies(
            cookie ->
                assertThat(cookie.sameSite.name().toLowerCase(Locale.ROOT)).isEqualTo(sameSite));
    page.navigate(server.url("/auth/account"));
    assertThat(page.locator("main").textContent())
        .contains("corp:Grace-1906", "grace@example.org", "viewer")
        .doesNotContain("Change your password");
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void twoTabsComeBackInAnyOrder() {
    start();
    BrowserContext person = person();
    Page one = atProvider(person, "/dashboard?tab=1");
    Page two = atProvider(person, "/dashboard?tab=2");
    answer(two, "tabs", "");
    two.waitForURL(server.url("/dashboard?tab=2"));
    two.getByText("corp:tabs").first().waitFor();
    answer(one, "tabs", "");
    one.waitForURL(server.url("/dashboard?tab=1"));
    one.getByText("corp:tabs").first().waitFor();
  }

  @Test
  void wayBackIsGoodOnceAndInOneBrowser() {
    start();
    BrowserContext person = person();
    Page page = atProvider(person, "/dashboard");
    List<String> callbacks = new CopyOnWriteArrayList<>();
    page.onRequest(
        request -> {
          if (request.url().startsWith(server.url("/api/auth/oauth/callback/corp"))) {
            callbacks.add(request.url());
          }
        });
    answer(page, "replay", "");
    page.waitForURL(server.url("/dashboard"));
    assertThat(callbacks).hasSize(1);

    Page thief = person().newPage();
    thief.navigate(callbacks.get(0));
    assertThat(thief.getByRole(AriaRole.ALERT).textContent()).contains("loaded twice");
    assertThat(thief.url()).contains("/auth/login?error=oauth_state_invalid");
    thief.navigate(server.url("/dashboard"));
    assertThat(thief.url()).startsWith(server.url("/auth/login"));
    // Nor does it take anything from whoever is signed in.
    page.navigate(callbacks.get(0));
    page.navigate(server.url("/dashboard"));
    assertThat(page.url()).isEqualTo(server.url("/dashboard"));
  }

  @Test
  void signsOutThereToo() {
    start();
    BrowserContext person = person();
    Page page = atProvider(person, "/dashboard");
    answer(page, "leaver", "");
    page.waitForURL(server.url("/dashboard"));
    List<String> asked = new CopyOnWriteArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    page.navigate(server.url("/auth/logout"));
    page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
    page.waitForURL(server.url("/auth/login") + "*");
    assertThat(asked)
        .anySatisfy(url -> assertThat(url).startsWith(provider.issuer() + "/endsession"));
    page.navigate(server.url("/dashboard"));
    assertThat(page.url()).startsWith(server.url("/auth/login"));
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void worksWithoutScripts() {
    start();
    BrowserContext person = browser.newPersonWithoutScripts();
    Page page = atProvider(person, "/dashboard");
    answer(page, "noscript", "");
    page.waitForURL(server.url("/dashboard"));
    page.getByText("corp:noscript").first().waitFor();
  }

  @Test
  void pagesAreAccessibleInEitherSchemeAndAtEitherWidth() {
    start(
        "TASKAUTH_OAUTH_GITHUB_CLIENT_ID", "id",
        "TASKAUTH_OAUTH_GITHUB_CLIENT_SECRET", "secret");
    Page page = browser.newPerson(ColorScheme.DARK, 360).newPage();
    page.navigate(server.url("/auth/login"));
    Browser.look(page, "sso-login");
    page.navigate(server.url("/auth/login?error=provider_unavailable&slot=github"));
    Browser.look(page, "sso-error");
    page.getByLabel("User name or e-mail").fill("root");
    page.getByLabel("Password").fill(RunningServer.PASSWORD);
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in").setExact(true))
        .click();
    page.navigate(server.url("/auth/admin/users"));
    page.getByRole(AriaRole.BUTTON, named("Manage root")).click();
    page.getByText("Link an identity").click();
    page.getByLabel("Provider")
        .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Corp ID"));
    page.getByLabel("Subject")
        .fill("f:0b8e2c8e-0d9c-4f0b-9a51-3a2f1c7d9e60:ada.lovelace@example.org");
    Browser.look(page, "sso-link");
    page.getByRole(AriaRole.BUTTON, named("Link it")).click();
    assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("from now on");
    Browser.look(page, "sso-linked");
  }
}
