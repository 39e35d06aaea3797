package io.taskauth.password;

/**
 * More passwords wait to be hashed than this process is willing to hash. Nothing was decided; the
 * caller may try again in a second. Over HTTP this is a 503.
 */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OverloadedException() {
    super("too many sign-ins at once, try again in a moment");
  }
}
