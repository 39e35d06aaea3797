package io.taskauth.servlet.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made on this machine comes from a loopback address, and no proxy has brought it. */
class LoopbackTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"})
  void loopbackIsDirect(String address) {
    assertThat(Loopback.isDirect(FakeRequest.from(address, "Host", "Accept", "Viable"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "203.0.113.9", "fe80::1", "localhost", "", "127.0.0.1.x"})
  void othersAreNot(String address) {
    assertThat(Loopback.isDirect(FakeRequest.from(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded",
        "forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Port",
        "x-forwarded-anything",
        "X-Real-IP",
        "x-real-ip",
        "Via"
      })
  void broughtByAProxyIsNot(String header) {
    assertThat(Loopback.isDirect(FakeRequest.from("127.0.0.1", "Host", header))).isFalse();
  }
}
