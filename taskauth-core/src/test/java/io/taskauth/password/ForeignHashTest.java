package io.taskauth.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes that other systems have made: taken over, none, or refused with a reason. */
class ForeignHashTest {
  private static final String HEX_32 = "0123456789abcdef".repeat(4);
  private static final String BASE64_32 = "A".repeat(43) + "=";
  private static final String ARGON2_END =
      "$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final PasswordHasher hasher =
      PasswordHasher.argon2id(new Argon2Parameters(8, 1, 1), 8, new SecureRandom());

  private static ForeignHash read(String text) {
    return ForeignHash.read(text == null ? null : new PasswordHash(text));
  }

  private boolean isPasswordOf(String password, String foreign) {
    return read(foreign) instanceof ForeignHash.Usable usable
        && hasher.verify(Password.of(password), usable.hash())
        && !hasher.verify(Password.of(password + "x"), usable.hash());
  }

  private static byte[] derived(String password, String salt, int iterations) throws Exception {
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(
            new PBEKeySpec(password.toCharArray(), salt.getBytes(UTF_8), iterations, 256))
        .getEncoded();
  }

  private static String django(String password, String salt, int iterations) throws Exception {
    String hash = Base64.getEncoder().encodeToString(derived(password, salt, iterations));
    return "pbkdf2_sha256$" + iterations + "$" + salt + "$" + hash;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pbkdf2_sha256$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=",
        "pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=",
      })
  void djangosOwnExamplesAreVerified(String hash) {
    assertThat(isPasswordOf("lètmein", hash)).isTrue();
  }

  @Test
  void whatTheJdkDerivesIsVerifiedInBothSpellings() throws Exception {
    assertThat(isPasswordOf("correct horse", django("correct horse", "Sält/=+ 4", 1))).isTrue();
    assertThat(isPasswordOf("pässwörd 密码", django("pässwörd 密码", "x", 1000))).isTrue();
    HexFormat hex = HexFormat.of();
    String ours =
        "pbkdf2_sha256$1000$"
            + hex.formatHex("salt".getBytes(UTF_8))
            + "$"
            + hex.formatHex(derived("correct horse", "salt", 1000));
    assertThat(isPasswordOf("correct horse", ours)).isTrue();
    assertThat(isPasswordOf("correct horse", " " + ours + " \n")).isTrue();
  }

  @Test
  void argon2idIsVerifiedAsItIsAndAsDjangoWritesIt() {
    String ours = hasher.hash(Password.of("correct horse")).encoded();

    assertThat(isPasswordOf("correct horse", ours)).isTrue();
    assertThat(isPasswordOf("correct horse", "argon2" + ours)).isTrue();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"  ", "!", "!Dn2xXl8vQm", "!!"})
  void noPasswordIsNone(String text) {
    assertThat(read(text)).isEqualTo(new ForeignHash.None());
  }

  static Stream<String> withinLimits() {
    return Stream.of(
        "pbkdf2_sha256$1$s$" + BASE64_32,
        "pbkdf2_sha256$5000000$s$" + BASE64_32,
        "pbkdf2_sha256$5000000$00$" + HEX_32,
        "pbkdf2_sha256$1$" + "s".repeat(64) + "$" + BASE64_32,
        "$argon2id$v=19$m=262144,t=16,p=8" + ARGON2_END,
        "$argon2id$v=19$m=8,t=1,p=1" + ARGON2_END,
        "argon2$argon2id$v=19$m=102400,t=2,p=8" + ARGON2_END);
  }

  @ParameterizedTest
  @MethodSource("withinLimits")
  void whatIsWithinTheLimitsIsTakenOver(String text) {
    assertThat(read(text)).isInstanceOf(ForeignHash.Usable.class);
  }

  static Stream<String> refused() {
    return Stream.of(
        // What would cost too much, or nothing that is known.
        "$argon2id$v=19$m=262145,t=1,p=1" + ARGON2_END,
        "$argon2id$v=19$m=4194304,t=1,p=1" + ARGON2_END,
        "$argon2id$v=19$m=9999999999,t=1,p=1" + ARGON2_END,
        "$argon2id$v=19$m=99999999999,t=1,p=1" + ARGON2_END,
        "$argon2id$v=19$m=65536,t=17,p=1" + ARGON2_END,
        "$argon2id$v=19$m=65536,t=2,p=9" + ARGON2_END,
        "$argon2id$v=19$m=15,t=1,p=2" + ARGON2_END,
        "$argon2id$v=19$m=0,t=1,p=1" + ARGON2_END,
        "$argon2id$v=16$m=65536,t=2,p=1" + ARGON2_END,
        "$argon2i$v=19$m=65536,t=2,p=1" + ARGON2_END,
        "$argon2d$v=19$m=65536,t=2,p=1" + ARGON2_END,
        "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$AAAA",
        "$argon2id$v=19$m=65536,t=2,p=1" + ARGON2_END + "$more",
        "argon2$argon2i$v=19$m=65536,t=2,p=1" + ARGON2_END,
        "argon2$hunter22hunter22",
        "pbkdf2_sha256$0$s$" + BASE64_32,
        "pbkdf2_sha256$5000001$s$" + BASE64_32,
        "pbkdf2_sha256$5000001$00$" + HEX_32,
        "pbkdf2_sha256$9999999999$s$" + BASE64_32,
        "pbkdf2_sha256$-1$s$" + BASE64_32,
        "pbkdf2_sha256$1000$$" + BASE64_32,
        "pbkdf2_sha256$1000$" + "s".repeat(65) + "$" + BASE64_32,
        "pbkdf2_sha256$1000$s$" + "A".repeat(27) + "=",
        "pbkdf2_sha256$1000$nohex$" + HEX_32,
        "pbkdf2_sha256$1000$s$" + BASE64_32 + "$x",
        "pbkdf2_sha256$",
        "pbkdf2_sha1$1000$hunter22$AAAA",
        "md5$hunter22$7d793037a0760186574b0282f2f435e7",
        "sha1$hunter22$x",
        "scrypt$hunter22$16384$8$1$x",
        "crypt$$hunter22",
        "bcrypt$$2b$12$hunter22hunter22hunter22",
        "bcrypt_sha256$$2b$12$hunter22hunter22hunter22",
        "$2b$12$hunter22hunter22hunter22hunter22hunter22hunter22hun",
        "$6$hunter22$x",
        "7d793037a0760186574b0282f2f435e7",
        "hunter22");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void anythingElseIsRefusedWithAReasonThatRepeatsNothing(String text) {
    assertThat(read(text)).isInstanceOf(ForeignHash.Unusable.class);
    assertThat(((ForeignHash.Unusable) read(text)).reason())
        .isNotBlank()
        .endsWith(".")
        .doesNotContain("hunter22", HEX_32, "AAAA");
  }

  @Test
  void whatPeopleKnowIsCalledByItsName() {
    assertThat(((ForeignHash.Unusable) read("md5$s$x")).reason()).contains("md5");
    assertThat(((ForeignHash.Unusable) read("bcrypt_sha256$$2b$12$x")).reason())
        .contains("bcrypt_sha256");
    assertThat(((ForeignHash.Unusable) read("$2y$10$x")).reason()).contains("bcrypt");
  }
}
