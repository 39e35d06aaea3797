package io.taskauth.token;

import static io.taskauth.token.Forge.KEY;
import static io.taskauth.token.Forge.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading our own tokens quickly says the same as the library says, of whatever we would sign. */
class OwnFormTest {
  private static final String HEADER = "{\"kid\":\"" + KEY.id() + "\",\"alg\":\"HS256\"}";
  private static final int MUTATIONS = 5_000;

  private final SignedTokens tokens =
      new SignedTokens(Forge.keys(KEY, Forge.OTHER), "taskauth", () -> Instant.ofEpochSecond(NOW));
  private final OwnForm own = new OwnForm(Set.of(KEY.id()), "taskauth");

  private void assertSame(String payload) {
    String token = Forge.signed(HEADER, payload);
    for (TokenType type : TokenType.values()) {
      assertThat(tokens.check(token, type)).as(payload).isEqualTo(tokens.checkAnyForm(token, type));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWeSignIsInOurForm(TokenType type) {
    TokenClaims brief =
        new TokenClaims(
            type,
            "ada",
            "1",
            Instant.ofEpochSecond(NOW),
            Instant.ofEpochSecond(NOW + 60),
            Map.of("username", "ada"));
    TokenClaims endless =
        new TokenClaims(type, "ada", "1", Instant.ofEpochSecond(NOW), null, Map.of());

    assertThat(own.read(tokens.sign(brief), KEY.id())).contains(brief);
    assertThat(own.read(tokens.sign(endless), KEY.id())).contains(endless);
    assertThat(tokens.check(tokens.sign(brief), type)).isEqualTo(new TokenCheck.Valid(brief));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"exp\":1772366399",
        ",\"exp\":1772366400",
        ",\"exp\":1772366401",
        ",\"exp\":null",
        ",\"exp\":\"1772366460\"",
        ",\"exp\":1772366460.5",
        ",\"exp\":-1",
        ",\"exp\":99999999999",
        ",\"exp\":100000000000",
        ",\"exp\":9223372036854775807",
        ",\"exp\":92233720368547758070",
        ",\"exp\":{}",
        ",\"nbf\":1772366460",
        ",\"nbf\":1772366300",
        ",\"acc\":null",
        ",\"acc\":{}",
        ",\"acc\":{\"a\":\"b\"}",
        ",\"acc\":{\"a\":1}",
        ",\"acc\":{\"a\":null}",
        ",\"acc\":[]",
        ",\"acc\":\"x\"",
        ",\"typ\":\"session\"",
        ",\"more\":true",
        ",\"iss\":\"x\""
      })
  void whatIsThereBesidesIsReadAsTheLibraryReadsIt(String more) {
    assertSame(Forge.payload(more));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "",
        "\"x\"",
        "{\"sub\":\"ada\"}",
        "{\"sub\":1,\"jti\":\"1\",\"aud\":[\"taskauth\"],\"typ\":\"session\",\"iat\":1}",
        "{\"sub\":\"ada\",\"jti\":1,\"aud\":[\"taskauth\"],\"typ\":\"session\",\"iat\":1}",
        "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":\"taskauth\",\"typ\":\"session\",\"iat\":1}",
        "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":[],\"typ\":\"session\",\"iat\":1}",
        "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":[\"other\"],\"typ\":\"session\",\"iat\":1}",
        "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":[\"taskauth\",\"x\"],\"typ\":\"pat\",\"iat\":1}",
        "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":[\"taskauth\"],\"typ\":\"other\",\"iat\":1}",
        "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":[\"taskauth\"],\"typ\":\"session\"}",
        "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":[\"taskauth\"],\"typ\":\"session\",\"iat\":-5}",
        "{\"sub\":\"ada\",\"jti\":\" \",\"aud\":[\"taskauth\"],\"typ\":\"session\",\"iat\":1}",
        "{\"sub\":\"\",\"jti\":\"\",\"aud\":[\"taskauth\"],\"typ\":\"session\",\"iat\":1}",
        "{\"sub\":\"a\\u0000\\ud800\",\"jti\":\"1\",\"aud\":[\"taskauth\"],\"typ\":\"pat\",\"iat\":1}",
        "{\"sub\":\"ada\",\"jti\":\"1\",\"aud\":[\"taskauth\"],\"typ\":\"pat\",\"iat\":1} x"
      })
  void whatIsMissingOrOtherIsReadAsTheLibraryReadsIt(String payload) {
    assertSame(payload);
  }

  @Test
  void damagedPayloadIsReadAsTheLibraryReadsIt() {
    Random random = new Random(20261121);
    String good = Forge.payload(",\"exp\":" + (NOW + 60) + ",\"acc\":{\"username\":\"ada\"}");
    String characters = "\"{}[]:,0189adextypes \\é";
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        int at = random.nextInt(text.length());
        char c = characters.charAt(random.nextInt(characters.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.deleteCharAt(at);
        }
      }
      assertSame(text.toString());
    }
  }

  @Test
  void otherHeaderOfOursIsLeftToTheLibrary() {
    List<String> headers =
        List.of(
            Forge.header(),
            "{\"kid\":\"" + KEY.id() + "\",\"alg\":\"HS256\",\"typ\":\"JWT\"}",
            "{\"kid\":\"" + KEY.id() + "\", \"alg\":\"HS256\"}",
            "{\"kid\":\"" + Forge.OTHER.id() + "\",\"alg\":\"HS256\"}",
            "{\"kid\":\"" + KEY.id() + "\",\"alg\":\"none\"}");
    for (String header : headers) {
      String token = Forge.signed(header, Forge.payload(""));
      assertThat(own.read(token, KEY.id())).as(header).isEmpty();
      assertThat(tokens.check(token, TokenType.SESSION))
          .as(header)
          .isEqualTo(tokens.checkAnyForm(token, TokenType.SESSION));
    }
  }
}
