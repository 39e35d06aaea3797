package io.taskauth.mail;

import io.taskauth.internal.Text;
import io.taskauth.user.EmailAddress;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;

/** Whom a mail is from: an address, and a name that may be empty. */
record Sender(String name, EmailAddress address) {
  /** Out of {@code address} or {@code Name <address>}. */
  static Sender parse(String text) {
    try {
      if (Text.isClean(text)) {
        InternetAddress parsed = new InternetAddress(text, true);
        String name = parsed.getPersonal();
        EmailAddress address = new EmailAddress(parsed.getAddress());
        if (Letter.canTravel(address)) {
          return new Sender(name == null ? "" : name, address);
        }
      }
    } catch (AddressException | IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "a mail is from one ASCII address, with or without a name: Name <name@example.com>");
  }

  String domain() {
    return address.value().substring(address.value().lastIndexOf('@') + 1);
  }

  InternetAddress header() {
    try {
      return new InternetAddress(
          address.value(), name.isEmpty() ? null : name, StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
