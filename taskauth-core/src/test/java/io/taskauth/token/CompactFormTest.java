package io.taskauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One spelling, and no other. */
class CompactFormTest {
  /** 32 bytes. */
  private static final String SIGNATURE = "A".repeat(43);

  private static boolean isStrict(String head) {
    return CompactForm.isStrict(head + "." + SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAA.AAAA", "AA.AA", "AAA.AAA", "az-_.AZ09", "AQ.Ag", "AAE.AAI"})
  void partsOfBase64urlAreStrict(String head) {
    assertThat(isStrict(head)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Not what any number of bytes is written as.
        "A.AAAA",
        "AAAAA.AAAA",
        "AAAA.A",
        // Empty, missing, or too many.
        ".AAAA",
        "AAAA.",
        ".",
        "AAAA",
        "AAAA.AAAA.AAAA",
        // Of another alphabet.
        "AA==.AAAA",
        "AA+A.AAAA",
        "AAAA.AA/A",
        "AA A.AAAA",
        "AAAA.AAA\n",
        "AAAA.AA\u00e9A",
        "AAAA.AA\u0141A",
        "AAAA.AA\u0000A"
      })
  void anythingElseIsNot(String head) {
    assertThat(isStrict(head)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB.AAAA", "AI.AAAA", "AAB.AAAA", "AAC.AAAA", "AAAA.AB", "AAAA.AAB"})
  void unusedBitsAreZero(String head) {
    assertThat(isStrict(head)).isFalse();
  }

  @Test
  void signatureHasThirtyTwoBytes() {
    assertThat(CompactForm.isStrict("AAAA.AAAA." + "A".repeat(42))).isFalse();
    assertThat(CompactForm.isStrict("AAAA.AAAA." + "A".repeat(44))).isFalse();
    assertThat(CompactForm.isStrict("AAAA.AAAA." + "A".repeat(42) + "B")).isFalse();
    assertThat(CompactForm.isStrict("AAAA.AAAA.")).isFalse();
    assertThat(CompactForm.isStrict("AAAA.AAAA")).isFalse();
    assertThat(CompactForm.isStrict("")).isFalse();
  }

  @Test
  void nothingIsLongerThanItMayBe() {
    int room = CompactForm.MAX_LENGTH - "AAAA..".length() - SIGNATURE.length();
    // A length that whole bytes are written as.
    int longest = room - (room % 4 == 1 ? 1 : 0);

    assertThat(isStrict("AAAA." + "A".repeat(longest))).isTrue();
    assertThat(isStrict("AAAA." + "A".repeat(longest + 4))).isFalse();
  }
}
