package io.taskauth.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Puts into words why a mail did not go. The server's own words are left out, because it may quote
 * what it was sent, and with it the secret in a link. Its codes are enough (RFC 5321, RFC 3463).
 */
final class SmtpFailure {
  private static final Pattern CODES =
      Pattern.compile("([2-5]\\d\\d)(?:[ -]([245]\\.\\d{1,3}\\.\\d{1,3})(?!\\S))?");

  private SmtpFailure() {}

  static MailException late(SmtpServer server, SmtpLimits limits) {
    return new MailException(
        server + " took more than " + limits.whole().toMillis() + " ms for one mail", null);
  }

  static MailException of(SmtpServer server, IOException e) {
    String why;
    if (e instanceof SocketTimeoutException) {
      why = " gave no answer in time";
    } else if (e instanceof UnknownHostException) {
      why = " is a host that nobody knows";
    } else if (e instanceof SSLException) {
      why = " offers no TLS to be trusted: " + e.getMessage();
    } else {
      why = " cannot be talked to: " + e.getMessage();
    }
    return new MailException(server + why, e);
  }

  static MailException of(SmtpServer server, SMTPTransport transport, MessagingException e) {
    return find(IOException.class, e)
        .map(broken -> of(server, broken))
        // Without the cause, which quotes the server.
        .orElseGet(() -> new MailException(server + reason(server, transport, e), null));
  }

  private static String reason(SmtpServer server, SMTPTransport transport, MessagingException e) {
    boolean content = transport.getLastReturnCode() == 250;
    if (find(AuthenticationFailedException.class, e).isPresent()) {
      return content
          ? " offers no sign-in with PLAIN or LOGIN, but the URL has a user"
          : " refused the user or the password: " + codes(transport);
    }
    if (content && server.tls() == SmtpServer.Tls.STARTTLS) {
      return " offers no STARTTLS, and without TLS nothing is sent";
    }
    return find(SMTPAddressFailedException.class, e).isPresent()
        ? " refused the recipient: " + codes(transport)
        : " refused the mail: " + codes(transport);
  }

  private static String codes(SMTPTransport transport) {
    Matcher codes = CODES.matcher(String.valueOf(transport.getLastServerResponse()));
    if (!codes.lookingAt()) {
      return "it hung up, or it speaks no SMTP";
    }
    return codes.group(2) == null ? codes.group(1) : codes.group(1) + " " + codes.group(2);
  }

  private static <T extends Throwable> Optional<T> find(Class<T> type, @Nullable Throwable e) {
    while (e != null && !type.isInstance(e)) {
      e = e.getCause();
    }
    return Optional.ofNullable(type.cast(e));
  }
}
