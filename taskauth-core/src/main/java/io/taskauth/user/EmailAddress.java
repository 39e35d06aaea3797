package io.taskauth.user;

import io.taskauth.internal.Text;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address: something, an at sign, a domain; 254 characters at most. More than that only
 * the mail server knows. No white space, commas, brackets or quotes, which would let one address
 * become two in a mail header.
 */
public record EmailAddress(String value) {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@,;:<>()\\[\\]\"\\\\]{1,64}@[^\\s@,;:<>()\\[\\]\"\\\\]{1,253}");

  public EmailAddress {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an e-mail address");
    }
  }

  /** The address without the white space around it; empty where it is none. */
  public static Optional<EmailAddress> parse(@Nullable String text) {
    String address = text == null ? "" : text.strip();
    return isValid(address) ? Optional.of(new EmailAddress(address)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    return text.length() <= 254 && Text.isClean(text) && ADDRESS.matcher(text).matches();
  }

  /** What it is looked up by. */
  public LoginKey key() {
    return LoginKey.of(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
