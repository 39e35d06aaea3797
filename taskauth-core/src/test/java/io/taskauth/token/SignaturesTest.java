package io.taskauth.token;

import static io.taskauth.token.Forge.KEY;
import static io.taskauth.token.Forge.OTHER;
import static io.taskauth.token.Forge.header;
import static io.taskauth.token.Forge.payload;
import static io.taskauth.token.Forge.signed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is turned away before anything in it is read. */
class SignaturesTest {
  private static final String TOKEN = signed(header(), payload(""));

  private static Signatures of(SigningKey... keys) {
    return new Signatures(
        Stream.of(keys).collect(Collectors.toMap(SigningKey::id, SigningKey::forTokens)));
  }

  @Test
  void keyThatSignedIsNamed() {
    assertThat(of(KEY).signer(TOKEN)).contains(KEY.id());
    assertThat(of(KEY, OTHER).signer(TOKEN)).contains(KEY.id());
    assertThat(of(OTHER, KEY).signer(TOKEN)).contains(KEY.id());
  }

  @Test
  void signatureOfAnotherKeyIsNot() {
    String foreign = signed(header(), payload(""), "HmacSHA256", OTHER.forTokens());

    assertThat(of(KEY).signer(foreign)).isEmpty();
    assertThat(of().signer(TOKEN)).isEmpty();
  }

  @Test
  void signatureOfAnotherTokenIsNot() {
    String other = signed(header(), payload(",\"x\":1"));
    int dot = TOKEN.lastIndexOf('.');

    assertThat(of(KEY).signer(TOKEN.substring(0, dot) + other.substring(other.lastIndexOf('.'))))
        .isEmpty();
  }

  @Test
  void eachBitOfTheSignatureCounts() {
    int dot = TOKEN.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(TOKEN.substring(dot + 1));
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] damaged = signature.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      String token = TOKEN.substring(0, dot + 1) + Forge.base64(damaged);

      assertThat(of(OTHER, KEY).signer(token)).as("bit %s", bit).isEmpty();
    }
  }

  @Test
  void eachCharacterBeforeItCounts() {
    for (int i = 0; i < TOKEN.lastIndexOf('.'); i++) {
      char other = TOKEN.charAt(i) == 'A' ? 'B' : 'A';
      String token = TOKEN.substring(0, i) + other + TOKEN.substring(i + 1);

      assertThat(of(KEY).signer(token)).as("character %s", i).isEmpty();
    }
  }
}
