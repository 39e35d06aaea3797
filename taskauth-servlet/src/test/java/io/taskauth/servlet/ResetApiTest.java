package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.testkit.Race;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link is good once, for an hour, for one account, and signs nobody in. */
class ResetApiTest {
  private Site site;

  @BeforeEach
  void start() {
    site = Site.ofItsOwn();
  }

  @AfterEach
  void stop() {
    site.stop();
  }

  private void assertRefused(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_request");
    assertThat(answer.json().get("detail").asString()).contains("'token'", "Ask an administrator");
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void whatWasNeverMadeIsRefused() {
    String good = ResetLinks.make(site, "vera");
    for (String token :
        new String[] {
          "",
          "x",
          good + "x",
          good.substring(1),
          good.toLowerCase(java.util.Locale.ROOT),
          site.known("vera").token().substring(0, 200)
        }) {
      assertRefused(ResetLinks.use(site, token, ResetLinks.NEXT).send());
    }
    assertThat(ResetLinks.use(site, good, ResetLinks.NEXT).send().status()).isEqualTo(200);
  }

  @Test
  void bodyMustBeWhatItIs() {
    String good = ResetLinks.make(site, "vera");
    for (Object[] fields :
        new Object[][] {
          {},
          {"token", good},
          {"new_password", ResetLinks.NEXT},
          {"token", null, "new_password", ResetLinks.NEXT},
          {"token", List.of(good), "new_password", ResetLinks.NEXT},
          {"token", good, "new_password", 12345678},
          {"token", "x".repeat(257), "new_password", ResetLinks.NEXT},
          {"token", good, "new_password", "a fine\u0000one"}
        }) {
      Answer answer = site.post("/api/auth/reset-password").object(fields).send();
      assertThat(answer.status()).as("%s %s", List.of(fields.length), answer).isEqualTo(400);
      assertThat(answer.text()).doesNotContain(good);
    }
    assertThat(site.post("/api/auth/reset-password").form("token", good).send().status())
        .isEqualTo(415);
    assertThat(ResetLinks.use(site, good, ResetLinks.NEXT).send().status()).isEqualTo(200);
  }

  @Test
  void weakPasswordLeavesTheLinkGood() {
    String token = ResetLinks.make(site, "vera");
    for (String weak : new String[] {"short", "password123", "é".repeat(257)}) {
      Answer answer = ResetLinks.use(site, token, weak).send();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().get("detail").asString()).contains("'new_password'");
    }
    assertThat(site.signIn("vera")).isNotNull();
    assertThat(ResetLinks.use(site, token, ResetLinks.NEXT).send().status()).isEqualTo(200);
  }

  @Test
  void passwordChangesAndEverySessionEnds() {
    SignedIn vera = site.signIn("vera");
    MadeToken script = site.makeToken(vera, "script");
    String token = ResetLinks.make(site, "vera");
    assertThat(site.get("/jobs").as(vera).send().status()).isEqualTo(200);
    Answer done = ResetLinks.use(site, token, ResetLinks.NEXT).send();
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text()).isEqualTo("{\"ok\":true}");
    assertThat(done.headers("Set-Cookie")).isEmpty();
    assertThat(site.get("/jobs").as(vera).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").bearer(script.secret()).send().status()).isEqualTo(200);
    assertThat(ResetLinks.login(site, "vera", Site.PASSWORD).error())
        .isEqualTo("invalid_credentials");
    assertThat(ResetLinks.login(site, "vera", ResetLinks.NEXT).status()).isEqualTo(200);
  }

  @Test
  void linkIsGoodOnce() {
    String token = ResetLinks.make(site, "vera");
    assertThat(ResetLinks.use(site, token, ResetLinks.NEXT).send().status()).isEqualTo(200);
    assertRefused(ResetLinks.use(site, token, "yet another one").send());
    assertThat(ResetLinks.login(site, "vera", ResetLinks.NEXT).status()).isEqualTo(200);
  }

  @Test
  void ofManyAtOnceOneIsTaken() {
    String token = ResetLinks.make(site, "vera");
    List<Answer> answers =
        Race.of(8, n -> ResetLinks.use(site, token, "the password of " + n).send());
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    int winner = answers.indexOf(answers.stream().filter(a -> a.status() == 200).toList().get(0));
    assertThat(ResetLinks.login(site, "vera", "the password of " + winner).status()).isEqualTo(200);
  }

