package io.taskauth.server.task.settings;

/** A change that makes no sense; the message is a sentence for whoever asked for it. */
public final class BadOverrideException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadOverrideException(String message) {
    // No stack trace: it is an answer.
    super(message, null, false, false);
  }
}
