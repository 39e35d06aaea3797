package io.taskauth.servlet.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers give a context path decoded or encoded; cookies and links need one spelling. */
class PercentEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "/tools/queue, /tools/queue",
    "/my app, /my%20app",
    "/my%20app, /my%20app",
    "/größe, /gr%C3%B6%C3%9Fe",
    "/c++, /c%2B%2B",
    "/a;Domain=evil.example, /a%3BDomain%3Devil.example"
  })
  void pathHasOneSpelling(String given, String encoded) {
    assertThat(PercentEncoding.path(given)).isEqualTo(encoded);
    assertThat(new CookieJar(encoded, SameSite.STRICT).clear("x", false, true))
        .contains("Path=" + encoded + ";");
  }
}
