package io.taskauth.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHeadersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a:",
        "a\r\nHost",
        "a\n",
        "ä",
        "a\u0000",
        "(a)",
        "\"a\"",
        "Host",
        "HOST",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Upgrade",
        "TE",
        "Trailer",
        "Keep-Alive",
        "Expect",
        "Proxy-Authorization",
        "proxy-connection",
        "HTTP2-Settings",
        "Content-Type",
        "webhook-id",
        "Webhook-Signature",
        "WEBHOOK-anything"
      })
  void namesThatWouldChangeTheMessageAreRefused(String name) {
    assertThat(WebhookHeaders.objectionToHeader(name, "value")).isPresent();
    assertThat(WebhookHeaders.objectionToHeader(name, "value").get()).doesNotContain("\r", "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "\ta",
        "a\t",
        "a\r\nHost: b",
        "a\nb",
        "a\rb",
        "a\u0000b",
        "a\u007f",
        "ä",
        "\u0100"
      })
  void valuesThatWouldChangeTheMessageAreRefused(String value) {
    assertThat(WebhookHeaders.objectionToHeader("X-Key", value)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "Bearer abc.def~+/=", "a\tb", "\"quoted\", {json: 1}"})
  void otherHeadersAreFine(String value) {
    assertThat(WebhookHeaders.objectionToHeader("Authorization", value)).isEmpty();
    assertThat(WebhookHeaders.objectionToHeader("User-Agent", value)).isEmpty();
    assertThat(WebhookHeaders.objectionToHeader("X-!#$%&'*+.^_`|~1", value)).isEmpty();
  }

  @Test
  void sizeIsBounded() {
    assertThat(WebhookHeaders.objectionToHeader("X-Key", "a".repeat(2048))).isEmpty();
    assertThat(WebhookHeaders.objectionToHeader("X-Key", "a".repeat(2049))).isPresent();
    assertThat(WebhookHeaders.objectionToHeader("a".repeat(129), "a")).isPresent();
  }

  @Test
  void valuesAreNotRepeated() {
    assertThat(WebhookHeaders.objectionToHeader("X-Key", "hunter2\n").orElseThrow())
        .contains("X-Key")
        .doesNotContain("hunter2");
  }

  @Test
  void ourOwnHeadersPassWhereTheyAreSent() {
    assertThat(WebhookHeaders.objectionToAny("webhook-id", "a")).isEmpty();
    assertThat(WebhookHeaders.objectionToAny("Content-Type", "application/json")).isEmpty();
    assertThat(WebhookHeaders.objectionToAny("Host", "a")).isPresent();
  }
}
