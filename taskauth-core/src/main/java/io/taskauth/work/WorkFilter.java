package io.taskauth.work;

import org.jspecify.annotations.Nullable;

/**
 * Which pieces of work of a pool are wanted; null stands for any.
 *
 * @param name of exactly this name
 * @param label of exactly this label
 * @param status in this status
 */
public record WorkFilter(
    String pool, @Nullable String name, @Nullable String label, @Nullable WorkStatus status) {
  /** All of a pool. */
  public static WorkFilter all(String pool) {
    return new WorkFilter(pool, null, null, null);
  }

  /** All of a name. */
  public static WorkFilter of(String pool, String name) {
    return new WorkFilter(pool, name, null, null);
  }

  public boolean matches(WorkItem item) {
    return item.pool().equals(pool)
        && (name == null || item.name().equals(name))
        && (label == null || item.label().equals(label))
        && (status == null || item.status() == status);
  }
}
