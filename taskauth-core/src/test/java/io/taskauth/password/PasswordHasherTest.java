package io.taskauth.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes: ours, other people's, damaged ones, and too many at once. */
class PasswordHasherTest {
  private static final Argon2Parameters CHEAP = new Argon2Parameters(8, 1, 1);
  private static final Password PASSWORD = Password.of("correct horse battery");

  // RFC 7914, section 11, has the first 64 bytes of both; a hash of ours is the first 32.
  private static final String RFC_7914_ONE_PASS =
      "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc";
  private static final String RFC_7914_80000_PASSES =
      "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56";

  private final PasswordHasher hasher = hasher(CHEAP, 8);

  private static PasswordHasher hasher(Argon2Parameters parameters, int atOnce) {
    return PasswordHasher.argon2id(parameters, atOnce, new SecureRandom());
  }

  private boolean verify(String password, String hash) {
    return hasher.verify(Password.of(password), new PasswordHash(hash));
  }

  @Test
  void ownHashIsArgon2idWithASaltOfItsOwn() {
    PasswordHash one = hasher.hash(PASSWORD);
    PasswordHash two = hasher.hash(PASSWORD);

    assertThat(one.encoded()).startsWith("$argon2id$v=19$m=8,t=1,p=1$").isNotEqualTo(two.encoded());
    assertThat(hasher.verify(PASSWORD, one)).isTrue();
    assertThat(hasher.verify(Password.of("correct horse batterz"), one)).isFalse();
  }

  @Test
  void standardParametersAreTheOnesOfOwasp() {
    PasswordHasher standard = hasher(Argon2Parameters.OWASP, 1);

    PasswordHash hash = standard.hash(PASSWORD);

    assertThat(hash.encoded()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(standard.verify(PASSWORD, hash)).isTrue();
  }

  @Test
  void hashOfOtherParametersIsVerifiedAndReplaced() {
    PasswordHash old = hasher(new Argon2Parameters(16, 1, 1), 1).hash(PASSWORD);

    assertThat(hasher.verify(PASSWORD, old)).isTrue();
    assertThat(hasher.needsRehash(old)).isTrue();
    assertThat(hasher.needsRehash(hasher.hash(PASSWORD))).isFalse();
    assertThat(hasher(new Argon2Parameters(8, 2, 1), 1).needsRehash(hasher.hash(PASSWORD)))
        .isTrue();
    assertThat(hasher(new Argon2Parameters(16, 1, 2), 1).needsRehash(old)).isTrue();
  }

  @Test
  void hashesOfPbkdf2AreVerifiedAndReplaced() {
    String one = "pbkdf2_sha256$1$" + hex("salt") + "$" + RFC_7914_ONE_PASS;
    String many = "pbkdf2_sha256$80000$" + hex("NaCl") + "$" + RFC_7914_80000_PASSES;

    assertThat(verify("passwd", one)).isTrue();
    assertThat(verify("passwe", one)).isFalse();
    assertThat(verify("Password", many)).isTrue();
    assertThat(verify("Password", many.toUpperCase().replace("PBKDF2_SHA256", "pbkdf2_sha256")))
        .isTrue();
    assertThat(hasher.needsRehash(new PasswordHash(many))).isTrue();
  }

  @Test
  void hashesOfPbkdf2AreWhatTheJdkComputes() throws Exception {
    String password = "Grüße an 日本";
    byte[] salt = {0, 1, 2, (byte) 0xff};
    byte[] derived =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1234, 256))
            .getEncoded();
    HexFormat hex = HexFormat.of();

