package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.webhook.WebhookSender.Answer;
import io.taskauth.webhook.WebhookSender.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** Real connections on loopback; names lead where each test says. */
class HttpWebhookSenderTest {
  private static final Duration PLENTY = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Answer LATE =
      new Answer.Failed("There was no whole answer within 0.4 seconds.");
  private static final InetAddress HERE = address("127.0.0.1");

  /** Not given out: public by its prefix, and nobody is there. */
  private static final InetAddress ELSEWHERE = address("2000::1");

  private final AtomicInteger lookUps = new AtomicInteger();
  private HttpWebhookSender sender = sender(true, host -> List.of(HERE));

  @AfterEach
  void close() {
    sender.close();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private HttpWebhookSender sender(boolean allowPrivate, NameResolver resolver) {
    try {
      return new HttpWebhookSender(
          allowPrivate,
          host -> {
            lookUps.incrementAndGet();
            return resolver.resolve(host);
          },
          SSLContext.getDefault());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first answer, and then the others in turn. */
  private static NameResolver inTurn(InetAddress... answers) {
    AtomicInteger next = new AtomicInteger();
    return host -> List.of(answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
  }

  private Answer send(URI url, Duration timeout) {
    return sender.send(new Request(url, Map.of("X-Key", "value"), "{}", timeout));
  }

  private Answer sendTo(Receiver receiver) {
    return send(receiver.url("hooks.example", "/hook"), PLENTY);
  }

  private Answer sendShortlyTo(Receiver receiver) {
    return send(receiver.url("hooks.example", "/hook"), SHORT);
  }

  @Test
  void nameThatLeadsElsewhereAtTheSecondLookUpIsNoWayIn() throws Exception {
    try (Receiver inside = Receiver.answering(Receiver.ok("secret"))) {
      sender.close();
      sender = sender(false, inTurn(ELSEWHERE, HERE));
      URI url = inside.url("hooks.example", "/");

      // One look-up for an attempt: there is no second one to be lied to.
      assertThat(send(url, Duration.ofSeconds(2))).isInstanceOf(Answer.Failed.class);
      assertThat(lookUps).hasValue(1);
      // The next attempt looks up again, and does not go there either.
      assertThat(send(url, PLENTY))
          .isEqualTo(new Answer.Refused("The host leads to a private address."));
      assertThat(lookUps).hasValue(2);
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void addressIsCheckedAgainAfterItWasSaved() throws Exception {
    try (Receiver inside = Receiver.answering(Receiver.ok("secret"))) {
      sender.close();
      sender = sender(false, inTurn(ELSEWHERE, HERE));
      URI url = inside.url("hooks.example", "/");

      assertThat(sender.objection(url)).isEmpty();
      assertThat(send(url, PLENTY)).isInstanceOf(Answer.Refused.class);
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void onePrivateAddressAmongSeveralRefusesThemAll() throws Exception {
    try (Receiver inside = Receiver.answering(Receiver.ok("secret"))) {
      for (List<InetAddress> answer : List.of(List.of(ELSEWHERE, HERE), List.of(HERE, ELSEWHERE))) {
        sender.close();
        sender = sender(false, host -> answer);
        URI url = inside.url("hooks.example", "/");

        assertThat(send(url, PLENTY)).isInstanceOf(Answer.Refused.class);
        assertThat(sender.objection(url)).contains("The host leads to a private address.");
      }
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void socketGoesToCheckedAddressesOnly() throws Exception {
    try (Receiver inside = Receiver.answering(Receiver.ok(""));
        GuardedSocket socket = new GuardedSocket(List.of(ELSEWHERE))) {
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress(HERE, inside.port())))
          .isInstanceOf(ConnectException.class);
      assertThatThrownBy(
              () ->
                  socket.connect(
                      InetSocketAddress.createUnresolved("localhost", inside.port()), 1000))
          .isInstanceOf(ConnectException.class);
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void proxiesOfTheSystemAreNotUsed() throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.ok("direct"));
        Receiver proxy = Receiver.answering(Receiver.ok("proxy"))) {
      Map<String, String> settings = new HashMap<>();
      for (String kind : List.of("http.proxy", "https.proxy", "socksProxy")) {
        settings.put(kind + "Host", "127.0.0.1");
        settings.put(kind + "Port", Integer.toString(proxy.port()));
      }
      settings.put("http.nonProxyHosts", "");
      settings.put("socksNonProxyHosts", "");
      settings.forEach(System::setProperty);
      try {
        assertThat(sendTo(receiver)).isEqualTo(new Answer.Responded(200, "direct"));
        assertThat(proxy.connections).hasValue(0);
      } finally {
        settings.keySet().forEach(System::clearProperty);
      }
    }
  }

  @Test
  void requestIsOnePostWithTheNameOfTheUrl() throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.ok("thanks"))) {
      URI url = receiver.url("Hooks.Example", "/a%20b?c=d#e");
      Map<String, String> headers =
          Map.of("webhook-id", "msg_1", "Content-Type", "application/json", "X-Key", "value");

      assertThat(sender.send(new Request(url, headers, "{\"ä\":1}", PLENTY)))
          .isEqualTo(new Answer.Responded(200, "thanks"));
      String[] request = receiver.requests.get(0).split("\r\n\r\n", 2);
      assertThat(request[0].lines())
          .startsWith("POST /a%20b?c=d HTTP/1.1")
          .contains(
              "Host: hooks.example:" + receiver.port(),
              "User-Agent: taskauth-webhooks",
              "Connection: close",
              "Content-Length: 8",
              "Content-Type: application/json",
              "webhook-id: msg_1",
              "X-Key: value")
          .hasSize(8)
          .noneMatch(line -> line.startsWith("Accept-Encoding") || line.startsWith("Upgrade"));
      assertThat(lookUps).hasValue(1);
    }
  }

  @Test
  void anAddressOfTheUrlIsConnectedToWithoutALookUp() throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.ok("here"))) {
      assertThat(send(receiver.url("127.0.0.1", ""), PLENTY))
          .isEqualTo(new Answer.Responded(200, "here"));
      assertThat(receiver.requests.get(0))
          .startsWith("POST / HTTP/1.1\r\n")
          .contains("Host: 127.0.0.1:" + receiver.port());
      assertThat(lookUps).hasValue(0);
    }
  }

  @Test
  void nextAddressIsTriedWhereTheFirstDoesNotAnswer() throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.ok("second"))) {
      sender.close();
      sender = sender(true, host -> List.of(address("127.0.0.2"), HERE));

      assertThat(sendTo(receiver)).isEqualTo(new Answer.Responded(200, "second"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreNotFollowed(int status) throws Exception {
    try (Receiver target = Receiver.answering(Receiver.ok("target"));
        Receiver receiver =
            Receiver.answering(
                "HTTP/1.1 "
                    + status
                    + " There\r\nLocation: "
                    + target.url("127.0.0.1", "/")
                    + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(sendTo(receiver)).isEqualTo(new Answer.Responded(status, ""));
      assertThat(target.connections).hasValue(0);
      assertThat(receiver.connections).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 429 Slower\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 421 Elsewhere\r\nContent-Length: 0\r\n\r\n",
        ""
      })
  void nothingIsTriedAgain(String answer) throws Exception {
    try (Receiver receiver = Receiver.answering(answer)) {
      sendTo(receiver);

      assertThat(receiver.connections).hasValue(1);
      assertThat(receiver.requests).hasSize(1);
    }
  }

  @Test
  void nothingIsRememberedFromOneAttemptToTheNext() throws Exception {
    String answer = "HTTP/1.1 204 Done\r\nSet-Cookie: a=b\r\nConnection: keep-alive\r\n\r\n";
    try (Receiver receiver = Receiver.answering(answer)) {
      assertThat(sendTo(receiver)).isEqualTo(new Answer.Responded(204, ""));
      assertThat(sendTo(receiver)).isEqualTo(new Answer.Responded(204, ""));
      assertThat(receiver.connections).hasValue(2);
      assertThat(receiver.requests.get(1)).doesNotContain("Cookie");
    }
  }

  @Test
  void dripsEndAtTheDeadline() throws Exception {
    List<String> beginnings =
        List.of(
            "",
            "HTTP/1.1 200 OK\r\nX-Drip: ",
            "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
            "HTTP/1.1 200 OK\r\n\r\n");
    for (String beginning : beginnings) {
      Receiver.Conduct drip =
          (in, out) -> {
            Receiver.request(in);
            out.write(beginning.getBytes(UTF_8));
            while (true) {
              out.write('a');
              Thread.sleep(20);
            }
          };
      try (Receiver receiver = Receiver.that(drip)) {
        assertThat(sendShortlyTo(receiver)).as(beginning).isEqualTo(LATE);
        assertThat(receiver.sawTheOtherSideHangUp()).isTrue();
      }
    }
  }

  @Test
  void silenceEndsAtTheDeadline() throws Exception {
    Receiver.Conduct silence =
        (in, out) -> {
          in.readAllBytes();
          throw new IOException("hung up");
        };
    try (Receiver receiver = Receiver.that(silence)) {
      assertThat(sendShortlyTo(receiver)).isEqualTo(LATE);
      assertThat(receiver.sawTheOtherSideHangUp()).isTrue();
    }
    try (Receiver receiver = Receiver.that(silence)) {
      URI tls = URI.create("https://hooks.example:" + receiver.port());
      assertThat(send(tls, SHORT)).isEqualTo(LATE);
      assertThat(receiver.sawTheOtherSideHangUp()).isTrue();
    }
  }

  @Test
  void receiverThatDoesNotReadEndsAtTheDeadline() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Receiver receiver = Receiver.that((in, out) -> end.await())) {
      URI url = receiver.url("hooks.example", "/");
      assertThat(sender.send(new Request(url, Map.of(), "a".repeat(32 << 20), SHORT)))
          .isEqualTo(LATE);
    } finally {
      end.countDown();
    }
  }

  @Test
  void lookUpThatHangsEndsAtTheDeadlineAndHoldsFewThreads() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger hanging = new AtomicInteger();
    sender.close();
    sender =
        sender(
            true,
            host -> {
              hanging.incrementAndGet();
              while (end.getCount() > 0) {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  // The system's resolver takes no notice either.
                }
              }
              return List.of(HERE);
            });
    try {
      for (int i = 0; i < 100; i++) {
        Request request =
            new Request(URI.create("http://hooks.example/"), Map.of(), "{}", Duration.ofMillis(20));
        assertThat(sender.send(request)).isInstanceOf(Answer.Failed.class);
      }
      assertThat(hanging.get()).isLessThanOrEqualTo(8);
      assertThat(sender.objection(URI.create("http://hooks.example/")))
          .contains("The name of the host cannot be resolved at the moment.");
    } finally {
      end.countDown();
    }
  }

  @Test
  void nameWithoutAddressIsATroubleAndNoRefusal() {
    sender.close();
    sender =
        sender(
            true,
            host -> {
              throw new UnknownHostException(host);
            });
    URI url = URI.create("http://hooks.example/");

    assertThat(send(url, PLENTY))
        .isEqualTo(new Answer.Failed("The name of the host cannot be resolved at the moment."));
    assertThat(sender.objection(url))
        .contains("The name of the host cannot be resolved at the moment.");
  }

  @Test
  void objectionConnectsToNobody() throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.ok(""))) {
      assertThat(sender.objection(receiver.url("hooks.example", "/"))).isEmpty();
      assertThat(sender.objection(URI.create("http://hooks.example:0/")))
          .contains("The port must be a number from 1 to 65535.");
      assertThat(receiver.connections).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 67108864\r\n\r\n", "\r\n"})
  void onlyTheBeginningOfALongBodyIsRead(String rest) throws Exception {
    byte[] block = "a".repeat(1 << 16).getBytes(UTF_8);
    Receiver.Conduct flood =
        (in, out) -> {
          Receiver.request(in);
          out.write(("HTTP/1.1 200 OK\r\n" + rest).getBytes(UTF_8));
          for (int i = 0; i < 1024; i++) {
            out.write(block);
          }
        };
    try (Receiver receiver = Receiver.that(flood)) {
      assertThat(sendTo(receiver)).isEqualTo(new Answer.Responded(200, "a".repeat(2048)));
      assertThat(receiver.sawTheOtherSideHangUp()).isTrue();
      assertThat(receiver.written.get()).isLessThan(32 << 20);
    }
  }

  @Test
  void compressedBodyIsNotUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("a".repeat(1 << 20).getBytes(UTF_8));
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write(
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                + packed.size()
                + "\r\n\r\n")
            .getBytes(UTF_8));
    answer.write(packed.toByteArray());
    try (Receiver receiver = Receiver.answering(answer.toByteArray())) {
      Answer.Responded responded = (Answer.Responded) sendTo(receiver);

      assertThat(responded.status()).isEqualTo(200);
      assertThat(responded.body()).doesNotContain("aaaa");
    }
  }

  @Test
  void bodyIsCutOnTheEdgeOfACharacterAndTamed() throws Exception {
    try (Receiver receiver =
        Receiver.answering(Receiver.ok("\u001b[1m" + "é".repeat(1021) + "😀b"))) {
      assertThat(sendTo(receiver)).isEqualTo(new Answer.Responded(200, " [1m" + "é".repeat(1021)));
    }
  }

  @Test
  void interimAnswersAreSkipped() throws Exception {
    String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: a\r\n\r\n";
    try (Receiver receiver = Receiver.answering(interim + Receiver.ok("final"))) {
      assertThat(sendTo(receiver)).isEqualTo(new Answer.Responded(200, "final"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n",
        "HTTP/1.1 199 Odd\r\n\r\n",
        "HTTP/1.1 99 Odd\r\n\r\n",
        "HTTP/1.1 600 Odd\r\n\r\n",
        "HTTP/1.1 2000 Odd\r\n\r\n",
        "HTTP/1.1 -200 Odd\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTP/1.1 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\nHTTP/1.1 200 OK\r\n\r\n",
        "{}\r\nHTTP/1.1 200 OK\r\n\r\n",
        "\r\n\r\n\r\n\r\n\r\n\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut off",
        ""
      })
  void whatIsNoWholeAnswerHasFailed(String answer) throws Exception {
    try (Receiver receiver = Receiver.answering(answer)) {
      assertThat(sendTo(receiver)).isInstanceOf(Answer.Failed.class);
    }
  }

  @Test
  void headsAreBounded() throws Exception {
    for (String head :
        List.of(
            "HTTP/1.1 200 " + "a".repeat(9000) + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX-A: " + "a".repeat(9000) + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX-A: a\r\n" + " a\r\n".repeat(9000) + "\r\n",
            "HTTP/1.1 200 OK\r\n" + "X-A: a\r\n".repeat(65) + "\r\n",
            "HTTP/1.1 102 Wait\r\n\r\n".repeat(9) + Receiver.ok(""))) {
      try (Receiver receiver = Receiver.answering(head)) {
        assertThat(sendTo(receiver)).isEqualTo(new Answer.Failed("The answer is no proper HTTP."));
      }
    }
  }

  @Test
  void headersThatWouldChangeTheMessageAreNotSent() throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.ok(""))) {
      URI url = receiver.url("hooks.example", "/");
      for (Map<String, String> headers :
          List.of(
              Map.of("Host", "localhost"),
              Map.of("X-A", "a\r\nHost: localhost"),
              Map.of("X-A\r\nHost", "localhost"),
              Map.of("transfer-encoding", "chunked"))) {
        assertThat(sender.send(new Request(url, headers, "{}", PLENTY)))
            .isInstanceOf(Answer.Failed.class);
      }
      assertThat(receiver.connections).hasValue(0);
    }
  }

  @Test
  void reasonsDoNotNameAddresses() throws Exception {
    int port;
    try (Receiver gone = Receiver.answering("")) {
      port = gone.port();
    }

    assertThat(send(URI.create("http://hooks.example:" + port + "/"), PLENTY))
        .isEqualTo(new Answer.Failed("The host could not be connected to."));
  }

  @Test
  void closedSenderSendsNothing() throws Exception {
    try (Receiver receiver = Receiver.answering(Receiver.ok(""))) {
      sender.close();

      assertThat(sendTo(receiver)).isInstanceOf(Answer.Failed.class);
      assertThat(sender.objection(receiver.url("hooks.example", "/"))).isPresent();
      assertThat(receiver.connections).hasValue(0);
    }
  }

  @Test
  void missingHttpClientIsSaidAtOnce() throws Exception {
    URL[] withoutIt = {whereIs(HttpWebhookSender.class), whereIs(Logger.class)};
    try (var loader = new URLClassLoader(withoutIt, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(HttpWebhookSender.class.getName());

      assertThatThrownBy(() -> type.getMethod("create", boolean.class).invoke(null, false))
          .hasRootCauseInstanceOf(ClassNotFoundException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("org.apache.httpcomponents.client5:httpclient5");
    }
  }

  private static URL whereIs(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @Test
  void senderOfEverydayRefusesThisMachine() throws Exception {
    try (Receiver inside = Receiver.answering(Receiver.ok(""));
        HttpWebhookSender everyday = HttpWebhookSender.create(false)) {
      for (String host : Arrays.asList("localhost", "127.0.0.1", "2130706433", "0.0.0.0")) {
        assertThat(everyday.objection(inside.url(host, "/"))).as(host).isPresent();
        assertThat(everyday.send(new Request(inside.url(host, "/"), Map.of(), "{}", PLENTY)))
            .as(host)
            .isInstanceOf(Answer.Refused.class);
      }
      assertThat(inside.connections).hasValue(0);
    }
  }
}
