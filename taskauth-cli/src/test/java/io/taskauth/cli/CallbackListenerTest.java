package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may end the waiting for the browser, and who may not. */
class CallbackListenerTest {
  private static final String STATE = "the-state";

  private final CallbackListener listener = new CallbackListener(STATE);
  private final int port = listener.address().getPort();

  @AfterEach
  void close() {
    listener.close();
  }

  private String knock(String line, String... headers) throws Exception {
    return raw(line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String host() {
    return "Host: 127.0.0.1:" + port;
  }

  private void stillWaiting() {
    assertThatThrownBy(() -> listener.await(Duration.ZERO)).isInstanceOf(Failure.class);
  }

  private void right() throws Exception {
    assertThat(knock("GET /callback?code=the-code&state=" + STATE, host()))
        .startsWith("HTTP/1.1 200");
    assertThat(listener.await(Duration.ofMinutes(1)))
        .isInstanceOfSatisfying(
            CallbackListener.Outcome.Code.class,
            brought -> assertThat(brought.code().reveal()).isEqualTo("the-code"));
  }

  @Test
  void theRightOneBringsTheCode() throws Exception {
    right();
  }

  @Test
  void itListensOnThisMachineOnly() {
    assertThat(listener.address().toString()).matches("http://127\\.0\\.0\\.1:\\d+/callback");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/callback?code=x&state=wrong",
        "/callback?code=x&state=",
        "/callback?code=x",
        "/callback",
        "/callback?state=" + STATE,
        "/callback?code=&state=" + STATE,
        "/callback?code=x&error=y&state=" + STATE,
        "/callback?code=x&code=y&state=" + STATE,
        "/callback?code=x&state=wrong&state=" + STATE,
        "/callback?error=access_denied&state=wrong",
        "/callback?code=%&state=" + STATE
      })
  void whoeverDoesNotKnowTheStateIsSentAway(String target) throws Exception {
    assertThat(knock("GET " + target, host())).startsWith("HTTP/1.1 400");
    stillWaiting();
    right();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost:%d",
        "Host: 127.0.0.1",
        "X: y",
        "Host: 127.0.0.1:%d\r\nHost: evil.example"
      })
  void anotherHostNameIsSentAway(String header) throws Exception {
    assertThat(knock("GET /callback?code=x&state=" + STATE, header.replace("%d", "" + port)))
        .startsWith("HTTP/1.1 400");
    stillWaiting();
  }

  @Test
  void otherPathsAndMethodsAreNotIt() throws Exception {
    assertThat(knock("GET /favicon.ico?code=x&state=" + STATE, host())).startsWith("HTTP/1.1 404");
    assertThat(knock("GET /callback/?code=x&state=" + STATE, host())).startsWith("HTTP/1.1 404");
    assertThat(knock("POST /callback?code=x&state=" + STATE, host()))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET");
    stillWaiting();
  }

  @Test
  void rubbishIsHungUpOn() throws Exception {
    assertThat(raw("\u0016\u0003\u0001 TLS\r\n\r\n")).isEmpty();
    assertThat(raw("GET http://127.0.0.1/callback HTTP/1.1\r\n" + host() + "\r\n\r\n")).isEmpty();
    assertThat(raw("GET /callback HTTP/9\r\n\r\n")).isEmpty();
    stillWaiting();
  }

  @Test
  void aHeadWithoutEndIsHungUpOn() throws Exception {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      socket.getOutputStream().write("x".repeat(8 * 1024).getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    right();
  }

  @Test
  void whoeverSaysNothingKeepsNobodyFromComing() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int number = 0; number < 20; number++) {
        silent.add(new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      }
      right();
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void decliningEndsTheWaiting() throws Exception {
    assertThat(knock("GET /callback?error=access_denied&state=" + STATE, host()))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("access_denied");
    assertThat(listener.await(Duration.ofMinutes(1)))
        .isEqualTo(new CallbackListener.Outcome.Declined("access_denied"));
  }

  @Test
  void thePageRunsNothingAndIsNotKept() throws Exception {
    String answer = knock("GET /callback?code=x&state=" + STATE, host());

    assertThat(answer)
        .contains(
            "Content-Security-Policy: default-src 'none'",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Cache-Control: no-store",
            "Referrer-Policy: no-referrer")
        .doesNotContain("<script", STATE);
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(answer).contains("Content-Length: " + body.length() + "\r\n");
  }
}
