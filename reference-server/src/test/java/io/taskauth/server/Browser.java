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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The machine's own Chromium, without a window: started once for all classes of tests, and people
 * in it for one test each.
 */
final class Browser implements BeforeAllCallback, AfterTestExecutionCallback {
  private static final List<String> WCAG_AA =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private static final int HEIGHT = 800;

  private record Screen(ColorScheme scheme, int width) {
    @Override
    public String toString() {
      return scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
    }
  }

  private static final List<Screen> SCREENS =
      List.of(
          new Screen(ColorScheme.LIGHT, 1100),
          new Screen(ColorScheme.LIGHT, 360),
          new Screen(ColorScheme.DARK, 1100),
          new Screen(ColorScheme.DARK, 360));

  /** What axe-core finds, with everything that still fades already faded. */
  private static final String VIOLATIONS =
      """
      tags => {
        document.getAnimations()
          .filter(each => each.effect.getComputedTiming().endTime !== Infinity)
          .forEach(each => each.finish());
        const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']};
        return axe.run(options).then(results => results.violations.map(rule =>
          rule.id + ': ' + rule.nodes.map(node => node.html + ' ' + node.failureSummary).join()));
      }""";

  private final List<BrowserContext> people = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private com.microsoft.playwright.Browser browser;

  /** Skips the test, and says so, where there is no Chromium. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<Path> chromium = find();
    Assumptions.assumeTrue(
        chromium.isPresent(), "no chromium, chromium-browser or google-chrome on the PATH");
    browser =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(Browser.class))
            .computeIfAbsent(Chromium.class, key -> Chromium.start(chromium.get()), Chromium.class)
            .browser();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    people.forEach(BrowserContext::close);
    people.clear();
  }

  /** JUnit closes it at the end of the run. */
  private record Chromium(Playwright playwright, com.microsoft.playwright.Browser browser)
      implements AutoCloseable {
    static Chromium start(Path executable) {
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable)
                      .setArgs(
                          List.of(
                              "--no-sandbox",
                              "--disable-gpu",
                              "--disable-background-networking",
                              "--disable-component-update",
                              "--disable-sync"))));
    }

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
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
        newPerson(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, HEIGHT));
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
    return newPerson(
        new com.microsoft.playwright.Browser.NewContextOptions().setJavaScriptEnabled(false));
  }

  private BrowserContext newPerson(com.microsoft.playwright.Browser.NewContextOptions options) {
    BrowserContext person = browser.newContext(options);
    people.add(person);
    return person;
  }

  /**
   * The page keeps to WCAG 2.2 AA as far as axe-core can tell, and is not wider than the window.
   */
  static void assertAccessible(Page page) {
    bringAxe(page);
    assertAccessible(page, "as it is");
  }

  private static void bringAxe(Page page) {
    // AxeBuilder.analyze() would do most of its work in a second page, for the sake of frames from
    // other sites. There are none, and it takes three times as long.
    assertThat(page.frames()).as("frames of " + page.url()).hasSize(1);
    page.evaluate(AxeBuilder.getAxeScript());
  }

  private static void assertAccessible(Page page, String how) {
    assertThat((List<?>) page.evaluate(VIOLATIONS, WCAG_AA))
        .as("%s, %s", page.url(), how)
        .isEmpty();
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("no sideways scrolling on %s, %s", page.url(), how)
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

  /**
   * The page is small, and accessible in either scheme and at any width, and is left on the last of
   * {@link #SCREENS}.
   */
  static void look(Page page, String name) {
    assertThat(page.content().length()).as("%s in characters", name).isLessThan(60_000);
    bringAxe(page);
    for (Screen screen : SCREENS) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(screen.scheme()));
      page.setViewportSize(screen.width(), HEIGHT);
      assertAccessible(page, screen.toString());
      keepPicture(page, name + "-" + screen);
    }
  }

  /** For whoever runs the tests with {@code -Dpictures}: the page as it is, in target/pages. */
  static void keepPicture(Page page, String name) {
    if (System.getProperty("pictures") != null) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target", "pages", name.toLowerCase(Locale.ROOT) + ".png")));
    }
  }

  /** What the browser refused because of our Content-Security-Policy. */
  List<String> policyViolations() {
    return complaints;
  }
}
