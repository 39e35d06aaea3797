package io.taskauth.benchmarks.pieces;

import io.taskauth.TaskAuth;
import io.taskauth.benchmarks.Account;
import io.taskauth.benchmarks.Stores;
import io.taskauth.benchmarks.TemporaryDirectory;
import io.taskauth.login.SetupCode;
import java.time.Duration;

/** A store with somebody in it who is signed in. */
record SignedIn(TaskAuth auth, Account account, TemporaryDirectory directory)
    implements AutoCloseable {

  static SignedIn remembered(String address) {
    return in(address, Duration.ofSeconds(5), 10_000);
  }

  /** Every request asks the store. */
  static SignedIn forgotten(String address) {
    return in(address, Duration.ZERO, 0);
  }

  private static SignedIn in(String address, Duration cacheLife, int cacheEntries) {
    TemporaryDirectory directory = TemporaryDirectory.create();
    TaskAuth auth =
        TaskAuth.builder()
            .store(Stores.open(address, directory.path()))
            .setupCode(SetupCode.none())
            .cache(cacheLife, cacheEntries)
            .build();
    return new SignedIn(auth, Account.in(auth), directory);
  }

  @Override
  public void close() {
    auth.close();
    directory.close();
  }
}
