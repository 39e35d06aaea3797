package io.taskauth.store;

import java.util.Optional;

/**
 * Named JSON documents with a version. Each method is one atomic step; it throws {@link
 * AuthStoreException} where the store cannot be reached. Implementations are shared by threads.
 */
public interface SettingStore {
  /**
   * @param version 1 for the first that was written, then one more each time
   * @param document JSON
   */
  record Setting(long version, String document) {}

  /** The setting as it is; empty where it was never written. */
  Optional<Setting> get(String name);

  /**
   * Writes a setting if it is still the version that was read; 0 for one that must not exist yet.
   *
   * @return the new version, or empty, and nothing written, where somebody else was faster
   */
  Optional<Long> put(String name, String document, long expectedVersion);
}
