package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Finding and making accounts in a browser without scripts. */
class UsersPageTest {
  private static final String PAGE = "/auth/admin/users";

  private static Answer create(Site site, String... fields) {
    return site.post(PAGE).filledBy(site.known("ada"), fields).send();
  }

  private static Answer open(Site site, String query) {
    return site.get(PAGE + query).browser().as(site.known("ada")).send();
  }

  @ParameterizedTest
  @CsvSource({
    "a b, x@example.com, viewer, '', The user name must be",
    "google:x, x@example.com, viewer, '', The user name must be",
    "'', x@example.com, viewer, '', The user name must be",
    "typed.name, nowhere, viewer, '', This is no e-mail address",
    "typed.name, 'a@b.example,c@d.example', viewer, '', This is no e-mail address",
    "typed.name, x@example.com, root, '', must be one of: viewer",
    "typed.name, x@example.com, operator, short, 8 characters",
    "typed.name, x@example.com, operator, password123, password",
    "VERA, x@example.com, operator, '', There is a user of this name"
  })
  void whatWasTypedStaysWithWhatIsWrongAboutIt(
      String username, String email, String role, String password, String complaint) {
    Site site = Sites.one();
    Answer page =
        create(
            site,
            "username",
            username,
            "display_name",
            "Somebody \"Typed\"",
            "email",
            email,
            "role",
            role,
            "password",
            password);
    assertThat(page.status()).as("%s", page).isIn(400, 409);
    assertThat(page.text())
        .contains("role=\"alert\"", complaint, "<details class=\"ta-new\" open>")
        .contains("name=\"username\" value=\"" + username + "\"")
        .contains("name=\"email\" value=\"" + email + "\"")
        .contains("value=\"Somebody &#34;Typed&#34;\"")
        .doesNotContain("value=\"short\"", "value=\"password123\"");
    if (role.equals("operator")) {
      assertThat(page.text()).contains("<option value=\"operator\" selected>");
    }
    assertThat(open(site, "?q=typed.name").text()).contains("No name or e-mail begins with that.");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void withoutAPasswordTheLinkIsShownOnce(Site site) {
    String name = "page-" + site.freshAccount("viewer");
    Answer made = create(site, "username", name, "email", "", "display_name", "", "role", "viewer");
    assertThat(made.status()).as("%s", made).isEqualTo(200);
    assertThat(made.text())
        .contains("<h1>" + name, "It was not mailed", "data-copy=\"reset-link\"");
    assertThat(made.header("Cache-Control")).contains("no-store");
    String link =
        made.text().replaceAll("(?s).*value=\"([^\"]*/auth/reset\\?token=[^\"]*)\".*", "$1");
    String start = "http://127.0.0.1:" + site.port() + site.path("/auth/reset?token=");
    assertThat(link).startsWith(start);
    Answer again = site.get(PAGE + "/" + site.id(name)).browser().as(site.known("ada")).send();
    assertThat(again.text()).doesNotContain("/auth/reset", "id=\"reset-link\"");
    assertThat(
            ResetLinks.use(site, link.substring(start.length()), ResetLinks.NEXT).send().status())
        .isEqualTo(200);
    assertThat(site.signIn(name, ResetLinks.NEXT)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void withAPasswordTheUserCanSignIn(Site site) {
    String name = "page-" + site.freshAccount("viewer");
    Answer made =
        create(
            site,
            "username",
            name,
            "display_name",
            "Page Made",
            "email",
            name + "@example.com",
            "role",
            "operator",
            "password",
            Site.PASSWORD);
    assertThat(made.status()).as("%s", made).isEqualTo(303);
    String page = site.path(PAGE + "/" + site.id(name));
    assertThat(made.location()).isEqualTo(page + "?done=created");
    assertThat(site.raw("GET", made.location()).browser().as(site.known("ada")).send().text())
        .contains("The user is created.", "Page Made", name + "@example.com")
        .contains("<option value=\"operator\" selected>");
    assertThat(site.post("/run/x").meantBy(site.signIn(name)).send().status()).isEqualTo(200);
  }

  @Test
  void listIsPagedAndItsLinksCarryTheSearch() {
    Site site = Site.ofItsOwn();
    try {
      for (int i = 10; i < 40; i++) {
        site.account("list" + i, "viewer");
      }
      Answer first = open(site, "?q=LIST1");
      assertThat(first.text())
          .contains("list10", "list19", "value=\"LIST1\"")
          .doesNotContain("list20", "Next page", "First page");
      Answer list = open(site, "?q=list");
      assertThat(list.text()).contains("list10", "list34", "Next page").doesNotContain("list35");
      String next = list.text().replaceAll("(?s).*href=\"([^\"]*cursor=[^\"]*)\".*", "$1");
      assertThat(next).startsWith(PAGE + "?q=list&amp;cursor=");
      Answer second =
          site.raw("GET", next.replace("&amp;", "&")).browser().as(site.known("ada")).send();
      assertThat(second.text())
          .contains("list35", "list39", "href=\"" + PAGE + "?q=list\">First page")
          .doesNotContain("list34", "Next page");
      assertThat(open(site, "").text())
          .contains("list39", "Next page")
          .doesNotContain("Manage ada");
      assertThat(open(site, "?q=%22%3E%3Cscript%3E").text())
          .contains("value=\"&#34;>&lt;script>\"", "No name or e-mail begins with that.")
          .doesNotContain("<script>");
    } finally {
      site.stop();
    }
  }

  @Test
  void queryThatMakesNoSenseGetsAPage() {
    Site site = Sites.one();
    for (String query : new String[] {"?limit=x", "?cursor=x", "?q=" + "x".repeat(300)}) {
      Answer page = open(site, query);
      assertThat(page.status()).as("%s", page).isEqualTo(400);
      assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
    }
  }

  @Test
  void noticeComesFromAFixedList() {
    Site site = Sites.one();
    assertThat(open(site, "?done=deleted").text()).contains("The user is deleted.");
    assertThat(open(site, "?done=Call+0900-1234").text()).doesNotContain("0900-1234");
  }
}
