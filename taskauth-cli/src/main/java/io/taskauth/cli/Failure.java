package io.taskauth.cli;

/** What ends a command with one line on standard error and exit code 1. */
class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String inWords;

  Failure(String message) {
    super(message);
    this.inWords = message;
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
    this.inWords = message;
  }

  /** What to tell whoever gave the command. */
  String inWords() {
    return inWords;
  }
}
