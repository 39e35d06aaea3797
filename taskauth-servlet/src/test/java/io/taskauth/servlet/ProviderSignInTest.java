package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.provider.AuthorizationRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A browser goes to a provider and comes back. */
class ProviderSignInTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void leadsToWhereOneWantedAndIsSomebodyThere(Site site) {
    site.corp.on("c1", StubProvider.person("Subject-1"));
    String next = site.path("/jobs?a=b&c=%2F");
    AtProvider away = AtProvider.depart(site, "corp", next);
    Answer in = away.back("c1").send();
    assertThat(in.status()).as("%s", in).isEqualTo(302);
    assertThat(in.location()).isEqualTo(next);
    assertThat(in.header("Cache-Control")).contains("no-store");
    Answer page =
        site.get("/jobs")
            .browser()
            .cookie(in.cookie("taskauth_session").orElseThrow().replaceAll(";.*", ""))
            .send();
    assertThat(page.isFromHost()).isTrue();
    assertThat(page.text()).contains("corp:Subject-1", "viewer");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void pageAfterTheReturnAsksForTheStrictCookieOnce(Site site) {
    Answer in = AtProvider.signIn(site, "corp", "back", null);
    String back = in.cookie("taskauth_return").orElseThrow();
    assertThat(back).contains("SameSite=Lax", "HttpOnly", "Max-Age=60");
    assertThat(in.cookie("taskauth_session").orElseThrow()).contains("SameSite=Strict");
    String marker = back.substring(0, back.indexOf(';'));
    // As browsers do: the cookie that is SameSite=Strict is not sent on the way from another site.
    Answer bounce = site.get("/jobs?q=%22%3E").browser().cookie(marker).send();
    assertThat(bounce.status()).isEqualTo(200);
    assertThat(bounce.isFromHost()).isFalse();
    assertThat(bounce.text())
        .contains("http-equiv=\"refresh\" content=\"0; url=" + site.path("/jobs?q=%22%3E") + "\"")
        .doesNotContain("<script>");
    assertThat(bounce.cookie("taskauth_return").orElseThrow()).contains("Max-Age=0");
    String session = in.cookie("taskauth_session").orElseThrow().replaceAll(";.*", "");
    Answer there = site.get("/jobs").browser().cookie(marker + "; " + session).send();
    assertThat(there.isFromHost()).isTrue();
    assertThat(there.cookie("taskauth_return").orElseThrow()).contains("Max-Age=0");
    // Nor does it go round in circles where the marker comes each time and the cookie never.
    Answer own =
        site.get("/jobs").browser().cookie(marker).header("Sec-Fetch-Site", "same-origin").send();
    assertThat(own.status()).isEqualTo(302);
    assertThat(own.location()).contains("/auth/login");
    // A program is told as ever, and so is whoever has no such cookie.
    assertThat(site.get("/jobs").cookie(marker).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").browser().send().status()).isEqualTo(302);
  }

  @Test
  void cookieThatComesWithLinksNeedsNoSuchPage() {
    Site site = Site.custom(Mount.ROOT, auth -> auth, WebOptions::sameSiteLax);
    try {
      Answer in = AtProvider.signIn(site, "corp", "lax", null);
      assertThat(in.cookie("taskauth_session").orElseThrow()).contains("SameSite=Lax");
      assertThat(in.cookie("taskauth_return")).isEmpty();
      Answer stranger = site.get("/jobs").browser().cookie("taskauth_return=1").send();
      assertThat(stranger.location()).contains("/auth/login");
    } finally {
      site.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void browsersCookieSurvivesTheWayAndNothingElse(Site site) {
    Answer away = site.get("/api/auth/oauth/start/corp").browser().send();
    assertThat(away.cookie("taskauth_oauth").orElseThrow())
        .contains("HttpOnly", "SameSite=Lax", "Max-Age=300")
        .doesNotContain("Secure");
    Answer secure = site.get("/api/auth/oauth/start/corp").browser().https().send();
    assertThat(secure.cookie("taskauth_oauth").orElseThrow())
        .startsWith("__")
        .contains("Secure", "SameSite=Lax");
  }

  @Test
  void twoTabsAreOnTheirWayAtOnce() {
    Site site = Sites.one();
    site.corp.on("tab", StubProvider.person("tabs"));
    AtProvider first = AtProvider.depart(site, "corp", "/one");
    AtProvider second = AtProvider.depart(site, "corp", "/two", first.cookie());
    assertThat(second.cookie()).isEqualTo(first.cookie());
    assertThat(second.back("tab").send().location()).isEqualTo("/two");
    assertThat(first.back("tab").send().location()).isEqualTo("/one");
  }

  @Test
  void providerIsToldTheSameAtBothEnds() {
    Site site = Sites.one();
    site.corp.on("same", StubProvider.person("same"));
    AtProvider away = AtProvider.depart(site, "corp", "");
    Answer in = away.back("same").send();
    assertThat(in.location()).isEqualTo("/");
    AuthorizationRequest begun =
        site.corp.departed.stream()
            .filter(request -> request.state().equals(away.state()))
            .findFirst()
            .orElseThrow();
    assertThat(site.corp.arrived)
        .anySatisfy(
            response -> {
              assertThat(response.request()).isEqualTo(begun);
              assertThat(response.parameters()).containsOnlyKeys("code", "state");
            });
    assertThat(begun.redirectUri())
        .hasToString("http://127.0.0.1:" + site.port() + "/api/auth/oauth/callback/corp");
    assertThat(List.of(begun.nonce(), begun.codeVerifier(), begun.state())).doesNotHaveDuplicates();
  }

  @Test
  void sessionThatTheBrowserHadEnds() {
    Site site = Sites.one();
    SignedIn before = site.signIn(site.freshAccount("operator"));
    site.corp.on("switch", StubProvider.person("switch"));
    AtProvider away = AtProvider.depart(site, "corp", "", before.session());
    // The way back comes without the cookie that is SameSite=Strict.
    assertThat(away.back("switch").send().cookie("taskauth_session")).isPresent();
    assertThat(site.get("/api/auth/whoami").as(before).send().status()).isEqualTo(401);
  }

  @Test
  void nobodyIsSentAwayByAPageOfAnotherSite() {
    Site site = Sites.one();
    for (String from : List.of("cross-site", "same-site")) {
      Answer answer =
          site.get("/api/auth/oauth/start/corp?next=%2Fjobs")
              .browser()
              .header("Sec-Fetch-Site", from)
              .send();
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.location()).isEqualTo("/auth/login?next=%2Fjobs");
      assertThat(answer.cookie("taskauth_oauth")).isEmpty();
    }
  }

  @Test
  void picturesAndWhatIsFetchedAheadLeadNowhere() {
    Site site = Sites.one();
    SignedIn before = site.signIn(site.freshAccount("operator"));
    site.corp.on("picture", StubProvider.person("picture"));
    for (String[] header :
        List.of(
            new String[] {"Sec-Fetch-Dest", "image"},
            new String[] {"Sec-Fetch-Mode", "no-cors"},
            new String[] {"Sec-Purpose", "prefetch"})) {
      Answer start =
          site.get("/api/auth/oauth/start/corp")
              .browser()
              .as(before)
              .header("Sec-Fetch-Site", "same-origin")
              .header(header[0], header[1])
              .send();
      assertThat(start.location()).as(header[1]).isEqualTo("/auth/login");
      AtProvider away = AtProvider.depart(site, "corp", "", before.session());
      Answer back = away.back("picture").header(header[0], header[1]).send();
      assertThat(back.status()).as(header[1]).isEqualTo(403);
      assertThat(back.cookie("taskauth_session")).isEmpty();
    }
    assertThat(site.get("/api/auth/whoami").as(before).send().status()).isEqualTo(200);
  }

  @Test
  void addressOfAnotherSiteIsNoPlaceToComeBackTo() {
    Site site = Sites.one();
    site.corp.on("evil", StubProvider.person("evil"));
    for (String next :
        List.of("https://evil.example", "//evil.example", "/\\evil", "/auth/login")) {
      assertThat(AtProvider.depart(site, "corp", next).back("evil").send().location())
          .as(next)
          .isEqualTo("/");
    }
  }

  @Test
  void manyDeparturesFromOneAddressAreTooMany() {
    Site site =
        Site.custom(
            Mount.ROOT,
            auth ->
                auth.throttle(
                    new io.taskauth.login.ThrottlePolicy(10, 100, 5, Duration.ofMinutes(15))),
            options -> options);
    try {
      // What succeeds is given back: a whole office may come from one address.
      for (int i = 0; i < 6; i++) {
        Answer unused = AtProvider.signIn(site, "corp", "many" + i, null);
      }
      for (int i = 0; i < 5; i++) {
        AtProvider unused = AtProvider.depart(site, "corp", "");
      }
      Answer sixth = site.get("/api/auth/oauth/start/corp").browser().send();
      assertThat(sixth.status()).isEqualTo(429);
      assertThat(sixth.header("Retry-After")).isPresent();
      assertThat(sixth.text()).contains("<html", "Wait a while");
    } finally {
      site.stop();
    }
  }
}
