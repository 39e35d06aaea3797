package io.taskauth.store.redis;

import io.taskauth.store.AuthStoreException;

/** The version of how keys are laid out. */
final class Schema {
  /** What this library writes. */
  static final int VERSION = 1;

  private Schema() {}

  /**
   * @throws AuthStoreException where the keys are those of a newer version
   */
  static void apply(Redis redis, Keys keys) {
    Object answer =
        redis.run("read its schema", Script.MIGRATE, keys.accounts(), String.valueOf(VERSION));
    long found = Replies.number(answer);
    if (found > VERSION) {
      throw new AuthStoreException(
          "the schema of this store is version "
              + found
              + ", written by a newer taskauth; this one knows version "
              + VERSION
              + " and leaves it alone: use the newer taskauth, or another key prefix",
          null);
    }
  }
}
