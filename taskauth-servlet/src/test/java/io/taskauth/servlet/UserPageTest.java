package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One account in an administrator's browser, without scripts. */
class UserPageTest {
  private static String path(Site site, String name) {
    return "/auth/admin/users/" + site.id(name);
  }

  private static Answer open(Site site, String name, String query) {
    return site.get(path(site, name) + query).browser().as(site.known("ada")).send();
  }

  private static Answer act(Site site, String name, String... fields) {
    return site.post(path(site, name)).filledBy(site.known("ada"), fields).send();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void profileIsSaved(Site site) {
    String name = site.freshAccount("viewer");
    Answer saved =
        act(
            site,
            name,
            "action",
            "save",
            "display_name",
            " Ünal ",
            "email",
            name + "@example.com",
            "role",
            "operator");
    assertThat(saved.status()).as("%s", saved).isEqualTo(303);
    assertThat(saved.location()).isEqualTo(site.path(path(site, name) + "?done=saved"));
    assertThat(open(site, name, "?done=saved").text())
        .contains("The changes are saved.", "value=\"Ünal\"", name + "@example.com")
        .contains("<option value=\"operator\" selected>");
    act(site, name, "action", "save", "display_name", "", "email", " ", "role", "operator");
    assertThat(open(site, name, "").text())
        .contains("name=\"display_name\" value=\"\"", "name=\"email\" value=\"\"");
  }

  @Test
  void pageThatWasOpenForAWhilePutsNothingBack() {
    Site site = Sites.one();
    String name = site.freshAccount("admin");
    site.call("PATCH", site.userPath(name))
        .meantBy(site.known("ada"))
        .object("role", "viewer", "email", name + "@example.com")
        .send();

    Answer saved =
        act(
            site,
            name,
            "action",
            "save",
            "display_name",
            "Typed",
            "was_display_name",
            "",
            "email",
            "",
            "was_email",
            "",
            "role",
            "admin",
            "was_role",
            "admin");

    assertThat(saved.status()).as("%s", saved).isEqualTo(303);
    assertThat(open(site, name, "").text())
        .contains("value=\"Typed\"", name + "@example.com")
        .contains("<option value=\"viewer\" selected>")
        .contains("name=\"was_role\" value=\"viewer\"");
  }

  @ParameterizedTest
  @CsvSource({
    "nowhere, viewer, 400, This is no e-mail address",
    "ada.taken@example.com, viewer, 409, This e-mail belongs to another user",
    "x@example.com, root, 400, must be one of"
  })
  void whatWasTypedStaysWithWhatIsWrongAboutIt(
      String email, String role, int status, String complaint) {
    Site site = Sites.one();
    site.call("PATCH", site.userPath("ada"))
        .meantBy(site.known("ada"))
        .object("email", "ada.taken@example.com")
        .send();
    String name = site.freshAccount("viewer");
    Answer page =
        act(site, name, "action", "save", "display_name", "<Typed>", "email", email, "role", role);
    assertThat(page.status()).as("%s", page).isEqualTo(status);
    assertThat(page.text())
        .contains("role=\"alert\"", complaint, "value=\"&lt;Typed>\"", "value=\"" + email + "\"");
    assertThat(open(site, name, "").text()).doesNotContain("Typed", email);
  }

  @ParameterizedTest
  @CsvSource({
    "set-password, new_password, short, 8 characters",
    "set-password, new_password, '', 8 characters",
    "dance, x, x, is none that this page knows",
    "'', x, x, is none that this page knows"
  })
  void actionThatFailsSaysWhy(String action, String field, String value, String complaint) {
    Site site = Sites.one();
    String name = site.freshAccount("viewer");
    Answer page = act(site, name, "action", action, field, value);
    assertThat(page.status()).as("%s", page).isEqualTo(400);
    assertThat(page.text()).contains("role=\"alert\"", complaint);
    assertThat(site.signIn(name)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void accountIsClosedAndOpened(Site site) {
    String name = site.freshAccount("viewer");
    assertThat(open(site, name, "").text()).contains("value=\"deactivate\"");
    Answer closed = act(site, name, "action", "deactivate");
    assertThat(closed.location()).isEqualTo(site.path(path(site, name) + "?done=deactivated"));
    assertThat(open(site, name, "?done=deactivated").text())
        .contains("The account is deactivated", "value=\"activate\"", "ta-badge-off\">deactivated")
        .containsPattern("disabled>Make a link")
        .doesNotContain("value=\"deactivate\"");
    Answer link = act(site, name, "action", "reset-link");
    assertThat(link.status()).isEqualTo(409);
    assertThat(link.text()).contains("Activate it first").doesNotContain("token=");
    Answer opened = act(site, name, "action", "activate");
    assertThat(opened.location()).endsWith("?done=activated");
    assertThat(site.signIn(name)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void linkIsMadeAndShownOnce(Site site) {
    String name = site.freshAccount("viewer");
    Answer page = act(site, name, "action", "reset-link");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("/auth/reset?token=", "good for one hour and once", "id=\"reset-link\"");
    assertThat(page.header("Cache-Control")).contains("no-store");
    assertThat(open(site, name, "").text()).doesNotContain("token=");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void deletionIsAskedAboutAndThenDone(Site site) {
    String name = site.freshAccount("viewer");
    assertThat(open(site, name, "").text())
        .contains("Delete " + name + " for good?", "Delete " + name + " for good</button>")
        .containsOnlyOnce("value=\"delete\"");
    String path = path(site, name);
    Answer gone = act(site, name, "action", "delete");
    assertThat(gone.status()).isEqualTo(303);
    assertThat(gone.location()).isEqualTo(site.path("/auth/admin/users?done=deleted"));
    assertThat(site.get(path).browser().as(site.known("ada")).send().status()).isEqualTo(404);
  }

  @Test
  void ownPageOffersNothingThatIsRefused() {
    Site site = Sites.one();
    assertThat(open(site, "ada", "").text())
        .contains("This is your own account.", "value=\"save\"")
        .doesNotContain(
            "value=\"delete\"",
            "value=\"deactivate\"",
            "value=\"reset-link\"",
            "value=\"set-password\"",
            "value=\"end-sessions\"");
  }

  @Test
  void passwordThatIsKeptElsewhereIsNotChangedHere() {
    Site site = Sites.one();
    User guest =
        User.created(
            site.auth.ids().uuidV7(),
            new Username("guest"),
            new Role("viewer"),
            Origin.backend("ldap"),
            site.clock.instant());
    site.store.users().create(new NewUser(guest, null));
    assertThat(open(site, "guest", "").text())
        .contains("backend:ldap", "value=\"delete\"")
        .doesNotContain("value=\"reset-link\"", "value=\"set-password\"");
    SignedIn ada = site.known("ada");
    for (Call call :
        new Call[] {
          site.post(site.userPath("guest") + "/reset-password").meantBy(ada),
          site.post(site.userPath("guest") + "/set-password")
              .meantBy(ada)
              .object("new_password", ResetLinks.NEXT)
        }) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(409);
      assertThat(answer.error()).isEqualTo("conflict");
      assertThat(answer.json().get("detail").asString()).contains("not kept here");
    }
    assertThat(act(site, "guest", "action", "reset-link").status()).isEqualTo(409);
  }

  @Test
  void userWhoIsGoneMeanwhileIsNotThere() {
    Site site = Sites.one();
    String name = site.freshAccount("viewer");
    String id = site.id(name).toString();
    site.store.beforeNext(
        "change", () -> site.store.users().delete(site.id(name), new Role("admin")));
    Answer answer =
        site.post("/auth/admin/users/" + id)
            .filledBy(site.known("ada"), "action", "deactivate")
            .send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(404);
    assertThat(answer.text()).contains("There is no user with this id.");
    Answer again =
        site.post("/auth/admin/users/" + id).filledBy(site.known("ada"), "action", "delete").send();
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(again.text()).contains("There is no user with this id.", "/auth/admin/users");
  }

  @Test
  void recordOfTheUserIsOneClickAway() {
    Site site = Sites.one();
    String name = site.freshAccount("viewer");
    String link = "/auth/admin/audit?user=" + site.id(name);
    assertThat(open(site, name, "").text()).contains("href=\"" + link + "\"");
    act(site, name, "action", "deactivate");
    assertThat(site.get(link).browser().as(site.known("ada")).send().text())
        .contains("user_deactivated</code>", "ada → " + name);
  }
}
