package io.taskauth.servlet.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.SafeRedirect;
import io.taskauth.principal.Credential;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes in: a result, or a problem that says what is wrong with it. */
class FuzzTest {
  private static final int ROUNDS = 20_000;
  private static final String[] WORDS = {
    "Bearer",
    "bearer ",
    "Basic ",
    " ",
    "=",
    ";",
    ",",
    "\"",
    "taskauth_session",
    "taskauth_csrf",
    "__Host-taskauth_session",
    "__Secure-",
    "{",
    "}",
    "[",
    "]",
    ":",
    "\"username\"",
    "\"password\"",
    "null",
    "true",
    "1e9",
    "-",
    "\\u0000",
    "\\ud800",
    "\\",
    "\u0000",
    "\u00fc",
    "\ud83d\ude00",
    "\ud800",
    "%",
    "%00",
    "%2f",
    "%5c",
    "%zz",
    "&",
    "+",
    "_csrf",
    "/",
    "//",
    "/\\",
    "..",
    "?",
    "#",
    "@",
    "evil.example",
    "https:",
    "\t",
    "\r\n",
    "\u2028",
    "a",
    "0",
    "A".repeat(300)
  };

  private final Random random = new Random(20260301);

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(
          random.nextInt(5) == 0
              ? String.valueOf((char) random.nextInt(0x250))
              : WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  @Test
  void credentialsAreReadOrRefused() {
    CookieJar cookies = new CookieJar("", SameSite.STRICT);
    for (int i = 0; i < ROUNDS; i++) {
      String authorization = text();
      Credential byHeader =
          CredentialReader.read(
              FakeRequest.with(
                  Map.of("Authorization", List.of(authorization), "Cookie", List.of(text()))),
              cookies,
              random.nextBoolean());
      assertThat(byHeader)
          .as(authorization)
          .isInstanceOfAny(Credential.Bearer.class, Credential.Malformed.class);
      if (byHeader instanceof Credential.Bearer bearer) {
        assertThat(authorization.strip()).endsWith(bearer.token());
        assertThat(bearer.token()).matches("[A-Za-z0-9._~+/-]+={0,2}");
      }
      Credential byCookie =
          CredentialReader.read(
              FakeRequest.with(Map.of("Cookie", List.of(text(), text()))), cookies, i % 2 == 0);
      assertThat(byCookie).isInstanceOfAny(Credential.SessionCookie.class, Credential.None.class);
    }
  }

  @Test
  void jsonBodiesAreReadOrRefused() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes =
          random.nextInt(4) == 0 ? bytes() : ("{\"a\":\"" + text() + "\"}").getBytes(UTF_8);
      try {
        JsonBody body = JsonBody.parse(bytes);
        String value = body.optionalText("a", 256).orElse("");
        assertThat(value).doesNotContain("\u0000").hasSizeLessThanOrEqualTo(256);
      } catch (Problem problem) {
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
      }
    }
  }

  @Test
  void formBodiesAreReadOrRefused() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes =
          random.nextInt(4) == 0 ? bytes() : ("a=" + text() + "&b=" + text()).getBytes(UTF_8);
      try {
        FormBody body = FormBody.parse(bytes);
        assertThat(body.text("a", 256)).doesNotContain("\u0000").hasSizeLessThanOrEqualTo(256);
      } catch (Problem problem) {
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
      }
    }
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void nextIsAlwaysAPathOfThisSite() {
    URI site = URI.create("https://site.example/auth/login");
    for (int i = 0; i < ROUNDS; i++) {
      String next = (random.nextBoolean() ? "/" : "") + text();
      SafeRedirect.path(next)
          .ifPresent(
              path -> {
                assertThat(path).startsWith("/").doesNotContain("\\", "\r", "\n", "\t");
                assertThat(path).doesNotStartWith("//");
                if (!path.matches(".*%(?![0-9A-Fa-f]{2}).*")
                    && path.chars().noneMatch(c -> "[]".indexOf(c) >= 0)) {
                  assertThat(site.resolve(path).getHost()).isEqualTo("site.example");
                }
              });
    }
  }
}
