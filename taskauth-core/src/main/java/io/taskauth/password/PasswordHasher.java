package io.taskauth.password;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords, a bounded number at once: a hash costs 19 MiB and a core for tens of
 * milliseconds, which is what an attacker would like to spend for us (OWASP ASVS 5.0, V15.2.2).
 * Threads may share it. Every method but {@link #needsRehash} may throw {@link
 * OverloadedException}.
 */
public final class PasswordHasher {
  private static final int WAITING_PER_PERMIT = 8;
  private static final int WAIT_SECONDS = 2;

  private final List<HashAlgorithm> algorithms;
  private final HashAlgorithm preferred;
  private final PasswordHash decoy;
  private final int atOnce;
  private final Semaphore running;
  private final Semaphore admitted;

  private PasswordHasher(List<HashAlgorithm> algorithms, int atOnce) {
    this.algorithms = List.copyOf(algorithms);
    this.preferred = algorithms.get(0);
    this.decoy = preferred.hash("no account has this password");
    this.atOnce = atOnce;
    this.running = new Semaphore(atOnce, true);
    this.admitted = new Semaphore(atOnce * (1 + WAITING_PER_PERMIT));
  }

  /** Argon2id with these parameters, or PBKDF2 where Argon2 does not load. */
  public static PasswordHasher argon2id(
      Argon2Parameters parameters, int atOnce, SecureRandom random) {
    HashAlgorithm pbkdf2 = new Pbkdf2Sha256(random);
    Optional<HashAlgorithm> argon2 = Argon2id.load(parameters);
    return new PasswordHasher(
        argon2.map(a -> List.of(a, pbkdf2)).orElseGet(() -> List.of(pbkdf2)), atOnce);
  }

  /** A fresh hash, with a salt of its own, by the preferred algorithm. */
  public PasswordHash hash(Password password) {
    requireHashable(password);
    return bounded(() -> preferred.hash(password.normalized()));
  }

  /** Whether {@code password} is the one behind {@code stored}; false for an unknown format. */
  public boolean verify(Password password, PasswordHash stored) {
    if (!password.isHashable()) {
      return false;
    }
    Optional<HashAlgorithm> maker = algorithms.stream().filter(a -> a.made(stored)).findFirst();
    if (maker.isEmpty()) {
      verifyAgainstNothing(password);
      return false;
    }
    return bounded(() -> maker.get().verify(password.normalized(), stored));
  }

  /**
   * Takes as long as checking a wrong password does. Same work for an unknown login, so that timing
   * does not tell who has an account.
   */
  public void verifyAgainstNothing(Password password) {
    boolean unused = verify(password, decoy);
  }

  /** Whether the hash should be replaced by a fresh one while the password is at hand. */
  public boolean needsRehash(PasswordHash stored) {
    return !preferred.isCurrent(stored);
  }

  /** How many wait for their turn at this moment. */
  public int waiting() {
    int inside = atOnce * (1 + WAITING_PER_PERMIT) - admitted.availablePermits();
    return Math.max(0, inside - (atOnce - running.availablePermits()));
  }

  private static void requireHashable(Password password) {
    if (!password.isHashable()) {
      throw new IllegalArgumentException(
          "a password longer than " + Password.MAX_LENGTH + " characters is never hashed");
    }
  }

  private <T> T bounded(Supplier<T> work) {
    if (!admitted.tryAcquire()) {
      throw new OverloadedException();
    }
    try {
      if (!running.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new OverloadedException();
      }
      try {
        return work.get();
      } finally {
        running.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OverloadedException();
    } finally {
      admitted.release();
    }
  }
}
