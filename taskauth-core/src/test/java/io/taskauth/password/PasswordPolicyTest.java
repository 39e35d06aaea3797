package io.taskauth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords may be chosen. */
class PasswordPolicyTest {
  private final PasswordPolicy policy =
      new PasswordPolicy(List.of("taskauth", "AcmeCorp"), List.of());

  private Optional<String> objection(String password, String... personal) {
    return policy.objection(Password.of(password), List.of(personal));
  }

  @Test
  void lengthIsCountedInCharactersNotInBytes() {
    assertThat(objection("pläne-7")).isPresent();
    assertThat(objection("pläne-78")).isEmpty();
    assertThat(objection("👩👨👧👦🐈🐕🦊")).isPresent();
    assertThat(objection("👩👨👧👦🐈🐕🦊🐻")).isEmpty();
    assertThat(objection("aé👩z".repeat(64))).isEmpty();
    assertThat(objection("aé👩z".repeat(64) + "!")).isPresent();
    assertThat(objection("")).isPresent();
    assertThat(objection("x".repeat(1_000_000))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "PaSsWoRd1",
        "ｐａｓｓｗｏｒｄ",
        "12345678",
        "qwertyuiop",
        "!qaz2wsx",
        "aaaaaaaaaaaa",
        "        ",
        "zzzzzzzz"
      })
  void commonPasswordIsRefused(String password) {
    assertThat(objection(password)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"taskauth", "TaskAuth", "taskauth1", "2026-taskauth!", "acmecorp", "AcmeCorp99"})
  void nameOfTheServiceIsRefusedWithDecorationToo(String password) {
    assertThat(objection(password)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada.lovelace",
        "Ada.Lovelace1",
        "1ada.lovelace!",
        "countess@example.org",
        "countess2026"
      })
  void nameOfTheUserIsRefusedWithDecorationToo(String password) {
    assertThat(objection(password, "ada.lovelace", "Countess@example.org")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lovelace1815", "Lovelace1815!", "!!lovelace1815", "lovelace1815123"})
  void nameOfTheUserThatEndsInDigitsIsRefusedWithDecorationToo(String password) {
    assertThat(objection(password, "lovelace1815")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery staple",
        "correcthorsebatterystaple",
        "my taskauth is very long",
        "ΜήνινΆειδε",
        "пароль не простой",
        "密码是一句很长的话",
        " leading and trailing ",
        "48151623421"
      })
  void phraseNeedsNoDigitsAndNoSpecialCharacters(String password) {
    assertThat(objection(password, "ada", "ada@example.org")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "long enough\u0000",
        "long\nenough",
        "long\tenough",
        "long enough\ud800",
        "\u007fenough!"
      })
  void controlCharactersAndHalvesOfCharactersAreRefused(String password) {
    assertThat(objection(password)).isPresent();
  }

  @Test
  void hostsOwnObjectionCountsAndAFailureOfItDoesNot() {
    PasswordPolicy own =
        new PasswordPolicy(
            List.of(),
            List.of(
                candidate -> {
                  throw new IllegalStateException("the list is out");
                },
                candidate ->
                    candidate.reveal().contains("breached")
                        ? Optional.of("It was breached.")
                        : Optional.empty()));

    assertThat(own.objection(Password.of("this was breached"), List.of()))
        .contains("It was breached.");
    assertThat(own.objection(Password.of("this was not"), List.of())).isEmpty();
    assertThat(own.objection(Password.of("breached".repeat(64)), List.of()).orElseThrow())
        .contains("256");
  }
}
