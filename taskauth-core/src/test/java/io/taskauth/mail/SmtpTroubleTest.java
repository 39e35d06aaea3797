package io.taskauth.mail;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.mail.FakeSmtpServer.Manners;
import io.taskauth.user.EmailAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mail servers that fall silent or never end. Whoever sends gets the thread back. */
@Timeout(10)
class SmtpTroubleTest {
  private static final SmtpLimits QUICK =
      new SmtpLimits(Duration.ofMillis(300), Duration.ofMillis(900));
  private static final Mail MAIL =
      new Mail(new EmailAddress("ada@example.org"), "Your password", "https://x.org/reset#secret");

  private static SmtpMailer mailer(String url) {
    return mailer(url, QUICK);
  }

  private static SmtpMailer mailer(String url, SmtpLimits limits) {
    return new SmtpMailer(
        SmtpServer.parse(url),
        Sender.parse("noreply@example.com"),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        InstantSource.system(),
        limits);
  }

  private static AbstractThrowableAssert<?, ?> assertFails(String scheme, Manners manners)
      throws IOException {
    try (FakeSmtpServer server = FakeSmtpServer.that(manners)) {
      return assertFails(scheme + "127.0.0.1:" + server.port());
    }
  }

  private static AbstractThrowableAssert<?, ?> assertFails(String url) {
    return assertThatThrownBy(() -> mailer(url).send(MAIL))
        .isInstanceOf(MailException.class)
        .hasMessageNotContainingAny("hunter2", "secret");
  }

  @Test
  void serverThatIsNotThereIsSaid() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    assertFails("smtp://127.0.0.1:" + free)
        .hasMessageContaining("smtp://127.0.0.1:" + free)
        .hasMessageContaining("Connection refused");
  }

  @Test
  void hostThatNobodyKnowsIsSaid() {
    assertFails("smtp://mail.invalid").hasMessageContaining("a host that nobody knows");
  }

  @Test
  void serverThatNeverAnswersIsGivenUp() throws IOException {
    Manners silent = client -> Thread.sleep(5_000);
    assertFails("smtp://", silent).hasMessageContaining("gave no answer in time");
    assertFails("smtps://", silent).hasMessageContaining("gave no answer in time");
  }

  @Test
  void serverThatDripsIsGivenUp() throws IOException {
    byte[] startOfLine = {'2', '2', '0', '-'};
    assertFails("smtp://", drip(startOfLine)).hasMessageContaining("took more than 900 ms");
    byte[] startOfTls = {22, 3, 3, 0x40, 0};
    assertFails("smtps://", drip(startOfTls)).hasMessageContaining("took more than 900 ms");
  }

  private static Manners drip(byte[] start) {
    return client -> {
      client.getOutputStream().write(start);
      while (true) {
        Thread.sleep(50);
        client.getOutputStream().write(2);
      }
    };
  }

  @Test
  void serverThatStopsReadingIsGivenUp() throws IOException {
    Manners deaf =
        client -> {
          client.setReceiveBufferSize(4096);
          for (String answer : new String[] {"220 hi", "250 hi", "250 ok", "250 ok", "354 go"}) {
            FakeSmtpServer.say(client, answer);
          }
          Thread.sleep(5_000);
        };
    SmtpLimits noDeadline = new SmtpLimits(QUICK.step(), Duration.ofSeconds(9));
    Mail large = new Mail(MAIL.to(), "Hello", "a line of text\n".repeat(500_000));
    try (FakeSmtpServer server = FakeSmtpServer.that(deaf)) {
      SmtpMailer mailer = mailer("smtp://127.0.0.1:" + server.port(), noDeadline);
      assertThatThrownBy(() -> mailer.send(large))
          .isInstanceOf(MailException.class)
          // Which of the two is a matter of which thread comes first.
          .hasMessageMatching(".*(Write timed out|Socket closed)");
    }
  }

  @Test
  void serverThatTalksWithoutEndIsGivenUp() throws IOException {
    Manners flood =
        client -> {
          byte[] noise = "2".repeat(100_000).getBytes();
          while (true) {
            client.getOutputStream().write(noise);
          }
        };
    assertFails("smtp://", flood).hasMessageContaining("more than any mail server");
  }

  @Test
  void serverThatHangsUpIsSaid() throws IOException {
    assertFails("smtp://", client -> {}).hasMessageContaining("it hung up");
    assertFails("smtp://", client -> FakeSmtpServer.say(client, "HTTP/1.1 400 Bad Request"))
        .hasMessageContaining("it hung up, or it speaks no SMTP");
  }
}
