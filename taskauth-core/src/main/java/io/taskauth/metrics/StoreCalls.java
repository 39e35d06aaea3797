package io.taskauth.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what the store does. Threads may share it. */
public final class StoreCalls implements StoreCallListener {
  private static final Logger log = LoggerFactory.getLogger(StoreCalls.class);

  private final List<StoreCallListener> listeners = new CopyOnWriteArrayList<>();

  public StoreCalls() {}

  void add(StoreCallListener listener) {
    listeners.add(listener);
  }

  @Override
  public void called(String part, String verb, long nanos, boolean failed) {
    for (StoreCallListener listener : listeners) {
      try {
        listener.called(part, verb, nanos, failed);
      } catch (RuntimeException e) {
        // What is measured must not fail because of the measuring.
        log.debug("a listener to store calls failed", e);
      }
    }
  }
}
