package io.taskauth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.taskauth.mail.SmtpServer.Login;
import io.taskauth.mail.SmtpServer.Tls;
import io.taskauth.password.Password;
import io.taskauth.user.EmailAddress;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Nothing goes to a server whose certificate was not checked. */
class SmtpTlsTest {
  private static final String FROM = "noreply@example.com";
  private static final Mail MAIL =
      new Mail(new EmailAddress("ada@example.org"), "Your password", "https://example.com/reset");

  private static final Map<String, String> OFFERED =
      Map.of(
          "EHLO", "250-fake\r\n250-STARTTLS\r\n250 AUTH PLAIN",
          "STARTTLS", "220 go ahead",
          "AUTH", "235 ok",
          "DATA", "354 go ahead");

  private static SSLContext ours() {
    return Certificates.context();
  }

  private static SSLContext usual() throws GeneralSecurityException {
    return SSLContext.getDefault();
  }

  /** STARTTLS as to a server elsewhere; only a fake one can stand in for it here. */
  private static SmtpMailer withStartTls(String host, FakeSmtpServer server, SSLContext trust) {
    Login login = new Login("ada", Password.of("hunter2"));
    return new SmtpMailer(
        new SmtpServer(host, server.port(), Tls.STARTTLS, Optional.of(login)),
        Sender.parse(FROM),
        trust.getSocketFactory(),
        InstantSource.system(),
        SmtpLimits.DEFAULT);
  }

  private static SmtpMailer withTlsAtOnce(String host, FakeSmtpServer server, SSLContext trust) {
    String url = "smtps://ada:hunter2@" + host + ":" + server.port();
    return SmtpMailer.of(url, FROM).withTls(trust);
  }

  private static void assertNotTrusted(SmtpMailer mailer, String why) {
    assertThatThrownBy(() -> mailer.send(MAIL))
        .isInstanceOf(MailException.class)
        .hasMessageContaining("offers no TLS to be trusted")
        .hasMessageContaining(why)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void mailArrivesUnderTls() {
    Certificates.giveToGreenMail();
    GreenMail server =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS).dynamicPort());
    server.start();
    try {
      String url = "smtps://localhost:" + server.getSmtps().getPort();
      SmtpMailer.of(url, FROM).withTls(ours()).send(MAIL);
      assertThat(server.getReceivedMessages()).hasSize(1);
    } finally {
      server.stop();
    }
  }

  @Test
  void unknownCertificateIsRefused() throws Exception {
    try (FakeSmtpServer server = FakeSmtpServer.that(FakeSmtpServer::encrypted)) {
      assertNotTrusted(withTlsAtOnce("localhost", server, usual()), "certification path");
    }
    try (FakeSmtpServer server = FakeSmtpServer.answering(OFFERED)) {
      assertNotTrusted(withStartTls("localhost", server, usual()), "certification path");
      assertThat(server.heard).containsExactly("EHLO [127.0.0.1]", "STARTTLS");
    }
  }

  /** The reverse DNS of 127.0.0.1 says localhost, which is the certificate's name. */
  @Test
  void certificateIsCheckedAgainstTheHostInTheUrlAndNoOther() throws Exception {
    try (FakeSmtpServer server = FakeSmtpServer.that(FakeSmtpServer::encrypted)) {
      assertNotTrusted(withTlsAtOnce("127.0.0.1", server, ours()), "127.0.0.1 found");
    }
    try (FakeSmtpServer server = FakeSmtpServer.answering(OFFERED)) {
      assertNotTrusted(withStartTls("127.0.0.1", server, ours()), "127.0.0.1 found");
      assertThat(server.heard).containsExactly("EHLO [127.0.0.1]", "STARTTLS");
    }
  }

  @Test
  void everythingIsSaidAfterStartTls() throws Exception {
    try (FakeSmtpServer server = FakeSmtpServer.answering(OFFERED)) {
      withStartTls("localhost", server, ours()).send(MAIL);
      assertThat(server.heard)
          .startsWith("EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]")
          .contains("MAIL FROM:<noreply@example.com>", "RCPT TO:<ada@example.org>")
          .contains("Subject: Your password", "https://example.com/reset");
      assertThat(server.heard.get(3)).startsWith("AUTH PLAIN ");
    }
  }

  @Test
  void serverWithoutStartTlsHearsNoPassword() throws Exception {
    Map<String, String> answers = Map.of("EHLO", "250-fake\r\n250 AUTH PLAIN", "AUTH", "235 ok");
    try (FakeSmtpServer server = FakeSmtpServer.answering(answers)) {
      assertThatThrownBy(() -> withStartTls("localhost", server, ours()).send(MAIL))
          .isInstanceOf(MailException.class)
          .hasMessageContaining("offers no STARTTLS");
      assertThat(server.heard).containsExactly("EHLO [127.0.0.1]");
    }
  }

  @Test
  void whatIsSaidBeforeTlsCountsForNothingAfterIt() throws Exception {
    // Somebody in between adds an answer in clear, to be taken for the server's.
    Map<String, String> answers = new HashMap<>(OFFERED);
    answers.put("STARTTLS", "220 go ahead\r\n250-fake\r\n250 AUTH LOGIN");
    try (FakeSmtpServer server = FakeSmtpServer.answering(answers)) {
      withStartTls("localhost", server, ours()).send(MAIL);
      assertThat(server.heard.get(3)).startsWith("AUTH PLAIN ");
    }
  }
}
