package io.taskauth.server.task.run;

import io.taskauth.TaskAuth;
import io.taskauth.audit.AuditTrail;
import io.taskauth.store.AuthStore;
import io.taskauth.token.Sealer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What running tasks takes from outside.
 *
 * @param random for the spread of further attempts
 * @param sealer for arguments that must not be read in the store
 */
public record Surroundings(
    AuthStore store,
    InstantSource clock,
    Supplier<UUID> ids,
    RandomGenerator random,
    Sealer sealer,
    AuditTrail audit) {

  /**
   * @param store the one that the library has
   */
  public static Surroundings of(TaskAuth auth, AuthStore store) {
    return new Surroundings(
        store,
        auth.clock(),
        auth.ids()::uuidV7,
        new SecureRandom(),
        auth.sealer("task arguments"),
        auth.audit());
  }
}
