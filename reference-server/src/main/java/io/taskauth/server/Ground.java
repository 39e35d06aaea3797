package io.taskauth.server;

import java.security.SecureRandom;
import java.time.InstantSource;

/** Where the server has time and randomness from. */
record Ground(InstantSource clock, SecureRandom random) {
  static Ground real() {
    return new Ground(InstantSource.system(), new SecureRandom());
  }
}
