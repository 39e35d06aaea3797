package io.taskauth.oauth;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.service.ProviderUnavailableException;
import org.junit.jupiter.api.Test;

class DistrustTest {
  @Test
  void whateverAParserThrowsIsADistrustedAnswer() {
    assertThatThrownBy(() -> Distrust.of(() -> Integer.parseInt("a-secret-of-theirs")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("response")
        .hasNoCause();
    assertThatThrownBy(() -> Distrust.of(this::deeper)).hasMessage("response").hasNoCause();
  }

  @Test
  void anOutageStaysOne() {
    assertThatThrownBy(
            () ->
                Distrust.of(
                    () -> {
                      throw new ProviderUnavailableException("out");
                    }))
        .isInstanceOf(ProviderUnavailableException.class);
  }

  @SuppressWarnings("InfiniteRecursion")
  private int deeper() {
    return deeper() + 1;
  }
}
