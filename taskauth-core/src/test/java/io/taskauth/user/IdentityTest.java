package io.taskauth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots and subjects, and the names of the accounts that are made of them. */
class IdentityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "Google", "1x", "-x", "a:b", "a b", "ä", "service", "google\n", "a.b"})
  void whatIsNoSlotIsRefused(String slot) {
    assertThat(Identity.isSlot(slot)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Identity(slot, "1"))
        .withMessageContaining("a slot must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "ä", "a\u0000", "a\u007f"})
  void whatIsNoSubjectIsRefused(String subject) {
    assertThat(Identity.isSubject(subject)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Identity("stub", subject))
        .withMessageContaining("a subject must be");
  }

  @Test
  void longestOnesAreGood() {
    String slot = "a" + "-".repeat(31);
    String subject = "~".repeat(255);

    Username name = Username.of(new Identity(slot, subject));

    assertThat(name.value()).isEqualTo(slot + ":" + subject);
    assertThat(Identity.isSlot(slot + "a")).isFalse();
    assertThat(Identity.isSubject(subject + "a")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "auth0|5f7c", "a:b", "Ada@example.org", "'--", "<script>"})
  void nameOfAnIdentityCanBeChosenByNobody(String subject) {
    Identity identity = new Identity("stub", subject);

    assertThat(Username.of(identity)).hasToString("stub:" + subject);
    assertThat(Username.parse("stub:" + subject)).isEmpty();
    assertThat(identity.origin()).isEqualTo(Origin.oauth("stub"));
  }
}
