package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An administrator and a user at work: accounts, tokens for scripts, and the record of it all. */
class PeopleBrowserTest {
  private static final String BOBS = "bob likes long passwords";
  @RegisterExtension private static final Browser browser = new Browser();

  @TempDir Path directory;
  private RunningServer server;

  @BeforeEach
  void start() {
    server =
        RunningServer.start(
            Map.of(
                "TASKAUTH_STORE",
                "duckdb:" + directory.resolve("people.duckdb"),
                "TASKAUTH_AUDIT_LOG",
                directory.resolve("audit/audit.jsonl").toString(),
                "TASKAUTH_ADMIN_USER",
                "ada",
                "TASKAUTH_ADMIN_PASSWORD",
                RunningServer.PASSWORD));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fromANewUserToARevokedTokenAndAllOfItOnRecord() throws Exception {
    Page ada = signedIn("ada", RunningServer.PASSWORD, ColorScheme.LIGHT, 1100);
    String link = createUser(ada, "bob", "<img src=x onerror=document.title='got'>");
    assertThat(link).startsWith(server.url("/auth/reset?token="));

    Page bob = browser.newPerson(ColorScheme.LIGHT, 1100).newPage();
    bob.navigate(link);
    choosePassword(bob, "bob", "bob");
    assertThat(bob.getByRole(AriaRole.ALERT).textContent()).contains("at least 8 characters");
    choosePassword(bob, BOBS, BOBS);
    assertThat(bob.getByRole(AriaRole.STATUS).textContent()).contains("Sign in with it");
    signIn(bob, "bob", BOBS);
    assertThat(bob.url()).isEqualTo(server.url("/dashboard"));
    bob.navigate(link);
    assertThat(bob.getByRole(AriaRole.ALERT).textContent()).contains("it was used");

    String token = makeToken(bob, "nightly backup");
    assertThat(token).startsWith("taskauth_pat_");
    HttpResponse<String> allowed = withToken(token);
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.body()).contains("\"via\":\"pat\"", "\"bob\"");
    bob.navigate(server.url("/auth/account"));
    assertThat(tokenRow(bob).textContent()).contains("last used just now from 127.0.0.1");
    assertThat(bob.content()).doesNotContain(token);

    bob.onDialog(dialog -> dialog.accept());
    button(tokenRow(bob), "Revoke").click();
    assertThat(bob.getByRole(AriaRole.STATUS).textContent()).contains("revoked");
    HttpResponse<String> refused = withToken(token);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("invalid_token", "revoked");

    bob.navigate(server.url("/auth/admin/users"));
    assertThat(bob.getByRole(AriaRole.HEADING).textContent()).isEqualTo("Not allowed");
    assertThat(bob.url()).isEqualTo(server.url("/auth/admin/users"));

    ada.navigate(server.url("/auth/admin/audit?user=bob"));
    String record = ada.locator("main").textContent();
    assertThat(record)
        .contains("user_created", "password_reset_requested", "password_reset", "login_success")
        .contains("token_created", "token_first_use_new_ip", "token_auth_success")
        .contains("token_revoked", "token_auth_failure", "access_denied", "nightly backup")
        .doesNotContain(token);
    assertThat(Files.readString(directory.resolve("audit/audit.jsonl")))
        .contains("token_auth_failure")
        .doesNotContain(token, link.substring(link.indexOf('=') + 1), BOBS);
    assertThat(ada.title()).isEqualTo("Audit log · taskauth");
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void anAccountIsFoundChangedClosedAndDeleted() {
    Page ada = signedIn("ada", RunningServer.PASSWORD, ColorScheme.LIGHT, 1100);
    String link = createUser(ada, "bob", "Bob <b>Bold</b>");
    createUser(ada, "cyd", "");

    ada.navigate(server.url("/auth/admin/users"));
    ada.getByLabel("Name or e-mail begins with").fill("BO");
    ada.getByRole(AriaRole.BUTTON, named("Search")).click();
    assertThat(ada.locator("ul.ta-rows li").count()).isEqualTo(1);
    assertThat(ada.locator("ul.ta-rows").textContent()).contains("Bob <b>Bold</b>");
    ada.getByRole(AriaRole.BUTTON, named("Manage bob")).click();

    ada.getByLabel("E-mail").fill("bob@example.com");
    ada.getByLabel("Role").selectOption("operator");
    ada.getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(ada.getByRole(AriaRole.STATUS).textContent()).contains("saved");
    assertThat(ada.getByLabel("Role").inputValue()).isEqualTo("operator");

    Page bob = browser.newPerson(ColorScheme.LIGHT, 1100).newPage();
    bob.navigate(link);
    choosePassword(bob, BOBS, BOBS);
    signIn(bob, "bob@example.com", BOBS);

    ada.onDialog(dialog -> dialog.accept());
    ada.getByRole(AriaRole.BUTTON, named("Deactivate")).click();
    assertThat(ada.getByRole(AriaRole.STATUS).textContent()).contains("deactivated");
    bob.navigate(server.url("/dashboard"));
    assertThat(bob.url()).startsWith(server.url("/auth/login"));
    signIn(bob, "bob", BOBS);
    assertThat(bob.getByRole(AriaRole.ALERT).textContent()).contains("wrong");

    ada.getByText("Delete the account").click();
    ada.getByRole(AriaRole.BUTTON, named("Delete bob for good")).click();
    assertThat(ada.getByRole(AriaRole.STATUS).textContent()).contains("deleted");
    assertThat(ada.locator("main").textContent()).doesNotContain("bob");
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void everythingWorksWithoutScripts() throws Exception {
    Page ada = browser.newPersonWithoutScripts().newPage();
    ada.navigate(server.url("/auth/login"));
    signIn(ada, "ada", RunningServer.PASSWORD);
    String link = createUser(ada, "bob", "Bob");
    Page bob = browser.newPersonWithoutScripts().newPage();
    bob.navigate(link);
    choosePassword(bob, BOBS, BOBS);
    signIn(bob, "bob", BOBS);
    String token = makeToken(bob, "ci");
    assertThat(withToken(token).statusCode()).isEqualTo(200);

    ada.navigate(server.url("/auth/admin/tokens"));
    button(tokenRow(ada), "Revoke").click();
    assertThat(ada.getByRole(AriaRole.STATUS).textContent()).contains("revoked");
    assertThat(withToken(token).statusCode()).isEqualTo(401);
    ada.navigate(server.url("/auth/admin/services"));
    makeMachine(ada, "deploy");
    String first = ada.getByLabel("New token", exactly()).inputValue();
    assertThat(first).startsWith("taskauth_svc_");
    assertThat(withToken(first).body()).contains("\"via\":\"service\"", "\"deploy\"");
    ada.getByText("Replace the token").click();
    ada.getByRole(AriaRole.BUTTON, named("Make a new token for deploy")).click();
    String second = ada.getByLabel("New token", exactly()).inputValue();
    assertThat(second).isNotEqualTo(first);
    assertThat(withToken(second).statusCode()).isEqualTo(200);
    ada.getByRole(AriaRole.BUTTON, named("Remove deploy")).click();
    assertThat(ada.getByRole(AriaRole.STATUS).textContent()).contains("removed");
    assertThat(withToken(second).statusCode()).isEqualTo(401);
    ada.navigate(server.url("/auth/admin/audit?event=token_revoked"));
    assertThat(ada.locator("main tbody tr").count()).isEqualTo(1);
  }

  @Test
  void everyPageIsAccessibleInEitherSchemeAndAtAnyWidth() {
    Page page = signedIn("ada", RunningServer.PASSWORD, ColorScheme.DARK, 360);

    String link = createUser(page, "grace", "Grace Hopper");
    Browser.look(page, "link");
    createUser(page, "l".repeat(64), "A long name");
    page.navigate(server.url("/auth/admin/users"));
    Browser.look(page, "users");
    page.getByText("New user").click();
    page.getByLabel("User name").fill("not a name!");
    page.getByRole(AriaRole.BUTTON, named("Create the user")).click();
    Browser.look(page, "new-user-refused");
    page.getByRole(AriaRole.BUTTON, named("Manage grace")).click();
    page.getByText("Set a password instead").click();
    page.getByText("Delete the account").click();
    Browser.look(page, "user");
    String token = makeToken(page, "nightly backup");
    assertThat(token).isNotEmpty();
    Browser.look(page, "token");
    page.navigate(server.url("/auth/account"));
    page.getByText("Make a token").click();
    Browser.look(page, "new-token");
    page.navigate(server.url("/auth/admin/tokens"));
    Browser.look(page, "tokens");
    page.navigate(server.url("/auth/admin/services"));
    makeMachine(page, "Not a name");
    Browser.look(page, "new-machine-refused");
    makeMachine(page, "deploy");
    page.getByText("Replace the token").click();
    Browser.look(page, "machines");
    page.navigate(server.url("/auth/admin/audit"));
    Browser.look(page, "audit");
    page.navigate(link);
    Browser.look(page, "reset");
    page.navigate(server.url("/auth/reset?token=nothing"));
    Browser.look(page, "reset-refused");
  }

  private Page signedIn(String username, String password, ColorScheme scheme, int width) {
    Page page = browser.newPerson(ColorScheme.DARK, 360).newPage();
    page.navigate(server.url("/auth/login"));
    signIn(page, username, password);
    return page;
  }

  private static void signIn(Page page, String username, String password) {
    page.getByLabel("User name or e-mail").fill(username);
    page.getByLabel("Password", exactly()).fill(password);
    page.getByRole(AriaRole.BUTTON).click();
  }

  /** The link with which the new user chooses a password. */
  private String createUser(Page page, String username, String displayName) {
    page.navigate(server.url("/auth/admin/users"));
    page.getByText("New user").click();
    page.getByLabel("User name").fill(username);
    page.getByLabel("Name to show").fill(displayName);
    page.getByRole(AriaRole.BUTTON, named("Create the user")).click();
    return page.getByLabel("Link", exactly()).inputValue();
  }

  private static void choosePassword(Page page, String password, String again) {
    page.getByLabel("New password", exactly()).fill(password);
    page.getByLabel("New password again").fill(again);
    // What the browser would refuse by itself is for the server to refuse as well.
    page.locator("form").evaluate("form => form.noValidate = true");
    page.getByRole(AriaRole.BUTTON).click();
  }

  /** The token, which the page shows this once. */
  private String makeToken(Page page, String name) {
    page.navigate(server.url("/auth/account"));
    page.getByText("Make a token").click();
    page.getByLabel("Name").fill(name);
    page.getByRole(AriaRole.BUTTON, named("Make the token")).click();
    return page.getByLabel("New token").inputValue();
  }

  private static void makeMachine(Page page, String name) {
    if (!page.getByLabel("Scopes").isVisible()) {
      page.getByText("New machine").click();
    }
    page.getByLabel("Name").fill(name);
    page.getByLabel("Scopes").fill("metrics");
    page.getByRole(AriaRole.BUTTON, named("Make the machine’s token")).click();
  }

  private HttpResponse<String> withToken(String token) throws IOException, InterruptedException {
    return server.get("/api/auth/whoami", "Authorization", "Bearer " + token);
  }

  private static Locator tokenRow(Page page) {
    return page.locator("ul.ta-rows li").filter(new Locator.FilterOptions().setHasText("made "));
  }

  private static Locator button(Locator in, String name) {
    return in.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  private static GetByRoleOptions named(String name) {
    return new GetByRoleOptions().setName(name);
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
