package io.taskauth.token;

import static io.taskauth.token.Forge.KEY;
import static io.taskauth.token.Forge.NOW;
import static io.taskauth.token.Forge.OTHER;
import static io.taskauth.token.Forge.base64;
import static io.taskauth.token.Forge.header;
import static io.taskauth.token.Forge.keys;
import static io.taskauth.token.Forge.payload;
import static io.taskauth.token.Forge.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Only what we signed ourselves, in the one spelling that we wrote, is a token. */
class SignedTokensTest {
  private static final TokenCheck INVALID = new TokenCheck.Invalid();
  private static final SignedTokens TOKENS = tokens(KEY);
  private static final TokenClaims CLAIMS =
      new TokenClaims(
          TokenType.SESSION,
          "ada",
          "1",
          Instant.ofEpochSecond(NOW),
          Instant.ofEpochSecond(NOW + 60),
          Map.of());

  private static SignedTokens tokens(SigningKey... keys) {
    return new SignedTokens(keys(keys), "taskauth", () -> Instant.ofEpochSecond(NOW));
  }

  private static TokenCheck check(String token) {
    return TOKENS.check(token, TokenType.SESSION);
  }

  static Stream<Arguments> forgeries() {
    String good = TOKENS.sign(CLAIMS);
    String[] parts = good.split("\\.");
    List<Arguments> all = new ArrayList<>();
    for (String none : List.of("none", "None", "NONE", "nOnE", "", "hs256", "HS256 ")) {
      String header = "{\"alg\":\"" + none + "\",\"kid\":\"" + KEY.id() + "\"}";
      String unsigned = base64(header.getBytes(UTF_8)) + "." + parts[1] + ".";
      all.add(Arguments.of("alg " + none + " unsigned", unsigned));
      all.add(Arguments.of("alg " + none + " with a signature", unsigned + parts[2]));
      all.add(Arguments.of("alg " + none + " signed", signed(header, payload(""))));
    }
    for (String other : List.of("HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "dir")) {
      String header = "{\"alg\":\"" + other + "\",\"kid\":\"" + KEY.id() + "\"}";
      all.add(Arguments.of("alg " + other, signed(header, payload(""))));
      all.add(
          Arguments.of(
              "alg " + other + " and its size",
              signed(header, payload(""), "HmacSHA512", KEY.forTokens())));
    }
    for (String more :
        List.of(
            "\"jku\":\"https://evil.example/keys\"",
            "\"x5u\":\"https://evil.example/cert\"",
            "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
            "\"x5c\":[\"AAAA\"]",
            "\"crit\":[\"exp\"]",
            "\"crit\":[\"b64\"],\"b64\":false",
            "\"b64\":false",
            "\"zip\":\"DEF\"",
            "\"enc\":\"A256GCM\"",
            "\"cty\":\"JWT\"",
            "\"alg\":\"HS256\"",
            "\"kid\":\"" + KEY.id() + "\"",
            "\"unknown\":1")) {
      String header = header().replace("}", "," + more + "}");
      all.add(Arguments.of("header with " + more, signed(header, payload(""))));
    }
    for (String kid : List.of("\"\"", "\"../key\"", "\"' OR 1=1\"", "null", "7", "{}", "[]")) {
      String header = "{\"alg\":\"HS256\",\"kid\":" + kid + "}";
      all.add(Arguments.of("kid " + kid, signed(header, payload(""))));
    }
    for (String header :
        List.of("{}", "[]", "null", "1", "\"x\"", "{\"alg\":\"HS256\"}", "{", "")) {
      all.add(Arguments.of("header " + header, signed(header, payload(""))));
    }
    all.add(
        Arguments.of("wrong key", signed(header(), payload(""), "HmacSHA256", OTHER.forTokens())));
    all.add(Arguments.of("other kid", tokens(OTHER).sign(CLAIMS)));
    all.add(
        Arguments.of(
            "other audience",
            new SignedTokens(keys(KEY), "other", () -> Instant.ofEpochSecond(NOW)).sign(CLAIMS)));
    for (String payload :
        List.of(
            "",
            "{",
            "{}",
            "[]",
            "null",
            payload("").replace("\"session\"", "\"pat\""),
            payload("").replace("\"session\"", "\"Session\""),
            payload("").replace("\"session\"", "null"),
            payload("").replace("\"session\"", "[\"session\"]"),
            payload("").replace(",\"typ\":\"session\"", ""),
            payload("").replace("\"sub\":\"ada\",", ""),
            payload("").replace("\"ada\"", "null"),
            payload("").replace("\"ada\"", "7"),
            payload("").replace("\"ada\"", "{\"a\":1}"),
            payload("").replace("\"jti\":\"1\",", ""),
            payload("").replace("\"jti\":\"1\"", "\"jti\":1"),
            payload("").replace(",\"iat\":" + NOW, ""),
            payload("").replace("\"iat\":" + NOW, "\"iat\":\"yesterday\""),
            payload("").replace("\"iat\":" + NOW, "\"iat\":true"),
            payload("").replace("[\"taskauth\"]", "[]"),
            payload("").replace("[\"taskauth\"]", "\"Taskauth\""),
            payload("").replace("\"aud\":[\"taskauth\"],", ""),
            payload(",\"sub\":\"eve\""),
            payload(",\"typ\":\"session\""),
            payload(",\"exp\":\"soon\""),
            payload(",\"exp\":{}"),
            payload(",\"exp\":" + "9".repeat(30)),
            payload(",\"exp\":1e400"),
            payload(",\"nbf\":" + (NOW + 999)),
            payload(",\"acc\":\"text\""),
            payload(",\"acc\":[1]"),
            payload(",\"deep\":" + "[".repeat(40) + "]".repeat(40)),
            payload("") + "{}",
            payload("").replace("{\"sub\"", "{//x\n\"sub\""),
            payload(",\"nul\":\"\u0000\""))) {
      all.add(Arguments.of("payload " + payload, signed(header(), payload)));
    }
    all.add(
        Arguments.of(
            "tampered payload",
            parts[0] + "." + base64(payload(",\"x\":1").getBytes(UTF_8)) + "." + parts[2]));
    all.add(Arguments.of("swapped parts", parts[1] + "." + parts[0] + "." + parts[2]));
    all.add(Arguments.of("no signature", parts[0] + "." + parts[1] + "."));
    all.add(Arguments.of("two parts", parts[0] + "." + parts[1]));
    all.add(Arguments.of("four parts", good + "." + parts[2]));
    all.add(Arguments.of("five parts", good + ".a.b"));
    for (String bad : List.of("", ".", "..", "...", "\u0000", "é.é.é", "a".repeat(1_048_576))) {
      all.add(Arguments.of(bad.length() > 9 ? "a megabyte" : "text '" + bad + "'", bad));
    }
    all.add(
        Arguments.of(
            "a long one", signed(header(), payload(",\"x\":\"" + "y".repeat(4000) + "\""))));
    for (String around : List.of(" ", "\n", "\t", "=", "\u00a0", "\ufeff", "\u200b")) {
      all.add(Arguments.of("before it '" + around + "'", around + good));
      all.add(Arguments.of("after it '" + around + "'", good + around));
      all.add(Arguments.of("within it '" + around + "'", good.replaceFirst("\\.", around + ".")));
    }
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(good.charAt(good.length() - 1));
    for (int bits = 1; bits < 4; bits++) {
      all.add(
          Arguments.of(
              "unused bits " + bits,
              good.substring(0, good.length() - 1) + alphabet.charAt(last ^ bits)));
    }
    all.add(Arguments.of("other alphabet", good.replace('-', '+').replace('_', '/') + "+"));
    return all.stream();
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("forgeries")
  void forgeryIsInvalid(String what, String token) {
    assertThat(check(token)).as(what).isEqualTo(INVALID);
  }

  @Test
  void ownTokenSaysWhatWasSigned() {
    TokenClaims full =
        new TokenClaims(
            TokenType.SESSION,
            "ada",
            "1",
            Instant.ofEpochSecond(NOW),
            Instant.ofEpochSecond(NOW + 60),
            Map.of("username", "ada", "display_name", "Ada ü👩‍🚀\"\\"));
    TokenClaims endless =
        new TokenClaims(TokenType.SESSION, "ada", "1", Instant.ofEpochSecond(NOW), null, Map.of());

    assertThat(check(TOKENS.sign(CLAIMS))).isEqualTo(new TokenCheck.Valid(CLAIMS));
    assertThat(check(TOKENS.sign(full))).isEqualTo(new TokenCheck.Valid(full));
    assertThat(check(TOKENS.sign(endless))).isEqualTo(new TokenCheck.Valid(endless));
  }

  @Test
  void forgeMakesGoodTokensToo() {
    assertThat(check(signed(header(), payload("")))).isInstanceOf(TokenCheck.Valid.class);
  }

  @Test
  void ownTokenPastItsEndIsExpiredAndAForgedOneIsNot() {
    assertThat(check(signed(header(), payload(",\"exp\":" + (NOW - 1)))))
        .isEqualTo(new TokenCheck.Expired());
    assertThat(check(signed(header(), payload(",\"exp\":" + NOW))))
        .isEqualTo(new TokenCheck.Expired());
    assertThat(check(signed(header(), payload(",\"exp\":" + (NOW + 1)))))
        .isInstanceOf(TokenCheck.Valid.class);
    assertThat(
            check(
                signed(
                    header(), payload(",\"exp\":" + (NOW - 1)), "HmacSHA256", OTHER.forTokens())))
        .isEqualTo(INVALID);
    assertThat(
            check(
                signed(
                    header(), payload(",\"exp\":" + (NOW - 1)).replace("\"session\"", "\"pat\""))))
        .isEqualTo(INVALID);
    assertThat(
            check(
                signed(header(), payload(",\"exp\":" + (NOW - 1)).replace("taskauth", "another"))))
        .isEqualTo(INVALID);
  }

  @Test
  void firstKeySignsAndAllVerify() {
    String old = tokens(KEY).sign(CLAIMS);
    SignedTokens both = tokens(OTHER, KEY);

    assertThat(both.check(old, TokenType.SESSION)).isInstanceOf(TokenCheck.Valid.class);
    String fresh = both.sign(CLAIMS);
    assertThat(tokens(OTHER).check(fresh, TokenType.SESSION)).isInstanceOf(TokenCheck.Valid.class);
    assertThat(tokens(OTHER).check(old, TokenType.SESSION)).isEqualTo(INVALID);
    assertThat(tokens(KEY).check(fresh, TokenType.SESSION)).isEqualTo(INVALID);
  }

  @Test
  void keysPrintNothingOfThemselves() {
    assertThat(keys(KEY).toString()).contains("[redacted]").doesNotContain("0123456789");
    assertThat(KEY.derive("token")).isNotEqualTo(KEY.derive("csrf"));
    assertThat(KEY.id()).isNotEqualTo(OTHER.id()).doesNotContain("first");
  }
}
