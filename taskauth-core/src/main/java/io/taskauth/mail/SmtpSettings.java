package io.taskauth.mail;

import jakarta.mail.URLName;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/** What Jakarta Mail is told about the server, and how to treat it. */
final class SmtpSettings {
  private SmtpSettings() {}

  static Properties of(SmtpServer server, SSLSocketFactory tls) {
    boolean startTls = server.tls() == SmtpServer.Tls.STARTTLS;
    Properties settings = new Properties();
    settings.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    settings.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
    settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    settings.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    settings.put("mail.smtp.ssl.socketFactory", tls);
    settings.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    // What mail programs say too: it needs no DNS, and does not tell the name of this machine.
    settings.setProperty("mail.smtp.localhost", "[127.0.0.1]");
    settings.setProperty("mail.smtp.quitwait", "false");
    return settings;
  }

  /** Without the host: the connection has it, and Jakarta Mail would ask the DNS again. */
  static URLName login(SmtpServer server) {
    String user = server.login().map(SmtpServer.Login::user).orElse(null);
    String password = server.login().map(login -> login.password().reveal()).orElse(null);
    return new URLName("smtp", null, -1, null, user, password);
  }
}
