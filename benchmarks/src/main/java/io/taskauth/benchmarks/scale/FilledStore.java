package io.taskauth.benchmarks.scale;

import io.taskauth.store.AuthStore;
import java.util.Random;

/** A store, who is in it, and anybody of them. */
record FilledStore(AuthStore store, Population population, Random random) implements AutoCloseable {
  FilledStore(AuthStore store, Population population) {
    this(store, population, new Random(7));
  }

  int anySession() {
    return random.nextInt(population.sessions());
  }

  int anyUser() {
    return random.nextInt(population.users());
  }

  @Override
  public void close() {
    store.close();
  }
}
