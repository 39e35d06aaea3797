package io.taskauth.mail;

import io.taskauth.internal.Text;
import io.taskauth.user.EmailAddress;

/**
 * A mail to one person, in plain text. The subject has no line breaks or other control characters,
 * which could add headers to the mail. The text may hold a secret, so it is never printed.
 */
public record Mail(EmailAddress to, String subject, String text) {
  public Mail {
    if (!Text.isClean(subject)) {
      throw new IllegalArgumentException("the subject of a mail has no control characters");
    }
  }

  @Override
  public String toString() {
    return "Mail[to=" + to + ", subject=" + subject + ", text=[redacted]]";
  }
}
