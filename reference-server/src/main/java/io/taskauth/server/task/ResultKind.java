package io.taskauth.server.task;

/** What the result of a task is written in, and how long it may be. */
public enum ResultKind {
  /** A few sentences for people. */
  TEXT("text/plain", "txt", 64 * 1024),
  /** Comma-separated values (RFC 4180), to be opened elsewhere. */
  CSV("text/csv", "csv", 1024 * 1024);

  private final String type;
  private final String ending;
  private final int max;

  ResultKind(String type, String ending, int max) {
    this.type = type;
    this.ending = ending;
    this.max = max;
  }

  /** The media type. */
  public String type() {
    return type;
  }

  /** What the name of a file ends with, without the dot. */
  public String ending() {
    return ending;
  }

  /** In characters; what is longer is cut. */
  public int max() {
    return max;
  }
}
