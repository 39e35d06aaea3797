package io.taskauth.login;

import org.jspecify.annotations.Nullable;

/** A backend gave no answer: it failed, or it took too long. Over HTTP this is a 503. */
public final class BackendUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String backend;

  public BackendUnavailableException(String backend, @Nullable Throwable cause) {
    super("the backend '" + backend + "' gave no answer", cause);
    this.backend = backend;
  }

  /** The name under which the backend was registered. */
  public String backend() {
    return backend;
  }
}
