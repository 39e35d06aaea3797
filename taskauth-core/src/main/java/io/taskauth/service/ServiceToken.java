package io.taskauth.service;

/**
 * The token of a service account: whoever has it acts as that machine. Shown once, kept nowhere.
 * Prints as {@code [redacted]}.
 */
public final class ServiceToken {
  /** What every one begins with, so that secret scanners find a leaked one. */
  public static final String PREFIX = "taskauth_svc_";

  private final String text;

  ServiceToken(String text) {
    this.text = text;
  }

  /** The token itself, for whoever made it. */
  public String reveal() {
    return text;
  }

  /** Whether a bearer token is meant to be one of these. */
  public static boolean isOne(String presented) {
    return presented.startsWith(PREFIX);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
