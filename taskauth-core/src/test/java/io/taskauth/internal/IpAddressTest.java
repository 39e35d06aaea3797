package io.taskauth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in the one spelling that every program reads alike. */
class IpAddressTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "example.org",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1 ",
        "256.0.0.1",
        "1.2.3",
        "1.2.3.4.5",
        "0x7f.0.0.1",
        "2130706433",
        "[127.0.0.1]",
        "1.2.3.4:80",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        "fe80::1%eth0",
        "[::1]:80",
        "::ffff:0177.0.0.1",
        "::ffff:1.2.3",
        "::ffff:256.1.1.1",
        ".:1",
        ".::1",
        "::1.",
        "g::1",
        "１.2.3.4",
        "1:2:3:4:5:6:7:8:9"
      })
  void whatIsNoPlainAddressIsNone(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:1:2ff:3:4:5:6, 2001:db8:1:200:0:0:0:0/56",
    "2001:DB8:1:200::, 2001:db8:1:200:0:0:0:0/56",
    "[2001:db8:1:2::9], 2001:db8:1:0:0:0:0:0/56",
    "64:ff9b::192.0.2.7, 64:ff9b:0:0:0:0:0:0/56"
  })
  void lineIsWhatOneCustomerHas(String text, String line) {
    assertThat(IpAddress.parse(text).orElseThrow().line()).isEqualTo(line);
  }

  @Test
  void networkIsComparedBitByBit() {
    IpAddress network = IpAddress.parse("10.1.2.0").orElseThrow();

    assertThat(IpAddress.parse("10.1.2.255").orElseThrow().isWithin(network, 24)).isTrue();
    assertThat(IpAddress.parse("10.1.3.0").orElseThrow().isWithin(network, 24)).isFalse();
    assertThat(IpAddress.parse("10.1.3.0").orElseThrow().isWithin(network, 23)).isTrue();
    assertThat(IpAddress.parse("::1").orElseThrow().isWithin(network, 0)).isFalse();
    assertThat(IpAddress.parse("127.255.0.1").orElseThrow().isLoopback()).isTrue();
    assertThat(IpAddress.parse("::1").orElseThrow().isLoopback()).isTrue();
    assertThat(IpAddress.parse("128.0.0.1").orElseThrow().isLoopback()).isFalse();
  }
}
