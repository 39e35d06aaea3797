package io.taskauth.store.redis;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what is given up anyway. */
final class Quietly {
  private static final Logger log = LoggerFactory.getLogger(Quietly.class);

  private Quietly() {}

  static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      log.debug("what is given up could not be closed", e);
    }
  }
}
