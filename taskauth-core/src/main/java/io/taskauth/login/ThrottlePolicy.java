package io.taskauth.login;

import java.time.Duration;

/**
 * How many failed sign-ins are let pass within a window of time (OWASP ASVS 5.0, V6.1.1 and
 * V6.3.1). All three limits hold at once; a right password counts for nothing.
 *
 * @param perNameAndAddress one name from one address: somebody guessing
 * @param perName one name from anywhere: many machines guessing. Beyond it, only addresses that the
 *     name signed in from lately (as this process remembers) are let through
 * @param perAddress any names from one address: somebody trying one password on many names
 * @param window the length of the window, which begins with the first failure
 */
public record ThrottlePolicy(int perNameAndAddress, int perName, int perAddress, Duration window) {
  /** 10, 100 and 200 within 15 minutes. */
  public static final ThrottlePolicy STANDARD =
      new ThrottlePolicy(10, 100, 200, Duration.ofMinutes(15));

  public ThrottlePolicy {
    if (perNameAndAddress < 1 || perName < 1 || perAddress < 1) {
      throw new IllegalArgumentException("each limit of the login throttle must be at least 1");
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "the window of the login throttle must be one second to one day, not " + window);
    }
  }
}
