package io.taskauth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.user.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mail may be. */
class MailTest {
  private static final EmailAddress ADA = new EmailAddress("ada@example.org");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello\r\nBcc: eve@example.org",
        "Hello\nBcc: eve@example.org",
        "Hello\rBcc: eve@example.org",
        "Hello\0",
        "Hello\u0085Bcc: eve@example.org",
        "Hello \ud83d"
      })
  void subjectWithControlCharactersIsRefused(String subject) {
    assertThatThrownBy(() -> new Mail(ADA, subject, "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("subject");
  }

  @Test
  void subjectInAnyLanguageIsTaken() {
    assertThat(new Mail(ADA, "Passwort zurücksetzen 🔑", "text").subject())
        .isEqualTo("Passwort zurücksetzen 🔑");
  }

  @Test
  void textIsNeverPrinted() {
    assertThat(new Mail(ADA, "Hello", "https://example.org/reset#secret").toString())
        .contains("ada@example.org", "Hello")
        .doesNotContain("secret");
  }
}
