package io.taskauth.cli;

/** A password or a token. It never shows itself by accident. */
final class Secret {
  private final String value;

  Secret(String value) {
    this.value = value;
  }

  String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
