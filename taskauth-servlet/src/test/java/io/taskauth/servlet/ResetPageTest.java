package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Choosing a password with a link, in a browser without scripts. */
class ResetPageTest {
  private static Answer open(Site site, String token) {
    return site.get("/auth/reset?token=" + token).browser().send();
  }

  /** Fills in the form of that page. */
  private static Call fillIn(Site site, Answer page, String password, String again) {
    List<String> fields = new ArrayList<>();
    fields.addAll(List.of("_csrf", page.field("_csrf"), "token", page.field("token")));
    fields.addAll(List.of("new_password", password, "new_password_again", again));
    return site.post("/auth/reset").browser().form(fields.toArray(String[]::new));
  }

  private static String cookie(Answer page) {
    String header = page.headers("Set-Cookie").get(0);
    return header.substring(0, header.indexOf(';'));
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void withoutALinkThePageSaysHowToGetOne(Site site) {
    for (String path : new String[] {"/auth/reset", "/auth/reset?token="}) {
      Answer page = site.get(path).browser().send();
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text()).contains("you need a link").doesNotContain("<form");
      assertThat(page.headers("Set-Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void badLinkShowsNoForm(Site site) {
    for (String token : new String[] {"x", "x".repeat(300), "%22%3E%3Cscript%3E", "%00"}) {
      Answer page = open(site, token);
      assertThat(page.status()).as("%s", page).isEqualTo(400);
      assertThat(page.text()).contains("This link is not good").doesNotContain("<form", "<script>");
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void passwordIsChosenAndThenAskedFor(Site site) {
    String name = site.freshAccount("viewer");
    SignedIn before = site.signIn(name);
    String token = ResetLinks.make(site, name);
    Answer page = open(site, token);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("For the account <strong>" + name + "</strong>");
    assertThat(page.field("token")).isEqualTo(token);
    assertThat(page.header("Cache-Control")).contains("no-store");
    assertThat(page.header("Referrer-Policy")).contains("same-origin");
    assertThat(open(site, token).status()).as("looking does not use it up").isEqualTo(200);

    Answer differ = fillIn(site, page, ResetLinks.NEXT, "another one").cookie(cookie(page)).send();
    assertThat(differ.status()).isEqualTo(400);
    assertThat(differ.text()).contains("The two passwords are not the same.", "<form");
    assertThat(differ.field("token")).isEqualTo(token);
    Answer weak = fillIn(site, page, "short", "short").cookie(cookie(page)).send();
    assertThat(weak.status()).isEqualTo(400);
    assertThat(weak.text()).contains("8 characters", "<form").doesNotContain("value=\"short\"");
    assertThat(site.get("/jobs").as(before).send().status()).isEqualTo(200);

    Answer done = fillIn(site, page, ResetLinks.NEXT, ResetLinks.NEXT).cookie(cookie(page)).send();
    assertThat(done.status()).as("%s", done).isEqualTo(303);
    assertThat(done.location()).isEqualTo(site.path("/auth/login?done=reset"));
    assertThat(done.cookie("taskauth_session")).isEmpty();
    assertThat(site.raw("GET", done.location()).browser().send().text())
        .contains("Your new password is set. Sign in with it.");
    assertThat(site.get("/jobs").as(before).send().status()).isEqualTo(401);
    assertThat(site.signIn(name, ResetLinks.NEXT)).isNotNull();

    Answer again =
        fillIn(site, page, "yet another one", "yet another one").cookie(cookie(page)).send();
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text()).contains("This link is not good").doesNotContain("<form");
    assertThat(open(site, token).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void formNeedsItsTokenAndItsCookie(Site site) {
    String name = site.freshAccount("viewer");
    String token = ResetLinks.make(site, name);
    Answer page = open(site, token);
    Answer others = open(site, token);
    for (Call call :
        new Call[] {
          fillIn(site, page, ResetLinks.NEXT, ResetLinks.NEXT),
          fillIn(site, page, ResetLinks.NEXT, ResetLinks.NEXT).cookie(cookie(others)),
          site.post("/auth/reset")
              .browser()
              .cookie(cookie(page))
              .form(
                  "token", token,
                  "new_password", ResetLinks.NEXT,
                  "new_password_again", ResetLinks.NEXT)
        }) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(403);
      assertThat(answer.text()).contains("Please try again.", "<form");
      assertThat(answer.field("token")).isEqualTo(token);
    }
    Call foreign =
        fillIn(site, page, ResetLinks.NEXT, ResetLinks.NEXT)
            .cookie(cookie(page))
            .header("Origin", "https://evil.example");
    assertThat(foreign.send().status()).isEqualTo(403);
    assertThat(site.signIn(name)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void sessionOfSomebodyElseInTheBrowserDoesNotMatter(Site site) {
    String name = site.freshAccount("viewer");
    Answer page = open(site, ResetLinks.make(site, name));
    Answer done =
        fillIn(site, page, ResetLinks.NEXT, ResetLinks.NEXT)
            .cookie(cookie(page) + "; " + site.known("olga").session())
            .send();
    assertThat(done.status()).isEqualTo(303);
    assertThat(site.signIn(name, ResetLinks.NEXT)).isNotNull();
    assertThat(site.get("/jobs").as(site.known("olga")).send().text()).contains("user=olga");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tooManyGuessesWait(Site site) {
    String name = site.freshAccount("viewer");
    Answer page = open(site, ResetLinks.make(site, name));
    for (int i = 0; i < 10; i++) {
      ResetLinks.use(site, "guess", ResetLinks.NEXT)
          .header("X-Forwarded-For", "198.51.100.9")
          .send();
    }
    assertThat(ResetLinks.make(site, name)).as("takes the place of the first").isNotEmpty();
    Answer answer =
        fillIn(site, page, ResetLinks.NEXT, ResetLinks.NEXT)
            .cookie(cookie(page))
            .header("X-Forwarded-For", "198.51.100.9")
            .send();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(answer.text()).contains("Too many failed attempts.").doesNotContain("<form");
  }
}
