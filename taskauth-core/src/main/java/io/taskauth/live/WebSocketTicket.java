package io.taskauth.live;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What opens one WebSocket, once and soon: a browser cannot set a header there, and an address with
 * a lasting secret in it ends up in logs. 256 random bits. Prints as {@code [redacted]}.
 */
public final class WebSocketTicket {
  /** How long it can be taken. */
  public static final Duration LIFE = Duration.ofSeconds(30);

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String text;

  WebSocketTicket(String text) {
    this.text = text;
  }

  /** The ticket itself, for whoever asked for it. */
  public String reveal() {
    return text;
  }

  static boolean isOne(String presented) {
    return FORM.matcher(presented).matches();
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
