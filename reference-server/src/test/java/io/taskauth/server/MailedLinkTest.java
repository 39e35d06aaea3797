package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link for choosing a password, sent by the server as an operator configures it. */
class MailedLinkTest {
  private static final Pattern LINK = Pattern.compile("http://\\S+/auth/reset\\?token=(\\S+)");
  private static final String NEW_USER = "{\"username\":\"grace\",\"email\":\"grace@example.com\"}";

  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @BeforeEach
  void startMailServer() {
    mail.start();
  }

  @AfterEach
  void stopMailServer() {
    mail.stop();
  }

  private RunningServer start() {
    return RunningServer.start(
        Map.of(
            "TASKAUTH_ADMIN_USER",
            "root",
            "TASKAUTH_ADMIN_PASSWORD",
            RunningServer.PASSWORD,
            "TASKAUTH_SMTP_URL",
            "smtp://127.0.0.1:" + mail.getSmtp().getPort(),
            "TASKAUTH_MAIL_FROM",
            "Console <console@example.com>"));
  }

  private static HttpResponse<String> create(RunningServer server) throws Exception {
    String token = server.postJson("/api/auth/token", RunningServer.credentials("root")).body();
    Matcher bearer = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(token);
    assertThat(bearer.find()).isTrue();
    return server.postJson(
        "/api/auth/users", NEW_USER, "Authorization", "Bearer " + bearer.group(1));
  }

  @Test
  void letsTheNewUserChooseAPassword() throws Exception {
    try (RunningServer server = start()) {
      assertThat(create(server).body()).contains("\"email_sent\":true");

      MimeMessage received = mail.getReceivedMessages()[0];
      assertThat(received.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("grace@example.com");
      assertThat(received.getFrom()[0].toString()).isEqualTo("Console <console@example.com>");
      Matcher link = LINK.matcher(received.getContent().toString());
      assertThat(link.find()).isTrue();
      assertThat(link.group()).startsWith(server.url("/auth/reset"));

      String choice =
          "{\"token\":\""
              + link.group(1)
              + "\",\"new_password\":\""
              + RunningServer.PASSWORD
              + "\"}";
      assertThat(server.postJson("/api/auth/reset-password", choice).statusCode()).isEqualTo(200);
      assertThat(server.postJson("/api/auth/reset-password", choice).statusCode()).isEqualTo(400);
      assertThat(server.signIn("grace")).isNotEmpty();
    }
  }

  @Test
  void isStillInTheAnswerWhereTheMailServerIsOut() throws Exception {
    try (RunningServer server = start()) {
      mail.stop();
      assertThat(create(server).body()).contains("\"email_sent\":false", "/auth/reset?token=");
    }
  }
}
