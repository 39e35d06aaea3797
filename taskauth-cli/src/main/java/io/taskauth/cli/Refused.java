package io.taskauth.cli;

/** The server said no, in the way that taskauth says it. */
final class Refused extends Failure {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  Refused(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  /** The stable {@code error} of the answer, empty where it had none. */
  String code() {
    return code;
  }
}
