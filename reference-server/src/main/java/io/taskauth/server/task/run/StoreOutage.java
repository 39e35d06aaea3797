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

  void began(Throwable reason) {
    if (!out) {
      out = true;
      log.warn(
          "{}: it does not work, as a rule because the store cannot be reached; it is tried again",
          what,
          reason);
    }
  }

  void over() {
    if (out) {
      out = false;
      log.info("{}: it works again", what);
    }
  }
}
