package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.servlet.AccessTable.Door;
import io.taskauth.servlet.AccessTable.Row;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One user of the configuration and no store: nothing is kept, so there is nothing to manage. */
class WithoutStoreTest {
  private static TaskAuth auth;
  private static Container container;

  @BeforeAll
  static void start() throws Exception {
    auth = Site.builder().user("console", Site.PASSWORD).build();
    container = JettyContainer.start("", new TaskAuthFilter(auth, HostApp.options(Mount.ROOT)));
  }

  @AfterAll
  static void stop() {
    container.stop();
    auth.close();
  }

  private static Call call(String method, String path) {
    return new Call(container.port(), method, path);
  }

  private static SignedIn console() {
    Answer login =
        call("POST", "/api/auth/login").json(Site.credentials("console", Site.PASSWORD)).send();
    return Site.signedIn(login);
  }

  @Test
  void whatWouldNeedAStoreIsNotThere() {
    SignedIn console = console();
    for (Row row : AccessTable.ROWS) {
      boolean kept =
          row.door() == Door.ADMIN_API
              || row.door() == Door.ADMIN_PAGE
              || row.path().startsWith("/api/auth/tokens");
      if (kept) {
        Call call = call(row.method(), row.path()).meantBy(console);
        Answer answer =
            (row.path().startsWith("/auth/") ? call.form() : call.json("{\"name\":\"n\"}")).send();
        boolean create = row.method().equals("POST") && row.reached() == 400;
        assertThat(answer.status())
            .as("%s %s", row, answer)
            .isIn(create ? List.of(400, 404) : List.of(404));
        assertThat(call(row.method(), row.path()).send().status()).isEqualTo(401);
      }
    }
  }

  @Test
  void accountsAndTokensAreMadeNowhere() {
    SignedIn console = console();
    for (Call call :
        new Call[] {
          call("POST", "/api/auth/users").meantBy(console).object("username", "grace"),
          call("POST", "/api/auth/tokens").meantBy(console).object("name", "script"),
          call("POST", "/api/auth/reset-password")
              .object("token", "x", "new_password", ResetLinks.NEXT),
          call("GET", "/auth/authorize").as(console),
          call("POST", "/api/auth/token").object("grant_type", "authorization_code"),
          call("GET", "/api/auth/audit").as(console),
          call("GET", "/api/auth/admin/tokens").as(console),
          call("GET", "/api/auth/admin/services").as(console)
        }) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(404);
      assertThat(answer.error()).isEqualTo("not_found");
      assertThat(answer.json().get("detail").asString()).contains("keeps no accounts");
    }
  }

  @Test
  void pagesOfferNothingThatIsNotThere() {
    SignedIn console = console();
    Answer account = call("GET", "/auth/account").browser().as(console).send();
    assertThat(account.status()).isEqualTo(200);
    assertThat(account.text())
        .contains("console", "Your sessions")
        .doesNotContain("Your tokens", "create-token", "/auth/admin/", "Change your password");
    for (String path :
        new String[] {
          "/auth/admin/users", "/auth/admin/tokens", "/auth/admin/services", "/auth/admin/audit"
        }) {
      Answer page = call("GET", path).browser().as(console).send();
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.text()).contains("keeps no accounts of its own");
    }
    Answer make =
        call("POST", "/auth/account")
            .filledBy(console, "action", "create-token", "name", "n", "expires", "30")
            .send();
    assertThat(make.status()).isEqualTo(404);
    assertThat(make.text()).doesNotContain("taskauth_pat_");
  }

  @Test
  void linkLeadsNowhereAndPagesDoNotLeadThere() {
    for (String path : List.of("/auth/reset", "/auth/reset?token=x")) {
      assertThat(call("GET", path).browser().send().status()).isEqualTo(404);
    }
    assertThat(call("GET", "/auth/login").browser().send().text())
        .doesNotContain("Forgot your password?");
  }

  @Test
  void tokenOfSomebodyElsesIsRefused() {
    for (String token : new String[] {"taskauth_pat_x", "taskauth_pat_" + console().token()}) {
      Answer answer = call("GET", "/jobs").bearer(token).send();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.error()).isEqualTo("invalid_token");
    }
  }
}
