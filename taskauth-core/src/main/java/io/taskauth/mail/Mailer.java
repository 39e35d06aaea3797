package io.taskauth.mail;

/**
 * Sends mail. A host gives its own or {@link SmtpMailer}. Threads share it, and the caller waits
 * for it, so it must come to an end in seconds.
 */
@FunctionalInterface
public interface Mailer {
  /**
   * Returns when somebody has taken over the mail, for example the next mail server.
   *
   * @throws MailException when nobody has, as far as is known
   */
  void send(Mail mail) throws MailException;
}
