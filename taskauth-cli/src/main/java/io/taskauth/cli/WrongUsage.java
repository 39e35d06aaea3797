package io.taskauth.cli;

/** The command line itself, or the environment, makes no sense: exit code 2. */
final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String inWords;

  WrongUsage(String message) {
    super(message);
    this.inWords = message;
  }

  /** What to tell whoever gave the command. */
  String inWords() {
    return inWords;
  }
}
