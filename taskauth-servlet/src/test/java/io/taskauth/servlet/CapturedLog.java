package io.taskauth.servlet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** All that the library writes to its logs, down to the last detail, until it is closed. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Map<Logger, Level> before = new HashMap<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  CapturedLog() {
    for (String name : List.of("io.taskauth", "taskauth.audit")) {
      Logger logger = (Logger) LoggerFactory.getLogger(name);
      before.put(logger, logger.getLevel());
      logger.setAdditive(false);
      logger.setLevel(Level.ALL);
      logger.addAppender(this);
    }
    start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getLevel() + " " + event.getFormattedMessage());
    for (IThrowableProxy e = event.getThrowableProxy(); e != null; e = e.getCause()) {
      lines.add(e.getClassName() + ": " + e.getMessage());
    }
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    stop();
    before.forEach(
        (logger, level) -> {
          logger.detachAppender(this);
          logger.setAdditive(true);
          logger.setLevel(level);
        });
  }
}
