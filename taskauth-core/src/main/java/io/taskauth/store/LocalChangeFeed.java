package io.taskauth.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The feed of a store that only one process can open: a change is told before the call that made it
 * returns, so the feed is always current.
 */
public final class LocalChangeFeed implements ChangeFeed {
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /** Nobody listens yet. */
  public LocalChangeFeed() {}

  @Override
  public Runnable subscribe(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** For the store: call it after the change is durable and before saying so. */
  public void publish(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  @Override
  public boolean isCurrent() {
    return true;
  }
}
