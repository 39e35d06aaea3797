package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page that lets in the command line, and what the command line gets for the code. */
class AuthorizePageTest {
  private static final String REDIRECT = "http://127.0.0.1:40123/callback";
  private static final String STATE = "the-state-of-the-program-0123456789";
  private static final String VERIFIER = "v".repeat(60);
  private static final Pattern ONWARD = Pattern.compile("content=\"0; url=([^\"]+)\"");

  private static Map<String, String> good() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", "taskauth-cli");
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("state", STATE);
    parameters.put("code_challenge", challenge());
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  private static String challenge() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String page(Map<String, String> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach(
        (name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return "/auth/authorize?" + String.join("&", pairs);
  }

  private static Call answered(
      Site site, SignedIn who, Map<String, String> parameters, String yes) {
    List<String> fields = new ArrayList<>();
    parameters.forEach((name, value) -> fields.addAll(List.of(name, value)));
    fields.addAll(List.of("answer", yes));
    return site.post("/auth/authorize").filledBy(who, fields.toArray(String[]::new));
  }

  /** Where the page leads the browser. */
  private static URI onward(Answer page) {
    Matcher found = ONWARD.matcher(page.text());
    assertThat(found.find()).as("%s", page).isTrue();
    return URI.create(found.group(1).replace("&amp;", "&"));
  }

  private static String code(Site site, SignedIn who) {
    URI back = onward(answered(site, who, good(), "yes").send());
    assertThat(back.toString()).startsWith(REDIRECT + "?code=").endsWith("&state=" + STATE);
    return back.getQuery().replaceAll("^code=|&.*$", "");
  }

  private static Call exchange(Site site, String code, String verifier) {
    return site.post("/api/auth/token")
        .object(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "code_verifier",
            verifier,
            "redirect_uri",
            REDIRECT);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void yesLeadsBackWithACodeThatIsASession(Site site) {
    SignedIn vera = site.known("vera");
    Answer asked = site.get(page(good())).browser().as(vera).send();
    assertThat(asked.status()).as("%s", asked).isEqualTo(200);
    assertThat(asked.text()).contains("Sign in on the command line?", "<strong>vera</strong>");
    assertThat(asked.field("redirect_uri")).isEqualTo(REDIRECT);
    assertThat(asked.field("_csrf")).isEqualTo(vera.csrf());
    assertThat(asked.header("X-Frame-Options")).contains("DENY");

    Answer said = answered(site, vera, good(), "yes").send();
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.header("Cache-Control")).contains("no-store");
    assertThat(said.header("Referrer-Policy")).contains("same-origin");
    String code = onward(said).getQuery().replaceAll("^code=|&.*$", "");

    Answer in = exchange(site, code, VERIFIER).send();
    assertThat(in.status()).as("%s", in).isEqualTo(200);
    assertThat(in.headers("Set-Cookie")).isEmpty();
    assertThat(in.json().get("token_type").asString()).isEqualTo("bearer");
    String token = in.json().get("access_token").asString();
    Answer who = site.get("/api/auth/whoami").bearer(token).send();
    assertThat(who.json().at("/user/username").asString()).isEqualTo("vera");
    assertThat(who.json().get("via").asString()).isEqualTo("session");
    assertThat(site.post("/api/auth/logout").bearer(token).send().status()).isEqualTo(200);
    assertThat(site.get("/api/auth/whoami").bearer(token).send().status()).isEqualTo(401);
    assertThat(site.get("/api/auth/whoami").as(vera).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void codeThatIsNotGoodIsRefusedInTheTermsOfTheStandard(Site site) {
    String code = code(site, site.known("vera"));
    Answer other = exchange(site, code, "w".repeat(60)).send();
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.error()).isEqualTo("invalid_grant");
    assertThat(exchange(site, code, VERIFIER).send().status()).isEqualTo(200);
    assertThat(exchange(site, code, VERIFIER).send().error()).isEqualTo("invalid_grant");
    Answer grant =
        site.post("/api/auth/token").object("grant_type", "refresh_token", "code", code).send();
    assertThat(grant.status()).isEqualTo(400);
    assertThat(grant.text()).contains("grant_type");
    Answer missing = site.post("/api/auth/token").object("grant_type", "authorization_code").send();
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.text()).contains("'code'");
    Answer named =
        site.post("/api/auth/token")
            .object("grant_type", "password", "username", "vera", "password", Site.PASSWORD)
            .send();
    assertThat(named.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void noLeadsBackWithoutACode(Site site) {
    for (String answer : new String[] {"no", "", "YES"}) {
      URI back = onward(answered(site, site.known("vera"), good(), answer).send());
      assertThat(back).hasToString(REDIRECT + "?error=access_denied&state=" + STATE);
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void whoeverIsNotSignedInSignsInAndComesBack(Site site) {
    Answer away = site.get(page(good())).browser().send();
    assertThat(away.status()).isEqualTo(302);
    assertThat(away.location()).startsWith(site.path("/auth/login?next="));
    String next = away.location().substring(site.path("/auth/login?next=").length());
    assertThat(URLDecoder.decode(next, StandardCharsets.UTF_8)).isEqualTo(site.path(page(good())));
    Answer form = site.get("/auth/login?next=" + next).browser().send();
    assertThat(form.field("next").replace("&amp;", "&")).isEqualTo(site.path(page(good())));
    assertThat(site.get(page(good())).send().status()).isEqualTo(401);
  }

  @Test
  void pageShowsNothingToLeadAStrangerAnywhere() {
    Site site = Sites.one();
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("response_type", "token");
    bad.put("client_id", "somebody-else");
    bad.put("redirect_uri", "http://127.0.0.1.evil.example:40123/callback");
    bad.put("state", "<script>alert(1)</script>0123456789");
    bad.put("code_challenge", "plain");
    bad.put("code_challenge_method", "plain");
    bad.forEach(
        (name, value) -> {
          Map<String, String> parameters = good();
          parameters.put(name, value);
          assertRefused(site.get(page(parameters)).browser().as(site.known("vera")).send());
          assertRefused(answered(site, site.known("vera"), parameters, "yes").send());
          assertRefused(answered(site, site.known("vera"), parameters, "no").send());
          Map<String, String> without = good();
          without.remove(name);
          assertRefused(site.get(page(without)).browser().as(site.known("vera")).send());
          String twice = page(good()) + "&" + name + "=" + good().get(name);
          assertRefused(site.get(twice).browser().as(site.known("vera")).send());
        });
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.text())
        .contains("taskauth login --browser")
        .doesNotContain("http-equiv", "evil.example", "alert(1)", "40123");
    assertThat(answer.headers("Location")).isEmpty();
  }

  @Test
  void yesIsThePersonsOwn() {
    Site site = Sites.one();
    SignedIn vera = site.known("vera");
    List<String> fields = new ArrayList<>(List.of("answer", "yes"));
    good().forEach((name, value) -> fields.addAll(List.of(name, value)));
    Call bare = site.post("/auth/authorize").browser().as(vera);
    assertThat(bare.form(fields.toArray(String[]::new)).send().status()).isEqualTo(403);
    Answer foreign =
        answered(site, vera, good(), "yes").header("Sec-Fetch-Site", "cross-site").send();
    assertThat(foreign.status()).isEqualTo(403);
    Answer token = site.get(page(good())).bearer(site.token("vera").secret()).send();
    assertThat(token.error()).isEqualTo("session_required");
  }
}
