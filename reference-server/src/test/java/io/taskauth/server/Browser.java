package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The machine's own Chromium, without a window. */
final class Browser implements AutoCloseable {
  private static final List<String> WCAG_AA =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Skips the test, and says so, where there is no Chromium. */
  static Browser start() {
    Optional<Path> chromium = find();
    Assumptions.assumeTrue(
        chromium.isPresent(), "no chromium, chromium-browser or google-chrome on the PATH");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.get())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync"))));
  }

  private static Optional<Path> find() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Somebody with a browser of their own: no cookies yet. */
  BrowserContext newPerson(ColorScheme scheme, int width) {
    BrowserContext person =
        browser.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, 800));
    person.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
    return person;
  }

  /** Somebody whose browser runs no scripts. */
  BrowserContext newPersonWithoutScripts() {
    return browser.newContext(
        new com.microsoft.playwright.Browser.NewContextOptions().setJavaScriptEnabled(false));
  }

  /**
   * The page keeps to WCAG 2.2 AA as far as axe-core can tell, and is not wider than the window.
   */
  static void assertAccessible(Page page) {
    var violations = new AxeBuilder(page).withTags(WCAG_AA).analyze().getViolations();
    assertThat(violations)
        .as(page.url())
        .extracting(rule -> rule.getId() + ": " + rule.getNodes())
        .isEmpty();
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("no sideways scrolling on " + page.url())
        .isEqualTo(true);
  }

  /** The page after somebody has signed in there with {@link RunningServer#PASSWORD}. */
  static Page signedIn(BrowserContext person, String login, String username) {
    Page page = person.newPage();
    page.navigate(login);
    page.getByLabel("User name or e-mail").fill(username);
    page.getByLabel("Password").fill(RunningServer.PASSWORD);
    page.getByRole(AriaRole.BUTTON).click();
    return page;
  }

  /** The page is small and accessible; a picture of it is kept. */
  static void look(Page page, String name) {
    assertThat(page.content().length()).as("%s in characters", name).isLessThan(60_000);
    assertAccessible(page);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "pages", name + ".png")));
  }

  /** What the browser refused because of our Content-Security-Policy. */
  List<String> policyViolations() {
    return complaints;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
