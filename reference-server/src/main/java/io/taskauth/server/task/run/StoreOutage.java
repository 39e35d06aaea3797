package io.taskauth.server.task.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that something waits for the store, and once that it goes on. For one thread. */
final class StoreOutage {
  private static final Logger log = LoggerFactory.getLogger(StoreOutage.class);

  private final String what;
  private boolean out;

  StoreOutage(String what) {
    this.what = what;
  }

  void began(RuntimeException reason) {
    if (!out) {
      out = true;
      log.warn("{}: the store cannot be reached; it is tried again until it can", what, reason);
    }
  }

  void over() {
    if (out) {
      out = false;
      log.info("{}: the store is back", what);
    }
  }
}
