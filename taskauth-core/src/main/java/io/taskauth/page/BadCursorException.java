package io.taskauth.page;

/** A cursor that no page of this list has given. */
public final class BadCursorException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public BadCursorException() {
    super("the cursor is none that this list has given");
  }
}
