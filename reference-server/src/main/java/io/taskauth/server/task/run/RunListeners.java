package io.taskauth.server.task.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of something; one that fails does not keep the others from hearing. */
final class RunListeners<T> {
  private static final Logger log = LoggerFactory.getLogger(RunListeners.class);

  private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

  void add(Consumer<T> listener) {
    listeners.add(listener);
  }

  void tell(T what) {
    for (Consumer<T> listener : listeners) {
      try {
        listener.accept(what);
      } catch (RuntimeException e) {
        log.error("a listener to runs failed", e);
      }
    }
  }
}
