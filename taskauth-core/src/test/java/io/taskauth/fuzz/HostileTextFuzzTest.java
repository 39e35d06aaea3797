package io.taskauth.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.taskauth.access.CsrfTokens;
import io.taskauth.access.SafeRedirect;
import io.taskauth.internal.IpAddress;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.token.TokenCheck;
import io.taskauth.token.TokenType;
import io.taskauth.user.LoginKey;
import java.time.Instant;
import java.util.List;

/**
 * Texts that anybody may send, with what must hold of each. As ordinary tests these run the seeds
 * beside them; {@code JAZZER_FUZZ=1 ./mvnw -pl taskauth-core test -Dtest=HostileTextFuzzTest#token}
 * looks for new ones.
 */
class HostileTextFuzzTest {
  private static final SigningKeys KEYS =
      new SigningKeys(List.of(SigningKey.of("0123456789abcdefghijklmnopqrstuvwxyz")));
  private static final SignedTokens TOKENS =
      new SignedTokens(KEYS, "taskauth", () -> Instant.parse("2026-03-01T12:00:00Z"));
  private static final CsrfTokens CSRF = new CsrfTokens(KEYS);

  @FuzzTest
  void token(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    assertThat(TOKENS.check(text, TokenType.SESSION)).isEqualTo(new TokenCheck.Invalid());
  }

  @FuzzTest
  void redirect(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    SafeRedirect.path(text)
        .ifPresent(
            path -> {
              assertThat(path).isEqualTo(text).startsWith("/").isPrintable();
              assertThat(path.replace('\\', '/')).doesNotStartWith("//");
            });
  }

  @FuzzTest
  void address(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    IpAddress.parse(text)
        .ifPresent(
            address -> {
              assertThat(address.bits()).isIn(32, 128);
              assertThat(address.isWithin(address, address.bits())).isTrue();
              assertThat(address.line()).isNotEmpty();
            });
  }

  @FuzzTest
  void loginKey(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    LoginKey key = LoginKey.of(text);
    assertThat(LoginKey.of(" " + text + " ")).isEqualTo(key);
    assertThat(LoginKey.of(key.value())).isEqualTo(key);
  }

  @FuzzTest
  void formToken(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    assertThat(CSRF.isForm(text)).isFalse();
    assertThat(CSRF.isOfForm(text, text)).isFalse();
  }
}