    assertThat(
            verify(
                password,
                "pbkdf2_sha256$1234$" + hex.formatHex(salt) + "$" + hex.formatHex(derived)))
        .isTrue();
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "correct horse battery",
        "$argon2id$",
        "$argon2id$v=19$",
        "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$",
        "$argon2id$v=19$m=0,t=0,p=0$c2FsdHNhbHQ$AAAA",
        "$argon2id$v=19$m=8,t=1,p=1$!!!!$????",
        "$argon2id$v=99$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
        "{noop}correct horse battery",
        "pbkdf2_sha256$",
        "pbkdf2_sha256$$$",
        "pbkdf2_sha256$0$73616c74$00",
        "pbkdf2_sha256$-1$73616c74$" + RFC_7914_ONE_PASS,
        "pbkdf2_sha256$1$$" + RFC_7914_ONE_PASS,
        "pbkdf2_sha256$1$73616c7$" + RFC_7914_ONE_PASS,
        "pbkdf2_sha256$1$73616c74$",
        "pbkdf2_sha256$1$73616c74$55ac",
        "pbkdf2_sha256$999999999999$73616c74$" + RFC_7914_ONE_PASS,
        "pbkdf2_sha256$0$00$0000000000000000000000000000000000000000000000000000000000000000",
        "pbkdf2_sha256$1$salt$" + RFC_7914_ONE_PASS
      })
  void malformedHashFitsNoPasswordAndThrowsNothing(String hash) {
    assertThat(verify("correct horse battery", hash)).isFalse();
    assertThat(verify("passwd", hash)).isFalse();
    assertThat(verify("", hash)).isFalse();
  }

  @Test
  void sameCharactersTypedInAnotherWayAreTheSamePassword() {
    PasswordHash hash = hasher.hash(Password.of("caf\u00e9 \ufb01nal 1"));

    assertThat(hasher.verify(Password.of("cafe\u0301 final \uff11"), hash)).isTrue();
  }

  @Test
  void caseAndSpacesMatter() {
    PasswordHash hash = hasher.hash(PASSWORD);

    for (String other :
        List.of("Correct horse battery", "correct horse battery ", " correct horse battery")) {
      assertThat(hasher.verify(Password.of(other), hash)).as(other).isFalse();
    }
  }

  @Test
  void longPasswordIsNeverHashed() {
    String longest = "👩".repeat(256);
    PasswordHash hash = hasher.hash(Password.of(longest));

    assertThat(hasher.verify(Password.of(longest), hash)).isTrue();
    assertThat(hasher.verify(Password.of(longest + "x"), hash)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(Password.of(longest + "x")));
    Instant start = Instant.now();
    for (int i = 0; i < 100; i++) {
      hasher.verify(Password.of("x".repeat(1_000_000)), hash);
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void moreThanCanBeHashedInTimeIsRefusedAtOnceAndTheRestIsRight() throws Exception {
    PasswordHasher narrow = hasher(new Argon2Parameters(4096, 3, 1), 1);
    PasswordHash hash = narrow.hash(PASSWORD);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Duration>> answers =
        IntStream.range(0, 64)
            .mapToObj(
                i ->
                    threads.submit(
                        () -> {
                          start.await();
                          return refusedAfter(narrow, hash, i % 2 == 0);
                        }))
            .toList();
    start.countDown();
    List<Duration> refusals = new ArrayList<>();
    for (Future<Duration> answer : answers) {
      refusals.add(answer.get());
    }
    threads.shutdown();

    assertThat(refusals).contains(Duration.ZERO);
    assertThat(refusals).anyMatch(d -> !d.isZero() && d.compareTo(Duration.ofMillis(1500)) < 0);
    assertThat(narrow.verify(PASSWORD, hash)).isTrue();
  }

  /** How long it took to be refused; zero for whoever got the right answer. */
  private static Duration refusedAfter(PasswordHasher narrow, PasswordHash hash, boolean right) {
    Instant start = Instant.now();
    try {
      assertThat(narrow.verify(right ? PASSWORD : Password.of("wrong"), hash)).isEqualTo(right);
      return Duration.ZERO;
    } catch (OverloadedException e) {
      return Duration.between(start, Instant.now());
    }
  }

  @Test
  void passwordsAndHashesPrintNothing() {
    assertThat(PASSWORD).hasToString("[redacted]");
    assertThat(hasher.hash(PASSWORD)).hasToString("[redacted]");
    assertThat("" + List.of(PASSWORD)).doesNotContain("horse");
  }
}
