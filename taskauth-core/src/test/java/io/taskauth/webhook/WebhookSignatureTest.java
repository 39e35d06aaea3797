package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against the specification's own verifier, with requests that were really sent. */
class WebhookSignatureTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String BODY = "{\"type\":\"user.created\",\"name\":\"Ada 😀\"}";

  private final WebhookSecret secret = WebhookSecret.random(RANDOM);
  private final WebhookSecret next = WebhookSecret.random(RANDOM);

  private record Received(String body, Map<String, List<String>> headers) {
    void verify(WebhookSecret secret) throws Exception {
      new Webhook(secret.reveal()).verify(body, headers);
    }

    Received withBody(String other) {
      return new Received(other, headers);
    }
  }

  /** What arrives at a receiver. */
  private static Received sent(Instant at, WebhookSecret... secrets) throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.ok(""));
        HttpWebhookSender sender =
            new HttpWebhookSender(
                true,
                host -> List.of(InetAddress.getByName("127.0.0.1")),
                SSLContext.getDefault())) {
      Map<String, String> headers =
          Map.of(
              "webhook-id",
              "msg_1",
              "webhook-timestamp",
              Long.toString(at.getEpochSecond()),
              "webhook-signature",
              WebhookSignature.sign("msg_1", at, BODY.getBytes(UTF_8), List.of(secrets)),
              "Content-Type",
              "application/json");
      WebhookSender.Answer answer =
          sender.send(
              new WebhookSender.Request(
                  receiver.url("hooks.example", "/"), headers, BODY, Duration.ofSeconds(20)));
      assertThat(answer).isEqualTo(new WebhookSender.Answer.Responded(200, ""));
      String[] parts = receiver.requests.get(0).split("\r\n\r\n", 2);
      return new Received(
          new String(parts[1].getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), UTF_8),
          Arrays.stream(parts[0].split("\r\n"))
              .skip(1)
              .map(line -> line.split(": ", 2))
              .collect(Collectors.toMap(h -> h[0].toLowerCase(), h -> List.of(h[1]))));
    }
  }

  private static void assertRefused(ThrowingCallable verification) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(verification))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void publicVerifierAcceptsWhatWasSent() throws Exception {
    Received received = sent(Instant.now(), secret);

    received.verify(secret);
    assertThat(received.body()).isEqualTo(BODY);
    assertRefused(() -> received.verify(next));
    assertRefused(() -> received.withBody(BODY + " ").verify(secret));
  }

  @Test
  void publicVerifierAcceptsEitherOfTwoSecrets() throws Exception {
    Received received = sent(Instant.now(), secret, next);

    received.verify(secret);
    received.verify(next);
    assertRefused(() -> received.verify(WebhookSecret.random(RANDOM)));
    assertRefused(() -> received.withBody("{}").verify(next));
  }

  @Test
  void publicVerifierRefusesOldAndFutureTimestamps() throws Exception {
    Received old = sent(Instant.now().minus(Duration.ofMinutes(6)), secret);
    Received future = sent(Instant.now().plus(Duration.ofMinutes(6)), secret);

    assertRefused(() -> old.verify(secret));
    assertRefused(() -> future.verify(secret));
  }

  /** The example of the specification's own tests. */
  @Test
  void signatureIsThatOfTheSpecification() {
    WebhookSecret known = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    assertThat(
            WebhookSignature.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(UTF_8),
                List.of(known)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void idWithADotIsRefused() {
    byte[] body = new byte[0];

    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookSignature.sign("a.1", Instant.EPOCH, body, List.of(secret)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookSignature.sign("", Instant.EPOCH, body, List.of(secret)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookSignature.sign("a", Instant.EPOCH, body, List.of()));
  }

  @Test
  void secretsAreRandomAndDoNotShow() {
    assertThat(secret.reveal()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(secret.bytes()).hasSize(32);
    assertThat(secret).hasToString("[redacted]").isNotEqualTo(next);
    assertThat(WebhookSecret.of(secret.reveal())).isEqualTo(secret).hasSameHashCodeAs(secret);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 65, 100})
  void secretsOfAnotherSizeAreRefused(int bytes) {
    String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookSecret.of(text))
        .withMessageNotContaining(text.substring(6) + "!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "whsec_!!!!",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-"
      })
  void whatIsNoSecretIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.of(text));
  }
}
