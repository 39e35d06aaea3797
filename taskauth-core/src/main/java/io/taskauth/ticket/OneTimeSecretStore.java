package io.taskauth.ticket;

import java.time.Instant;
import java.util.Optional;

/**
 * Single-use secrets. Each method is one atomic step; it throws {@code
 * io.taskauth.store.AuthStoreException} where the store cannot be reached. Implementations are
 * shared by threads.
 */
public interface OneTimeSecretStore {
  /** Keeps a secret until it is taken or has come to its end. */
  void put(OneTimeSecret secret);

  /**
   * Keeps a secret in place of those that its user had for the same purpose.
   *
   * @param secret has a user
   */
  void replace(OneTimeSecret secret);

  /** Looks at a secret and leaves it there; empty where {@link #take} would give nothing. */
  Optional<OneTimeSecret> find(String hash, String purpose, Instant now);

  /**
   * Takes a secret: of any number of callers exactly one gets it. Empty where it is unknown, taken,
   * past its end at {@code now}, or made for another purpose (then it stays).
   */
  Optional<OneTimeSecret> take(String hash, String purpose, Instant now);

  /**
   * Removes secrets whose end is past, {@code limit} at most.
   *
   * @return how many were removed
   */
  int sweep(Instant now, int limit);
}
