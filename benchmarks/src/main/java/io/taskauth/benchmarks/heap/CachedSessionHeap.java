package io.taskauth.benchmarks.heap;

import io.taskauth.TaskAuth;
import io.taskauth.benchmarks.Figures;
import io.taskauth.benchmarks.Stores;
import io.taskauth.benchmarks.TemporaryDirectory;
import io.taskauth.benchmarks.scale.FilledStores;
import io.taskauth.benchmarks.scale.Population;
import io.taskauth.internal.Ids;
import io.taskauth.login.SetupCode;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Credential;
import io.taskauth.store.AuthStore;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a remembered session takes in memory: 100 000 of as many users, read out of a store that
 * keeps nothing of them in this process, signed in a moment ago.
 */
public final class CachedSessionHeap {
  private static final int SESSIONS = 100_000;
  private static final int ROUNDS = 3;
  private static final int THREADS = 4;

  /** The longest that there is: nothing may be forgotten while the cache is filled. */
  private static final Duration LIFE = Duration.ofMinutes(1);

  private final SignedTokens tokens;
  private final String secret = new Ids(InstantSource.system(), new SecureRandom()).secret256();

  private CachedSessionHeap() {
    SigningKeys keys = new SigningKeys(List.of(SigningKey.of(secret)));
    this.tokens = new SignedTokens(keys, "taskauth", InstantSource.system());
  }

  public static void main(String[] args) throws InterruptedException {
    String address = Stores.address("postgresql");
    Figures figures = Figures.here(List.of(address));
    double[] bytes = new double[ROUNDS];
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      String name = Stores.freshName();
      FilledStores.fill(address, directory.path(), name, SESSIONS).close();
      for (int round = 0; round < ROUNDS; round++) {
        AuthStore store = Stores.open(address, directory.path(), name);
        bytes[round] = new CachedSessionHeap().bytesPerSession(store);
        System.out.printf("%.0f bytes for each session%n", bytes[round]);
      }
    }
    Arrays.sort(bytes);
    figures.put("session", "bytes", bytes[ROUNDS / 2]);
    figures.put("session", "number", SESSIONS);
    figures.save("heap");
  }

  private double bytesPerSession(AuthStore store) throws InterruptedException {
    long begin = System.nanoTime();
    try (TaskAuth auth =
        TaskAuth.builder()
            .store(store)
            .secretKeys(secret)
            .setupCode(SetupCode.none())
            // Nobody's last use is so long ago that it has to be written down.
            .clock(() -> Population.BEGIN.plusSeconds(1))
            .cache(LIFE, SESSIONS)
            .build()) {
      // What is made once, such as prepared statements, is there before.
      authenticate(auth, SESSIONS - 2000, SESSIONS);
      long before = usedAfterCollection();
      authenticate(auth, 0, SESSIONS - 2000);
      long after = usedAfterCollection();
      if (System.nanoTime() - begin > LIFE.toNanos()) {
        throw new IllegalStateException("it took so long that the first were forgotten again");
      }
      return (double) (after - before) / (SESSIONS - 2000);
    }
  }

  private void authenticate(TaskAuth auth, int from, int to) throws InterruptedException {
    int part = (to - from) / THREADS;
    List<Thread> threads =
        IntStream.range(0, THREADS)
            .map(i -> from + i * part)
            .mapToObj(begin -> new Thread(() -> authenticateEach(auth, begin, begin + part)))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void authenticateEach(TaskAuth auth, int from, int to) {
    for (int session = from; session < to; session++) {
      if (!(auth.authenticate(new Credential.SessionCookie(token(session)))
          instanceof Authenticated)) {
        throw new IllegalStateException("session " + session + " is not known");
      }
    }
  }

  private String token(int session) {
    return tokens.sign(
        new TokenClaims(
            TokenType.SESSION,
            Population.user(session).toString(),
            Population.session(session).value(),
            Population.BEGIN,
            Population.END,
            Map.of()));
  }

  /** After a few collections, because the first ones queue what is cleared later. */
  private static long usedAfterCollection() throws InterruptedException {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 5; i++) {
      memory.gc();
      Thread.sleep(100);
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
