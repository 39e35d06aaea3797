package io.taskauth.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a sign-in may lead to. */
class SafeRedirectTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "jobs",
        "?a=b",
        "#top",
        "@evil.example",
        "//evil.example",
        "///evil.example",
        "////evil.example/..",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/a\\b",
        "/?next=\\evil",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/jobs ",
        "/ /evil.example",
        "/%09/evil.example",
        "/%0a/evil.example",
        "/%0D%0ASet-Cookie:a=b",
        "/jobs\r\nSet-Cookie: a=b",
        "/%00",
        "/%7f",
        "/%5cevil.example",
        "/%5Cevil.example",
        "/%2fevil.example",
        "/%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "HTTPS://evil.example",
        "javascript:alert(1)",
        "JavaScript://%0aalert(1)",
        "data:text/html,x",
        "//user@evil.example",
        "//evil.example:443/jobs",
        "/./",
        "/.",
        "/..",
        "/../",
        "/../evil",
        "/..;/evil",
        "/.;/evil",
        "/jobs/..;a=b/x",
        "/jobs/../..//evil.example",
        "/.//evil.example",
        "/%2e/",
        "/%2E%2e/evil",
        "/.%2e/evil",
        "/jobs//x",
        "/jobs#top",
        "/#//evil.example",
        "/\u2215evil.example",
        "/\u2044\u2044evil.example",
        "/\uff0fevil.example",
        "\uff0f\uff0fevil.example",
        "/evil\u3002example",
        "/\u202e",
        "/\ud800",
        "/jobs?a=\u00fc",
        "/a\"b",
        "/<script>",
        "/\u0000",
        "/\u007f"
      })
  void whatMayLeadElsewhereIsRefused(String next) {
    assertThat(SafeRedirect.path(next)).isEmpty();
  }

  @Test
  void longPathIsRefused() {
    assertThat(SafeRedirect.path("/" + "a".repeat(2048))).isEmpty();
    assertThat(SafeRedirect.path("/" + "a".repeat(2047))).isPresent();
    assertThat(SafeRedirect.path("/" + "a".repeat(1_000_000))).isEmpty();
  }

  static Stream<String> accepted() {
    return Stream.of(
        "/",
        "/jobs",
        "/jobs/",
        "/jobs?a=b",
        "/jobs?a=b&c=d%20e",
        "/jobs?next=//evil.example",
        "/jobs?next=https://evil.example/../x",
        "/?",
        "/tasks/a%2Fb",
        "/tasks/100%25",
        "/tasks/%3Clocals%3E",
        "/tasks/%C3%BC",
        "/tasks/a+b",
        "/tasks/a.b..c",
        "/tasks/...",
        "/.well-known/x",
        "/..a",
        "/a/b;c=d",
        "/@ada",
        "/~ada/!$&'()*,;=:");
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void pathOfThisSiteIsAcceptedAsItIs(String next) {
    assertThat(SafeRedirect.path(next)).contains(next);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whateverIsAcceptedStaysOnThisSite(String next) {
    URI there = URI.create("https://app.example/login").resolve(next);

    assertThat(there.getScheme()).isEqualTo("https");
    assertThat(there.getRawAuthority()).isEqualTo("app.example");
  }
}
