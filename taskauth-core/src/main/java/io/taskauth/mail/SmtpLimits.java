package io.taskauth.mail;

import java.time.Duration;

/**
 * How long the mail server may keep a thread: for the connection, for each read and each write, and
 * for one mail from beginning to end.
 */
record SmtpLimits(Duration step, Duration whole) {
  static final SmtpLimits DEFAULT = new SmtpLimits(Duration.ofSeconds(5), Duration.ofSeconds(15));
}
