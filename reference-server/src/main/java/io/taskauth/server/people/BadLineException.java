package io.taskauth.server.people;

/** A user that cannot be made an account; the reason repeats nothing of what was sent. */
final class BadLineException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  BadLineException(String reason) {
    // No stack trace: it is an answer.
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
