package io.taskauth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.mail.SmtpServer.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mail servers a URL can name, and from whom mail can be. */
class SmtpServerTest {
  private static final String FROM = "noreply@example.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mail.example.com",
        "http://ada:hunter2@mail.example.com",
        "smtp:mail.example.com",
        "smtp://",
        "smtp://ada:hunter2@",
        "smtp://ada:hunter2@mail.example.com:0",
        "smtp://ada:hunter2@mail.example.com:65536",
        "smtp://ada:hunter2@mail.example.com:mail",
        "smtp://ada:hunter2@mail example.com",
        "smtp://ada:hunter2%zz@mail.example.com",
        "smtp://ada:hunter2%0d%0aQUIT@mail.example.com",
        "smtp://ada:hunter2%00@mail.example.com",
        "smtp://ada:hunter2@secret@mail.example.com",
        "smtp://ada:hunter2/@mail.example.com",
        "smtp://ada:25/hunter2@mail.example.com",
        "smtp://ada:25?hunter2@mail.example.com",
        "smtp://ada:25#hunter2@mail.example.com",
        "smtp://ada:hunter2@mail.example.com/",
        "smtp://ada:hunter2@mail.example.com?tls=no",
        "smtp://ada:hunter2@mail.example.com?tls=off&tls=off",
        "smtp://ada:hunter2@mail.example.com?tls=off",
        "smtp://ada:hunter2@0.0.0.0?tls=off",
        "smtp://ada:hunter2@localhost.example.com?tls=off",
        "smtps://ada:hunter2@mail.example.com?tls=off",
        "smtps://ada:hunter2@localhost?tls=off",
        "smtp://ada@mail.example.com",
        "smtp://ada:@mail.example.com",
        "smtp://:hunter2@mail.example.com",
        "smtp://hunter2@mail.example.com",
      })
  void urlThatMakesNoSenseIsRefusedWithoutThePassword(String url) {
    assertThatThrownBy(() -> SmtpMailer.of(url, FROM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageContaining("smtp://[user:password@]host[:port]")
        .hasMessageNotContainingAny("hunter2", "secret");
  }

  @ParameterizedTest
  @CsvSource({
    "smtp://mail.example.com,             mail.example.com, 587, STARTTLS",
    "SMTP://mail.example.com:25,          mail.example.com, 25,  STARTTLS",
    "smtp://ada:pw@10.0.0.5,              10.0.0.5,         587, STARTTLS",
    "smtp://mail.example.com?tls=off,     mail.example.com, 587, NONE",
    "smtps://mail.example.com,            mail.example.com, 465, AT_ONCE",
    "smtps://ada:pw@localhost,            localhost,        465, AT_ONCE",
    "smtp://ada:pw@localhost:1025,        localhost,        1025, NONE",
    "smtp://ada:pw@LOCALHOST,             LOCALHOST,        587, NONE",
    "smtp://ada:pw@127.9.9.9,             127.9.9.9,        587, NONE",
    "smtp://ada:pw@[::1],                 ::1,              587, NONE",
    "smtp://ada:pw@[::1]?tls=off,         ::1,              587, NONE",
    "smtp://[2001:db8::1],                2001:db8::1,      587, STARTTLS",
    "smtp://localhost.example.com,        localhost.example.com, 587, STARTTLS",
  })
  void tlsIsDemandedExceptOnThisMachine(String url, String host, int port, Tls tls) {
    SmtpServer server = SmtpServer.parse(url);
    assertThat(server.host()).isEqualTo(host);
    assertThat(server.port()).isEqualTo(port);
    assertThat(server.tls()).isEqualTo(tls);
  }

  @Test
  void userAndPasswordArePercentDecoded() {
    var login = SmtpServer.parse("smtps://a%40b%3Ac:p%2Fw+%C3%BC%25:x@mail.example.com").login();
    assertThat(login.orElseThrow().user()).isEqualTo("a@b:c");
    assertThat(login.orElseThrow().password().reveal()).isEqualTo("p/w+ü%:x");
  }

  @Test
  void nothingPrintsThePassword() {
    String url = "smtps://ada:hunter2@mail.example.com";
    assertThat(SmtpMailer.of(url, FROM).toString())
        .contains("smtps://mail.example.com:465")
        .doesNotContain("hunter2", "ada");
    assertThat(SmtpServer.parse(url).toString()).doesNotContain("hunter2");
    assertThat(SmtpServer.parse(url).login().toString()).doesNotContain("hunter2");
    assertThat(SmtpServer.parse("smtp://[::1]:25").toString()).isEqualTo("smtp://[::1]:25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "noreply",
        "taskauth <noreply>",
        "a@example.com, b@example.com",
        "taskauth <a@example.com> <b@example.com>",
        "task\r\nBcc: eve@example.com <noreply@example.com>",
        "task\r\n auth <noreply@example.com>",
        "task\u0000auth <noreply@example.com>",
        "noreply@exämple.com",
        "list: a@example.com;",
      })
  void mailFromNobodyInParticularIsRefused(String from) {
    assertThatThrownBy(() -> SmtpMailer.of("smtp://localhost", from))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Name <name@example.com>");
  }
}
