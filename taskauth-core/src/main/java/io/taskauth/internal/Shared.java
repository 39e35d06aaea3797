package io.taskauth.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One instance for equal values of which there are few, where very many things refer to them.
 * Threads may share it.
 */
public final class Shared<T> {
  private static final int FEW = 256;

  private final ConcurrentMap<T, T> known = new ConcurrentHashMap<>();

  /** A value that is equal to this one; itself where there are too many already. */
  public T of(T value) {
    T before = known.get(value);
    if (before != null || known.size() >= FEW) {
      return before != null ? before : value;
    }
    T other = known.putIfAbsent(value, value);
    return other != null ? other : value;
  }
}
