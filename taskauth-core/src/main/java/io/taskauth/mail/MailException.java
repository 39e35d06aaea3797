package io.taskauth.mail;

import org.jspecify.annotations.Nullable;

/**
 * A mail was not sent. The message says what went wrong, for a log; it holds neither the mail's
 * text nor a password.
 */
public final class MailException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MailException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
