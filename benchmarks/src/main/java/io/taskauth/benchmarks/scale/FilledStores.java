package io.taskauth.benchmarks.scale;

import io.taskauth.store.AuthStore;
import java.nio.file.Path;

/** Stores for whoever wants many sessions in them. */
public final class FilledStores {
  private FilledStores() {}

  /** A store of that name with so many sessions, each of a user of its own. */
  public static AuthStore fill(String address, Path directory, String name, int sessions) {
    return Filling.fill(address, directory, name, new Population(sessions, sessions), 0);
  }
}