  @Test
  void linkEndsAfterAnHour() {
    String one = ResetLinks.make(site, "vera");
    site.clock.advance(Duration.ofMinutes(59));
    assertThat(ResetLinks.use(site, one, "short").send().text()).contains("new_password");
    String other = ResetLinks.make(site, "olga");
    site.clock.advance(Duration.ofMinutes(1));
    assertRefused(ResetLinks.use(site, one, ResetLinks.NEXT).send());
    assertThat(ResetLinks.use(site, other, ResetLinks.NEXT).send().status()).isEqualTo(200);
  }

  @Test
  void everyOtherLinkEndsWithTheFirst() {
    String one = ResetLinks.make(site, "vera");
    String two = ResetLinks.make(site, "vera");
    assertThat(ResetLinks.use(site, two, ResetLinks.NEXT).send().status()).isEqualTo(200);
    assertRefused(ResetLinks.use(site, one, "yet another one").send());
  }

  @Test
  void linkDoesNotOpenAClosedAccount() {
    String token = ResetLinks.make(site, "vera");
    SignedIn ada = site.known("ada");
    site.post(site.userPath("vera") + "/deactivate").meantBy(ada).send();
    assertRefused(ResetLinks.use(site, token, ResetLinks.NEXT).send());
    Answer none = site.post(site.userPath("vera") + "/reset-password").meantBy(ada).send();
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.json().get("detail").asString()).contains("Activate it first");
    site.post(site.userPath("vera") + "/activate").meantBy(ada).send();
    assertRefused(ResetLinks.use(site, token, ResetLinks.NEXT).send());
  }

  @Test
  void linkEndsWithTheAccountAndWithAPasswordThatIsSet() {
    String olgas = ResetLinks.make(site, "olga");
    SignedIn ada = site.known("ada");
    site.post(site.userPath("olga") + "/set-password")
        .meantBy(ada)
        .object("new_password", "set by ada for olga")
        .send();
    assertRefused(ResetLinks.use(site, olgas, ResetLinks.NEXT).send());
    String veras = ResetLinks.make(site, "vera");
    assertThat(site.call("DELETE", site.userPath("vera")).meantBy(ada).send().status())
        .isEqualTo(204);
    assertRefused(ResetLinks.use(site, veras, ResetLinks.NEXT).send());
  }

  @Test
  void guessesAreCountedByAddress() {
    String good = ResetLinks.make(site, "vera");
    for (int i = 0; i < 10; i++) {
      assertRefused(from("203.0.113.7", "guess" + i).send());
    }
    Answer answer = from("203.0.113.7", "guess").send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(429);
    assertThat(answer.error()).isEqualTo("too_many_attempts");
    assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 901);
    assertRefused(from("203.0.113.8", "guess").send());
    // What is right is no guess, whatever others at the address have tried.
    assertThat(from("203.0.113.7", good).send().status()).isEqualTo(200);
    site.clock.advance(Duration.ofMinutes(16));
    assertRefused(from("203.0.113.7", "guess").send());
  }

  private Call from(String address, String token) {
    return ResetLinks.use(site, token, ResetLinks.NEXT).header("X-Forwarded-For", address);
  }

  @Test
  void linksForOneAccountAreCounted() {
    for (int i = 0; i < 10; i++) {
      ResetLinks.make(site, "vera");
    }
    Answer answer =
        site.post(site.userPath("vera") + "/reset-password")
            .bearer(site.token("ada").secret())
            .send();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(ResetLinks.make(site, "olga")).isNotEmpty();
  }

  @Test
  void secretOfTheLinkIsNowhereElse() {
    try (CapturedLog log = new CapturedLog()) {
      String token = ResetLinks.make(site, "vera");
      String answers =
          ResetLinks.use(site, token, "short").send()
              + ResetLinks.use(site, token, ResetLinks.NEXT).send().text()
              + ResetLinks.use(site, token, ResetLinks.NEXT).send()
              + site.get("/auth/reset?token=" + token).browser().send()
              + site.get("/api/auth/audit").as(site.known("ada")).send().text();
      assertThat(answers + log.text())
          .contains("password_reset_requested", "password_reset_refused")
          .doesNotContain(token, ResetLinks.NEXT);
      assertThat(log.text()).contains("password_reset");
    }
  }

  @Test
  void brokenStoreLeavesTheLinkGood() {
    String token = ResetLinks.make(site, "vera");
    site.store.cutOff();
    Answer out = ResetLinks.use(site, token, ResetLinks.NEXT).send();
    site.store.restore();
    assertThat(out.error()).isEqualTo("store_unavailable");
    assertThat(ResetLinks.use(site, token, ResetLinks.NEXT).send().status()).isEqualTo(200);
  }
}
