package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One's own tokens in a browser without scripts. */
class AccountTokensPageTest {
  private static Answer make(Site site, SignedIn who, String name, String expires) {
    return site.post("/auth/account")
        .filledBy(who, "action", "create-token", "name", name, "expires", expires)
        .send();
  }

  private static Answer account(Site site, SignedIn who) {
    return site.get("/auth/account").browser().as(who).send();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 30, Give the token a name",
    "'   ', 30, Give the token a name",
    "typed, 31, must be 30",
    "typed, '', must be 30",
    "typed, -1, must be 30",
    "typed, NEVER, must be 30"
  })
  void whatWasTypedStaysWithWhatIsWrongAboutIt(String name, String expires, String complaint) {
    Site site = Sites.one();
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    Answer page = make(site, who, name, expires);
    assertThat(page.status()).as("%s", page).isEqualTo(400);
    assertThat(page.text())
        .contains("role=\"alert\"", complaint, "name=\"name\" value=\"" + name + "\"", "open>")
        .doesNotContain("taskauth_pat_");
    assertThat(account(site, who).text()).doesNotContain("revoke-token");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void longNameStaysToo(Site site) {
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    Answer page = make(site, who, "n".repeat(81), "30");
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("at most 80 characters", "n".repeat(81));
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenIsShownOnceAndWorks(Site site) {
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    for (String expires : new String[] {"30", "90", "365", "never"}) {
      Answer made = make(site, who, "for " + expires, expires);
      assertThat(made.status()).as("%s", made).isEqualTo(200);
      assertThat(made.header("Cache-Control")).contains("no-store");
      assertThat(made.text())
          .contains("it is not shown again", "data-copy=\"new-token\" hidden", "for " + expires)
          .contains(expires.equals("never") ? "never expires" : "expires ");
      String secret = made.text().replaceAll("(?s).*value=\"(taskauth_pat_[^\"]*)\".*", "$1");
      assertThat(site.get("/jobs").bearer(secret).send().status()).isEqualTo(200);
      assertThat(account(site, who).text())
          .contains("for " + expires)
          .doesNotContain("taskauth_pat_");
    }
    assertThat(
            site.get("/api/auth/tokens")
                .as(who)
                .send()
                .json()
                .get("items")
                .valueStream()
                .map(token -> token.get("expires_at").asString("never").substring(0, 5)))
        .containsExactly("never", "2027-", "2026-", "2026-");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void formNeedsItsToken(Site site) {
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    Answer forged =
        site.post("/auth/account")
            .as(who)
            .form("action", "create-token", "name", "n", "expires", "never")
            .send();
    assertThat(forged.status()).isEqualTo(403);
    assertThat(forged.text()).doesNotContain("taskauth_pat_");
    assertThat(account(site, who).text()).doesNotContain("revoke-token");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenIsRevoked(Site site) {
    SignedIn who = site.signIn(site.freshAccount("viewer"));
    MadeToken token = site.makeToken(who, "script");
    assertThat(account(site, who).text())
        .contains("value=\"" + token.id() + "\"", token.id().substring(0, 8), "never used");
    Answer gone =
        site.post("/auth/account")
            .filledBy(who, "action", "revoke-token", "token", token.id())
            .send();
    assertThat(gone.status()).isEqualTo(303);
    assertThat(site.raw("GET", gone.location()).browser().as(who).send().text())
        .contains("The token is revoked.")
        .doesNotContain(token.id());
    assertThat(site.get("/jobs").bearer(token.secret()).send().status()).isEqualTo(401);
  }
}
