package io.taskauth.oauth;

/** What a provider sent is not to be believed. The reason is a word of ours, for the record. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  RefusedException(String reason) {
    // No cause and no stack: a parser's message quotes what it could not parse.
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
