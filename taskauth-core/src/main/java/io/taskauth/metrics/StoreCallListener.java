package io.taskauth.metrics;

/** Is told of each call of the store, on the thread that made it: it must be quick. */
@FunctionalInterface
public interface StoreCallListener {
  /**
   * @param part which part of the store, such as {@code sessions}
   * @param verb what was asked of it, such as {@code find}
   * @param nanos how long it took
   * @param failed whether it ended in an exception
   */
  void called(String part, String verb, long nanos, boolean failed);
}
