package io.taskauth.store;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be reached, or what it did is not known. Nothing is decided about anybody: over
 * HTTP this is a 503 that says "try again", never a 401.
 */
public final class AuthStoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public AuthStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
