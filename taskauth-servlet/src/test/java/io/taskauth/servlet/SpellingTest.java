package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another spelling of the same thing is the same thing. */
class SpellingTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void spellingOfTheMountNeverReachesCookiesAndPages(Site site) {
    if (site.mount == Mount.ROOT) {
      return;
    }
    // Tomcat's getContextPath() answers as the client spelt it.
    for (String mount :
        new String[] {
          "/tools;Domain=evil.example/queue",
          "/tools/queue;Secure",
          "/%74ools/queue",
          "/x/../tools/queue",
          "/tools/./queue"
        }) {
      Answer login =
          site.raw("POST", mount + "/api/auth/login")
              .json(Site.credentials("vera", Site.PASSWORD))
              .send();
      for (String cookie : login.headers("Set-Cookie")) {
        assertThat(cookie).contains("; Path=/tools/queue; ").doesNotContain("evil", "%74", "..");
      }
      Answer challenge = site.raw("GET", mount + "/jobs").browser().send();
      if (challenge.status() == 302) {
        assertThat(challenge.location()).startsWith("/tools/queue/");
      }
      Answer page = site.raw("GET", mount + "/auth/login").send();
      assertThat(page.text()).doesNotContain("action=\"" + mount);
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void ruleForGetHoldsForHeadToo(Site site) {
    // Servlets answer HEAD by running doGet: what it shows and does would be open otherwise.
    assertThat(site.call("HEAD", "/reports").as(site.known("vera")).send().status()).isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void csrfTokenInTheQueryIsRefusedHoweverItsNameIsSpelt(Site site) {
    SignedIn vera = site.known("vera");
    for (String name : new String[] {"_csrf", "%5Fcsrf", "_%63srf", "a=b&%5f%63%73%72%66"}) {
      Answer answer =
          site.post("/jobs?" + name + "=" + vera.csrf()).as(vera).form("colour", "blue").send();
      assertThat(answer.error()).as("%s", answer).isEqualTo("csrf_failed");
    }
  }
}
