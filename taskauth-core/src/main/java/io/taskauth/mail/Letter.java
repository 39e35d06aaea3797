package io.taskauth.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import io.taskauth.user.EmailAddress;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A mail in the form in which it travels. It says nothing about the machine that it comes from. */
final class Letter extends MimeMessage {
  /** RFC 5322, section 3.3. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private final InternetAddress to = new InternetAddress();
  private final String id;

  Letter(Session session, Sender from, Mail mail, Instant date, String id)
      throws MessagingException {
    super(session);
    this.id = "<" + id + "@" + from.domain() + ">";
    to.setAddress(mail.to().value());
    setFrom(from.header());
    setRecipient(Message.RecipientType.TO, to);
    setSubject(mail.subject(), UTF_8.name());
    // CR LF in base64 too, in which nobody puts it right on the way (RFC 2045, section 6.8).
    setText(mail.text().lines().collect(Collectors.joining("\r\n", "", "\r\n")), UTF_8.name());
    setHeader("Date", DATE.format(date.atOffset(UTC)));
    // Keeps holiday notices away (RFC 3834, section 5).
    setHeader("Auto-Submitted", "auto-generated");
    saveChanges();
  }

  /**
   * Whether mail can go to the address. Other characters than ASCII need SMTPUTF8 (RFC 6531); where
   * they are squeezed into bytes instead, the mail may reach somebody else.
   */
  static boolean canTravel(EmailAddress address) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(address.value());
  }

  Address[] envelope() {
    return new Address[] {to};
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
