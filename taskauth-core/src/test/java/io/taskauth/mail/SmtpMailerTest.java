package io.taskauth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.taskauth.user.EmailAddress;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail that arrives, at a real mail server on this machine. */
class SmtpMailerTest {
  private static final Mail MAIL =
      new Mail(new EmailAddress("ada@example.org"), "Your password", "https://example.com/reset\n");
  private static final String FROM = "Task Auth <noreply@example.com>";

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

  @BeforeEach
  void start() {
    server.start();
    server.setUser("noreply@example.com", "mailer@example.com", "hunter2 for+all@:");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private SmtpMailer mailer(String login) {
    return SmtpMailer.of("smtp://" + login + "127.0.0.1:" + server.getSmtp().getPort(), FROM);
  }

  private MimeMessage arrived() {
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }

  @Test
  void mailArrivesInAnyLanguage() throws Exception {
    String subject = "Passwort zurücksetzen 🔑 ".repeat(5) + "fertig";
    String text = "Grüße, Ada!\n\nhttps://example.com/auth/reset#abc\n.\n👋";
    SmtpMailer.of("smtp://localhost:" + server.getSmtp().getPort(), "Größe & Co <no@example.com>")
        .send(new Mail(MAIL.to(), subject, text));

    MimeMessage mail = arrived();
    assertThat(mail.getFrom())
        .containsExactly(new InternetAddress("no@example.com", "Größe & Co", "UTF-8"));
    assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("Größe & Co");
    assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress("ada@example.org"));
    assertThat(mail.getSubject()).isEqualTo(subject);
    assertThat(mail.getContent()).isEqualTo(text.replace("\n", "\r\n"));
    assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
  }

  @Test
  void headersSayWhatItIsAndNothingOfThisMachine() throws Exception {
    mailer("").withClock(() -> Instant.parse("2026-03-01T09:08:07Z")).send(MAIL);

    MimeMessage mail = arrived();
    assertThat(mail.getHeader("Date")).containsExactly("Sun, 1 Mar 2026 09:08:07 +0000");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getMessageID()).matches("<[0-9a-f]{32}@example\\.com>");
    assertThat(mail.getHeader("From")).containsExactly("Task Auth <noreply@example.com>");
    assertThat(mail.getHeader("Return-Path")).containsExactly("<noreply@example.com>");
    assertThat(mail.getHeader("Received")[0]).startsWith("from 127.0.0.1 (HELO [127.0.0.1])");
  }

  @Test
  void lineEndsOfEveryKindBecomeTheOneKind() throws Exception {
    for (String letter : new String[] {"a", "ü", "字"}) { // 7bit, quoted-printable, base64
      server.purgeEmailFromAllMailboxes();
      String text = "%1$s\r.\r%1$s\n.\n%1$s\r\n.\r\n%1$s".formatted(letter.repeat(9));
      mailer("").send(new Mail(MAIL.to(), "Hello", text));
      String content = (String) arrived().getContent();
      assertThat(content.stripTrailing()).isEqualTo(text.replaceAll("\r\n|\r|\n", "\r\n"));
    }
  }

  @Test
  void userAndPasswordAreAccepted() throws Exception {
    server.getUserManager().setAuthRequired(true);
    mailer("mailer%40example.com:hunter2%20for+all%40%3A@").send(MAIL);
    assertThat(arrived().getSubject()).isEqualTo("Your password");
  }

  @Test
  void wrongPasswordIsSaidAndNotRepeated() {
    server.getUserManager().setAuthRequired(true);
    SmtpMailer mailer = mailer("mailer%40example.com:hunter3@");
    assertThatThrownBy(() -> mailer.send(MAIL))
        .isInstanceOf(MailException.class)
        .hasNoCause()
        .hasMessageContaining("refused the user or the password: 535")
        .hasMessageNotContainingAny("hunter3", "mailer");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void addressThatSmtpWouldMangleIsRefused() {
    // As bytes the letter would be an at sign, and the mail would go to evil.example.
    Mail mail = new Mail(new EmailAddress("ada\u0140evil.example\u013e@x.org"), "Hello", "secret");
    assertThatThrownBy(() -> mailer("").send(mail))
        .isInstanceOf(MailException.class)
        .hasMessageContaining("ASCII");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void threadsShareOneMailer() throws Exception {
    SmtpMailer mailer = mailer("");
    Callable<Void> send =
        () -> {
          mailer.send(MAIL);
          return null;
        };
    var threads = Executors.newFixedThreadPool(4);
    for (var sent : threads.invokeAll(List.of(send, send, send, send, send, send, send, send))) {
      sent.get();
    }
    threads.shutdown();
    assertThat(server.getReceivedMessages()).hasSize(8);
  }
}
