package io.taskauth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.user.EmailAddress;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of mail that the server did not take, and what is not. */
class SmtpRefusalTest {
  private static final Map<String, String> USUAL =
      Map.of("EHLO", "250-fake\r\n250 AUTH PLAIN", "AUTH", "235 ok", "DATA", "354 go ahead");
  private static final Mail MAIL =
      new Mail(new EmailAddress("ada@example.org"), "Your password", "https://x.org/reset#secret");

  private static SmtpMailer mailer(FakeSmtpServer server) {
    String url = "smtp://ada:hunter2@127.0.0.1:" + server.port();
    return SmtpMailer.of(url, "noreply@example.com");
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(String verb, String answer)
      throws IOException {
    Map<String, String> answers = new HashMap<>(USUAL);
    answers.put(verb, answer);
    try (FakeSmtpServer server = FakeSmtpServer.answering(answers)) {
      return assertThatThrownBy(() -> mailer(server).send(MAIL))
          .isInstanceOf(MailException.class)
          .hasNoCause()
          .hasMessageNotContainingAny("hunter2", "secret");
    }
  }

  @Test
  void refusalsAreToldByTheirCodes() throws IOException {
    assertRefused("RCPT", "550 5.1.1 Nobody of that name")
        .hasMessageEndingWith("refused the recipient: 550 5.1.1");
    assertRefused("RCPT", "450-4.2.1 Later\r\n450 4.2.1 please")
        .hasMessageEndingWith("refused the recipient: 450 4.2.1");
    assertRefused("MAIL", "530 Authenticate first").hasMessageEndingWith("refused the mail: 530");
    assertRefused("AUTH", "535 5.7.8 AGFkYQBodW50ZXIy hunter2")
        .hasMessageEndingWith("refused the user or the password: 535 5.7.8");
    assertRefused("EHLO", "250 fake").hasMessageContaining("offers no sign-in");
    assertRefused("EHLO", "250-fake\r\n250 AUTH DIGEST-MD5")
        .hasMessageContaining("offers no sign-in with PLAIN or LOGIN");
  }

  @Test
  void wordsOfTheServerAreNotRepeatedForTheyMayQuoteTheMail() throws IOException {
    assertRefused(".", "554 5.7.1 https://x.org/reset#secret is a bad link")
        .hasMessageEndingWith("refused the mail: 554 5.7.1");
  }

  @Test
  @Timeout(4)
  void serverThatFallsSilentAfterTakingTheMailHasTakenIt() throws IOException {
    Map<String, String> answers = new HashMap<>(USUAL);
    answers.put("QUIT", "");
    try (FakeSmtpServer server = FakeSmtpServer.answering(answers)) {
      assertThatCode(() -> mailer(server).send(MAIL)).doesNotThrowAnyException();
      assertThat(server.heard).contains("https://x.org/reset#secret");
    }
  }
}
