package io.taskauth.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Takes what is many a few hundred at a time. */
public final class Slices {
  /** So many at most. */
  public static final int SIZE = 500;

  private Slices() {}

  /**
   * Hands over copies of all of it, one after the other, none of them empty. What a task throws
   * ends it.
   */
  public static <K, V> void of(Map<K, V> all, Consumer<Map<K, V>> task) {
    Map<K, V> slice = new HashMap<>();
    for (Map.Entry<K, V> entry : all.entrySet()) {
      slice.put(entry.getKey(), entry.getValue());
      if (slice.size() == SIZE) {
        task.accept(slice);
        slice = new HashMap<>();
      }
    }
    if (!slice.isEmpty()) {
      task.accept(slice);
    }
  }
}
