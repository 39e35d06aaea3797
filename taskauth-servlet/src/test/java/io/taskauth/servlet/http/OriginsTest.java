package io.taskauth.servlet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What containers turn away themselves is turned away here too. */
class OriginsTest {
  private static boolean isForeign(List<String> hosts) {
    return Origins.isForeignHost(FakeRequest.with(Map.of("Host", hosts)), false, List.of());
  }

  @Test
  void noHostAndTwoHostsAreForeign() {
    assertThat(isForeign(List.of("127.0.0.1"))).isFalse();
    assertThat(isForeign(List.of())).isTrue();
    assertThat(isForeign(List.of("127.0.0.1", "127.0.0.1"))).isTrue();
    assertThat(isForeign(List.of("127.0.0.1", "evil.example"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "[::1", "0177.0.0.1", "2130706433"})
  void oddHostIsForeign(String host) {
    assertThat(isForeign(List.of(host))).isTrue();
  }
}
