package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.token.SignedTokens;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is no token that somebody has made, or is none any more. */
class TokenRefusedTest {
  private static final String PREFIX = "taskauth_pat_";

  private static void assertRefused(Site site, String token) {
    for (Call call :
        new Call[] {
          site.get("/jobs").bearer(token),
          site.get("/jobs").browser().bearer(token),
          site.post("/run/x").bearer(token),
          site.get("/api/auth/tokens").bearer(token),
          site.get("/jobs").as(site.known("ada")).bearer(token)
        }) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(401);
      assertThat(answer.error()).as("%s", answer).isEqualTo("invalid_token");
      assertThat(answer.headers("WWW-Authenticate"))
          .containsExactly("Bearer error=\"invalid_token\"");
      assertThat(answer.header("Location")).isEmpty();
      assertThat(answer.headers("Set-Cookie")).isEmpty();
      assertThat(answer.json().has("login_url")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void whatWasAlteredOrMadeUpIsRefused(Site site) {
    String good = site.token("vera").secret();
    String jwt = good.substring(PREFIX.length());
    int signature = good.lastIndexOf('.') + 1;
    for (String token :
        List.of(
            PREFIX,
            PREFIX + "x",
            PREFIX + "a.b.c",
            jwt,
            PREFIX + PREFIX + jwt,
            "Taskauth_pat_" + jwt,
            good.substring(0, signature),
            good.substring(0, good.length() - 2),
            good.substring(0, signature)
                + "A"
                + good.substring(signature + 1).toUpperCase(java.util.Locale.ROOT),
            PREFIX + "A" + jwt.substring(1),
            PREFIX
                + jwt.substring(0, jwt.indexOf('.'))
                + ".e30"
                + jwt.substring(jwt.lastIndexOf('.')),
            PREFIX + site.known("vera").token(),
            site.known("vera").token() + "x")) {
      assertRefused(site, token);
    }
    assertThat(site.get("/jobs").bearer(good).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenIsNoCookie(Site site) {
    String good = site.token("vera").secret();
    for (String value : List.of(good, good.substring(PREFIX.length()))) {
      Answer answer = site.get("/jobs").cookie("taskauth_session=" + value).send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(401);
      assertThat(answer.error()).isEqualTo("not_authenticated");
      assertThat(answer.headers("Set-Cookie")).hasSize(2).allMatch(c -> c.contains("Max-Age=0"));
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenIsReadFromTheHeaderOnly(Site site) {
    String good = site.token("vera").secret();
    assertThat(site.get("/jobs?access_token=" + good + "&token=" + good).send().status())
        .isEqualTo(401);
    assertThat(site.post("/run/x").form("access_token", good).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").header("X-Api-Key", good).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").header("Authorization", good).send().status()).isEqualTo(401);
    assertThat(site.get("/jobs").header("Authorization", "Token " + good).send().status())
        .isEqualTo(401);
    assertThat(site.get("/jobs").bearer(good).bearer(good).send().status()).isEqualTo(401);
  }

  @Test
  void wellSignedTokenThatIsNotTheOneOfItsRowIsRefused() {
    Site site = Sites.one();
    MadeToken good = site.token("vera");
    Instant made = site.clock.instant();
    String vera = site.id("vera").toString();
    String otherEnd = forge(site, "0123456789abcdefghijklmnopqrstuvwxyz!", vera, good.id(), null);
    assertRefused(site, otherEnd);
    assertRefused(
        site,
        forge(
            site,
            "0123456789abcdefghijklmnopqrstuvwxyz!",
            site.id("ada").toString(),
            good.id(),
            made.plus(Duration.ofDays(90))));
    assertRefused(
        site, forge(site, "0123456789abcdefghijklmnopqrstuvwxyz!", vera, "0".repeat(32), null));
    assertRefused(
        site, forge(site, "0123456789abcdefghijklmnopqrstuvwxyz!", "ada", good.id(), null));
    assertRefused(
        site, forge(site, "0123456789abcdefghijklmnopqrstuvwxyz?", vera, good.id(), null));
    assertThat(site.get("/jobs").bearer(good.secret()).send().status()).isEqualTo(200);
  }

  private static String forge(
      Site site, String secret, String subject, String id, @Nullable Instant end) {
    SignedTokens tokens =
        new SignedTokens(new SigningKeys(List.of(SigningKey.of(secret))), "taskauth", site.clock);
    return PREFIX
        + tokens.sign(
            new TokenClaims(TokenType.PAT, subject, id, site.clock.instant(), end, Map.of()));
  }

  @Test
  void tokenEndsAtItsSecond() {
    Site site = Site.ofItsOwn();
    try {
      Answer made =
          site.post("/api/auth/tokens")
              .meantBy(site.known("vera"))
              .object("name", "short", "expires_in_days", 1)
              .send();
      String token = made.json().get("token").asString();
      site.clock.advance(Duration.ofDays(1).minusSeconds(1));
      assertThat(site.get("/jobs").bearer(token).send().status()).isEqualTo(200);
      site.clock.advance(Duration.ofSeconds(1));
      Answer late = site.get("/jobs").bearer(token).send();
      assertThat(late.status()).as("%s", late).isEqualTo(401);
      assertThat(late.error()).isEqualTo("invalid_token");
      assertThat(late.json().get("detail").asString()).contains("expired");
      Answer page = site.get("/auth/account").browser().as(site.signIn("vera")).send();
      assertThat(page.text()).contains(made.json().get("prefix").asString(), "expired");
    } finally {
      site.stop();
    }
  }

  @Test
  void tokenOfAClosedOrDeletedAccountIsRefused() {
    Site site = Sites.one();
    for (boolean deleted : new boolean[] {true, false}) {
      String name = site.freshAccount("viewer");
      String token = site.makeToken(site.signIn(name), "script").secret();
      assertThat(site.get("/jobs").bearer(token).send().status()).isEqualTo(200);
      if (deleted) {
        site.call("DELETE", site.userPath(name)).meantBy(site.known("ada")).send();
      } else {
        site.change(name, UserChange.nothing().deactivate(site.clock.instant(), null));
      }
      assertRefused(site, token);
    }
  }

  @Test
  void storeThatIsOutIsNoReasonToThrowATokenAway() {
    Site site = Site.ofItsOwn();
    try {
      MadeToken token = site.token("vera");
      site.store.cutOff();
      Answer out = site.get("/jobs").bearer(token.secret()).send();
      assertThat(out.status()).as("%s", out).isEqualTo(503);
      assertThat(out.error()).isEqualTo("store_unavailable");
      assertThat(out.header("Retry-After")).isPresent();
      assertRefused401(site.get("/jobs").bearer(PREFIX + "a.b.c").send());
      site.store.restore();
      assertThat(site.get("/jobs").bearer(token.secret()).send().status()).isEqualTo(200);
      site.store.cutOff();
      assertThat(site.get("/jobs").bearer(token.secret()).send().status())
          .as("remembered for a moment")
          .isEqualTo(200);
    } finally {
      site.store.restore();
      site.stop();
    }
  }

  private static void assertRefused401(Answer answer) {
    assertThat(answer.error()).as("turned away by its signature").isEqualTo("invalid_token");
  }
}
