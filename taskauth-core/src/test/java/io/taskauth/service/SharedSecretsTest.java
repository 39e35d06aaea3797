package io.taskauth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret of the configuration is hard to guess, can be sent, and says who came with it. */
class SharedSecretsTest {
  private static final String GOOD = "x7Kq2mWc9RtYp4LsVb8NzHd3JfGu6TeAoQi5SrXk1Mw";
  private static final String OTHER = "Zr3vN8yTqLw5KfJd0XhCb7PsGm2UeRa9WoVi4MtSk6E";
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** The same each time: one in some ten thousand short ones looks like words by chance. */
  private static final Random RANDOM = new Random(20261121);

  private static SharedSecrets one(String secret) {
    return SharedSecrets.none().with("deploy", secret, Set.of("drain"));
  }

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[number];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String base62(int length) {
    StringBuilder text = new StringBuilder();
    RANDOM.ints(length, 0, BASE62.length()).forEach(i -> text.append(BASE62.charAt(i)));
    return text.toString();
  }

  static Stream<Supplier<String>> generators() {
    return Stream.of(
        () -> HexFormat.of().formatHex(bytes(16)),
        () -> HexFormat.of().formatHex(bytes(16)).toUpperCase(Locale.ROOT),
        () -> HexFormat.of().formatHex(bytes(32)),
        () -> Base64.getEncoder().encodeToString(bytes(32)),
        () -> Base64.getEncoder().withoutPadding().encodeToString(bytes(32)),
        () -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)),
        () -> base62(32));
  }

  @ParameterizedTest
  @MethodSource("generators")
  void randomSecretsAreTaken(Supplier<String> generator) {
    for (int i = 0; i < 200; i++) {
      String secret = generator.get();
      assertThat(one(secret).verifyToken(secret)).as(secret).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "letmein",
        "password",
        "changeme",
        "changeme-changeme-changeme-changeme-changeme",
        "12345678901234567890123456789012",
        "0123456789abcdef0123456789abcdef",
        "abcdefghijklmnopqrstuvwxyz",
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "abababababababababababababababababababababab",
        "00000000000000000000000000000000000000000000000",
        "deadbeefdeadbeefdeadbeefdeadbeef",
        "my-secret-token",
        "grafana-prod-2026-token-1234567890",
        "mysecretpasswordforthegrafanadashboard",
        "thisisaverylongsecretforthedeploymentpipeline",
        "thequickbrownfoxjumpsoverthelazydog",
        "qwertyuiopasdfghjklzxcvbnm1234567890",
        "correcthorsebatterystaple1234",
        "PRODUCTIONDEPLOYTOKENCHANGEME",
        "production-deploy-2026-03-14.example",
        "1q2w3e4r5t6y7u8i9o0p1q2w3e4r",
        "MySecretForGrafana",
        "correct-horse-battery-staple",
        "qwertyuiopasdfghjkl",
        "x7Kq2mWc9RtYp4LsVb8",
        "9f86d081884c7d65",
        "1a2b3c4d5e6f7a8b",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479"
      })
  void whatPeopleTypeIsRefusedWithoutBeingRepeated(String secret) {
    assertThatThrownBy(() -> one(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'deploy'")
        .hasMessageContaining("too easy to guess")
        .hasMessageNotContaining(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "x7Kq2mWc9RtYp4 LsVb8NzHd3JfGu6TeAoQi5SrXk1Mw", "ü", "a,b", "=x"})
  void whatCannotBeSentIsRefused(String secret) {
    assertThatThrownBy(() -> one(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot stand in a bearer token");
  }

  @Test
  void sameSecretTwiceIsRefusedWhoeverHasIt() {
    SharedSecrets secrets = one(GOOD);
    for (String name : new String[] {"deploy", "other"}) {
      assertThatThrownBy(() -> secrets.with(name, GOOD, Set.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("twice")
          .hasMessageNotContaining(GOOD);
    }
  }

  @Test
  void oneNameMayHaveTwoSecretsWhileOneTakesTheOthersPlace() {
    SharedSecrets secrets = one(GOOD).with("deploy", OTHER, Set.of());
    assertThat(secrets.verifyToken(GOOD).orElseThrow())
        .isEqualTo(new TokenPrincipal("deploy", "taskauth-config", Set.of("drain")));
    assertThat(secrets.verifyToken(OTHER).orElseThrow().scopes()).isEmpty();
    assertThat(secrets.verifyToken(GOOD + "x")).isEmpty();
    assertThat(secrets.verifyToken("")).isEmpty();
  }

  @Test
  void withoutAnyItChecksNothing() {
    assertThat(SharedSecrets.none().supportsToken()).isFalse();
    assertThat(one(GOOD).supportsToken()).isTrue();
    assertThat(one(GOOD).toString()).doesNotContain(GOOD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Deploy", "-x", "a b", "x\n"})
  void oddNamesAreRefused(String name) {
    assertThatThrownBy(() -> SharedSecrets.none().with(name, GOOD, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name of a service");
  }

  @Test
  void oddScopesAreRefused() {
    assertThatThrownBy(() -> SharedSecrets.none().with("deploy", GOOD, Set.of("Drain")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scope");
  }
}
