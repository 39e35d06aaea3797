package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.provider.ProviderAnswer;
import io.taskauth.service.ProviderUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever does not come back as they left is told so, and is not signed in. */
class ProviderRefusedTest {
  private static void isRefused(Answer answer, String error) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(302);
    assertThat(answer.location()).contains("/auth/login?error=" + error + "&slot=");
    assertThat(answer.cookie("taskauth_session")).isEmpty();
    assertThat(answer.cookie("taskauth_return")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no cookie",
        "cookie of another browser",
        "cookie that is none",
        "two cookies",
        "no state",
        "state of nobody",
        "state that is none",
        "two states",
        "state of another slot",
        "used before"
      })
  void stateIsGoodForOneBrowserOneSlotAndOnce(String trick) {
    Site site = Sites.one();
    site.corp.on("ok", StubProvider.person("tricked"));
    site.other.on("ok", StubProvider.person("tricked"));
    AtProvider away = AtProvider.depart(site, "corp", "/jobs");
    AtProvider stranger = AtProvider.depart(site, "corp", "/jobs");
    int asked = site.corp.arrived.size() + site.other.arrived.size();
    String good = "code=ok&state=" + away.state();
    String nobodys = "A".repeat(43);
    Answer answer =
        switch (trick) {
          case "no cookie" -> away.callback(good).send();
          case "cookie of another browser" -> away.callback(good).cookie(stranger.cookie()).send();
          case "cookie that is none" -> away.callback(good).cookie("taskauth_oauth=x").send();
          case "two cookies" ->
              away.callback(good).cookie(away.cookie() + "; " + stranger.cookie()).send();
          case "no state" -> away.callback("code=ok").cookie(away.cookie()).send();
          case "state of nobody" ->
              away.callback("code=ok&state=" + nobodys).cookie(away.cookie()).send();
          case "state that is none" ->
              away.callback("code=ok&state=%00%0a").cookie(away.cookie()).send();
          case "two states" ->
              away.callback(good + "&state=" + away.state()).cookie(away.cookie()).send();
          case "state of another slot" ->
              new AtProvider(site, "other", away.state(), away.cookie()).back("ok").send();
          default -> {
            assertThat(away.back("ok").send().cookie("taskauth_session")).isPresent();
            asked++;
            yield away.back("ok").send();
          }
        };
    isRefused(answer, "oauth_state_invalid");
    assertThat(site.corp.arrived.size() + site.other.arrived.size()).isEqualTo(asked);
    // Whoever is not the one that left must not use it up for the one that did.
    if (!trick.equals("used before")) {
      assertThat(away.back("ok").send().cookie("taskauth_session")).isPresent();
    }
  }

  @Test
  void stateIsGoodForFiveMinutes() {
    Site site = Site.ofItsOwn();
    try {
      site.corp.on("late", StubProvider.person("late"));
      AtProvider inTime = AtProvider.depart(site, "corp", "");
      AtProvider late = AtProvider.depart(site, "corp", "");
      site.clock.advance(Duration.ofMinutes(5).minusMillis(1));
      assertThat(inTime.back("late").send().cookie("taskauth_session")).isPresent();
      site.clock.advance(Duration.ofMillis(1));
      isRefused(late.back("late").send(), "oauth_state_invalid");
    } finally {
      site.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void whateverAProviderSaysLeadsToTheLoginPageInWords(Site site) {
    site.corp.on("denied", new ProviderAnswer.Denied("domain", "Subject-9"));
    site.corp.on("failed", new ProviderAnswer.Failed("nonce"));
    site.corp.on("subject", StubProvider.person("with blank"));
    site.corp.on(
        "broken",
        () -> {
          throw new IllegalStateException("SECRET of the provider");
        });
    site.corp.on(
        "out",
        () -> {
          throw new ProviderUnavailableException("Corp is out");
        });
    Map<String, String> errors =
        Map.of(
            "denied", "oauth_denied",
            "failed", "oauth_failed",
            "subject", "oauth_failed",
            "broken", "oauth_failed",
            "out", "provider_unavailable");
    Map<String, String> words =
        Map.of(
            "oauth_denied", "none of those that may sign in here",
            "oauth_failed", "Corp &amp; Sons gave an answer that cannot be relied upon",
            "provider_unavailable", "Corp &amp; Sons cannot be reached at the moment");
    errors.forEach(
        (code, error) -> {
          String next = site.path("/jobs");
          Answer answer = AtProvider.depart(site, "corp", next).back(code).send();
          isRefused(answer, error);
          Answer page = site.raw("GET", answer.location()).browser().send();
          assertThat(page.status()).isEqualTo(200);
          assertThat(page.text())
              .contains("role=\"alert\"", words.get(error))
              .doesNotContain("SECRET");
          assertThat(page.field("next")).isEqualTo(next);
        });
  }

  @Test
  void providerThatIsOutIsSaidToBeAtTheStart() {
    Site site = Site.ofItsOwn();
    try {
      SignedIn in = AtProvider.signedIn(site, "corp", "stays", null);
      site.corp.out = true;
      Answer answer = site.get("/api/auth/oauth/start/corp?next=%2Fjobs").browser().send();
      isRefused(answer, "provider_unavailable");
      assertThat(answer.location()).endsWith("&next=%2Fjobs");
      assertThat(site.get("/jobs").browser().as(in).send().isFromHost()).isTrue();
    } finally {
      site.stop();
    }
  }

  @Test
  void wordsOfTheAddressAreNotRepeated() {
    Site site = Sites.one();
    for (String query :
        List.of("error=%3Cb%3Eyou+won", "error=oauth_failed&slot=%3Cb%3Eyou+won", "error=")) {
      Answer page = site.get("/auth/login?" + query).browser().send();
      assertThat(page.text()).doesNotContain("you won", "you+won");
    }
    assertThat(site.get("/auth/login?error=oauth_failed&slot=nobody").browser().send().text())
        .contains("The sign-in service gave an answer");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void lookingUsesNothingUpAndUnknownSlotsAreNotThere(Site site) {
    site.corp.on("head", StubProvider.person("head"));
    AtProvider away = AtProvider.depart(site, "corp", "");
    Answer head =
        site.call("HEAD", "/api/auth/oauth/callback/corp?code=head&state=" + away.state())
            .cookie(away.cookie())
            .send();
    assertThat(head.status()).isEqualTo(405);
    assertThat(site.call("HEAD", "/api/auth/oauth/start/corp").send().status()).isEqualTo(405);
    assertThat(away.back("head").send().cookie("taskauth_session")).isPresent();
    assertThat(site.get("/api/auth/oauth/start/nobody").send().error()).isEqualTo("not_found");
    assertThat(site.get("/api/auth/oauth/callback/nobody").send().error()).isEqualTo("not_found");
    assertThat(site.get("/api/auth/oauth/start").send().status()).isIn(401, 404);
  }

  @Test
  void eachIsOnRecordWithSlotAndReason() {
    Site site = Site.ofItsOwn();
    try {
      site.corp.on("denied", new ProviderAnswer.Denied("domain", "Subject-9"));
      site.corp.on("failed", new ProviderAnswer.Failed("nonce"));
      AtProvider away = AtProvider.depart(site, "corp", "");
      isRefused(away.back("denied").send(), "oauth_denied");
      isRefused(away.back("denied").send(), "oauth_state_invalid");
      isRefused(AtProvider.depart(site, "corp", "").back("failed").send(), "oauth_failed");
      assertThat(AtProvider.signIn(site, "corp", "in", null).status()).isEqualTo(302);
      SignedIn ada = site.known("ada");
      String record = site.get("/api/auth/audit").as(ada).send().text();
      assertThat(record)
          .contains("\"event\":\"oauth_denied\"", "\"reason\":\"domain\"", "corp:Subject-9")
          .contains("\"event\":\"oauth_state_invalid\"", "\"slot\":\"corp\"")
          .contains("\"event\":\"oauth_failed\"", "\"reason\":\"nonce\"")
          .contains("\"event\":\"login_success\"", "\"method\":\"oauth:corp\"")
          .doesNotContain(away.state(), "code=");
    } finally {
      site.stop();
    }
  }
}
