package io.taskauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final SigningKey OLD = SigningKey.of("old-0123456789-abcdefghijklmnopqrstuvwxyz");
  private static final SigningKey NEW = SigningKey.of("new-0123456789-abcdefghijklmnopqrstuvwxyz");

  private final Sealer sealer = sealer("webhooks", NEW);

  private static Sealer sealer(String purpose, SigningKey... keys) {
    return new Sealer(new SigningKeys(List.of(keys)), purpose, new SecureRandom());
  }

  @Test
  void whatWasSealedOpensInItsContext() {
    String text = "whsec_ü日👩‍🚀 " + "x".repeat(5000);

    assertThat(sealer.open(sealer.seal(text, "one"), "one")).contains(text);
    assertThat(sealer.open(sealer.seal("", "one"), "one")).contains("");
  }

  @Test
  void sealedTextsShowNothingAndNoTwoAreAlike() {
    String one = sealer.seal("whsec_secret", "one");

    assertThat(one).doesNotContain("whsec").isNotEqualTo(sealer.seal("whsec_secret", "one"));
  }

  @Test
  void whatWasMovedToAnotherPlaceDoesNotOpen() {
    assertThat(sealer.open(sealer.seal("secret", "one"), "two")).isEmpty();
  }

  @Test
  void anotherPurposeHasAnotherKey() {
    assertThat(sealer("arguments", NEW).open(sealer.seal("secret", "one"), "one")).isEmpty();
  }

  @Test
  void whatWasChangedDoesNotOpen() {
    String sealed = sealer.seal("secret", "one");
    for (int i = 0; i < sealed.length(); i++) {
      char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);

      // The last characters of base64 hold bits that belong to no byte.
      if (!changed.endsWith("=") || i < sealed.length() - 3) {
        assertThat(sealer.open(changed, "one")).as("changed at %s", i).isEmpty();
      }
    }
  }

  @Test
  void textsOfNoSealerDoNotOpen() {
    for (String text : List.of("", ".", "secret", NEW.id() + ".", NEW.id() + ".%", "x.AAAA")) {
      assertThat(sealer.open(text, "one")).as(text).isEmpty();
    }
  }

  @Test
  void keysCanBeRotated() {
    String sealed = sealer("webhooks", OLD).seal("secret", "one");
    Sealer both = sealer("webhooks", NEW, OLD);

    assertThat(both.open(sealed, "one")).contains("secret");
    assertThat(both.isOld(sealed)).isTrue();
    assertThat(both.isOld(both.seal("secret", "one"))).isFalse();
    assertThat(sealer.open(both.seal("secret", "one"), "one")).contains("secret");
    assertThat(sealer.open(sealed, "one")).isEmpty();
  }
}
