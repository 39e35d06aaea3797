package io.taskauth.server.task;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many in so long, as in {@code 10/s}. Immutable. */
public record Rate(int count, Unit unit) {
  private static final int MAX = 100_000;
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})/(s|m|h)");

  /** What is counted in. */
  public enum Unit {
    SECOND("s", Duration.ofSeconds(1)),
    MINUTE("m", Duration.ofMinutes(1)),
    HOUR("h", Duration.ofHours(1));

    private final String code;
    private final Duration length;

    Unit(String code, Duration length) {
      this.code = code;
      this.length = length;
    }
  }

  /** Empty where it is no number from 1 to 100000 with /s, /m or /h behind it. */
  public static Optional<Rate> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(1)) > MAX) {
      return Optional.empty();
    }
    for (Unit unit : Unit.values()) {
      if (unit.code.equals(form.group(2))) {
        return Optional.of(new Rate(Integer.parseInt(form.group(1)), unit));
      }
    }
    return Optional.empty();
  }

  /** How long a window of it is. */
  public Duration window() {
    return unit.length;
  }

  @Override
  public String toString() {
    return count + "/" + unit.code;
  }
}
