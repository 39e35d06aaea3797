package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://tools.example.com, https://tools.example.com",
    "HTTPS://Tools.Example.COM:443/, https://tools.example.com",
    "http://127.0.0.1:80, http://127.0.0.1",
    "https://tools.example.com:8443/a/b//, https://tools.example.com:8443/a/b",
    "'  https://tools.example.com ', https://tools.example.com",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void oneServerHasOneAddress(String written, String address) {
    assertThat(ServerAddress.parse(written, "it")).hasToString(address);
    assertThat(ServerAddress.parse(written, "it")).isEqualTo(ServerAddress.parse(address, "it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tools.example.com",
        "ftp://tools.example.com",
        "https://",
        "https:///path",
        "https://ada:secret@tools.example.com",
        "https://tools.example.com?secret=1",
        "https://tools.example.com#secret",
        "https://tools.example.com/a/../b",
        "https://tools.example.com/a//b",
        "https://tools.example.com/%2e",
        "https://tools.example.com:0",
        "https://tools.example.com:65536",
        "https://tools.example.com/sec ret",
        "file:///etc/passwd",
        ""
      })
  void whatIsNoneIsRefusedAndNotRepeated(String written) {
    assertThatThrownBy(() -> ServerAddress.parse(written, "TASKAUTH_SERVER"))
        .isInstanceOf(WrongUsage.class)
        .hasMessageStartingWith("TASKAUTH_SERVER must")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://LOCALHOST:1",
        "http://127.0.0.1",
        "http://127.9.9.9",
        "http://[::1]:1"
      })
  void thisMachine(String address) {
    assertThat(ServerAddress.parse(address, "it").loopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://0177.0.0.1",
        "http://0.0.0.0",
        "http://10.0.0.1",
        "http://[::ffff:127.0.0.1]"
      })
  void notThisMachine(String address) {
    assertThat(ServerAddress.parse(address, "it").loopback()).isFalse();
  }
}
