package io.taskauth.server.task;

/** Arguments that a task cannot be run with; the message is a sentence for whoever sent them. */
public final class BadArgumentsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadArgumentsException(String message) {
    // No stack trace: it is an answer.
    super(message, null, false, false);
  }
}
