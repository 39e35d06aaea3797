package io.taskauth.audit;

import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each event as one line of {@code name=value} pairs to the logger {@code taskauth.audit}.
 */
public final class LoggingAuditSink implements AuditSink {
  private static final Logger log = LoggerFactory.getLogger("taskauth.audit");

  /** Where the lines go, and whether, is for the host's logging to say. */
  public LoggingAuditSink() {}

  @Override
  public void record(AuditEvent event) {
    if (!log.isInfoEnabled()) {
      return;
    }
    StringBuilder line = new StringBuilder("event=").append(event.type().code());
    pair(line, "outcome", event.outcome().name().toLowerCase(Locale.ROOT));
    pair(line, "user_id", event.userId());
    pair(line, "username", event.username());
    pair(line, "ip", event.ip());
    pair(line, "user_agent", event.userAgent());
    pair(line, "target", event.target());
    new TreeMap<>(event.details()).forEach((name, value) -> pair(line, name, value));
    log.info("{}", line);
  }

  private static void pair(StringBuilder line, String name, @Nullable Object value) {
    if (value == null) {
      return;
    }
    line.append(' ').append(name).append("=\"");
    value
        .toString()
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                line.append('\\').appendCodePoint(c);
              } else if (needsEscape(c)) {
                line.append(String.format("\\u%04x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    line.append('"');
  }

  /** Control and formatting characters, line separators too: they move text about on a screen. */
  private static boolean needsEscape(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
