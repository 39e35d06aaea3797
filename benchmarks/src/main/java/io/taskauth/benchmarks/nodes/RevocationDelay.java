package io.taskauth.benchmarks.nodes;

import io.taskauth.benchmarks.Figures;
import io.taskauth.benchmarks.Stores;
import io.taskauth.benchmarks.TemporaryDirectory;
import io.taskauth.benchmarks.scale.FilledStores;
import io.taskauth.benchmarks.scale.Population;
import io.taskauth.session.SessionId;
import io.taskauth.store.AuthStore;
import io.taskauth.store.Change;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long after one node has answered that a session is revoked another one knows. It may know
 * before, so there is also the time since the revocation was asked for.
 */
final class RevocationDelay {
  private static final int TIMES = 500;
  private static final int WARM_UP = 50;

  private final Map<SessionId, Heard> waiting = new ConcurrentHashMap<>();

  /** When the other node heard of one revocation. */
  private static final class Heard {
    final CountDownLatch latch = new CountDownLatch(1);
    volatile long nanos;
  }

  private RevocationDelay() {}

  static void measure(String address, Figures figures) throws InterruptedException {
    String name = Stores.freshName();
    try (TemporaryDirectory directory = TemporaryDirectory.create();
        AuthStore here = FilledStores.fill(address, directory.path(), name, WARM_UP + TIMES);
        AuthStore there = Stores.open(address, directory.path(), name)) {
      there.migrate();
      new RevocationDelay().measure(here, there, Stores.name(address), figures);
    }
  }

  private void measure(AuthStore here, AuthStore there, String name, Figures figures)
      throws InterruptedException {
    Runnable unsubscribe = there.changes().subscribe(this::hear);
    double[] sinceAnswer = new double[TIMES];
    double[] sinceAsked = new double[TIMES];
    Random random = new Random(7);
    for (int i = -WARM_UP; i < TIMES; i++) {
      int session = WARM_UP + i;
      Heard heard = new Heard();
      waiting.put(Population.session(session), heard);
      // At any point between two beats of the feed.
      Thread.sleep(random.nextInt(20));
      long asked = System.nanoTime();
      boolean ended = here.sessions().end(Population.user(session), Population.session(session));
      long answered = System.nanoTime();
      if (!ended || !heard.latch.await(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the other node has not heard of session " + session);
      }
      if (i >= 0) {
        sinceAnswer[i] = (heard.nanos - answered) / 1e6;
        sinceAsked[i] = (heard.nanos - asked) / 1e6;
      }
    }
    unsubscribe.run();
    save(name + ".since-answer", sinceAnswer, figures);
    save(name + ".since-asked", sinceAsked, figures);
  }

  private void hear(Change change) {
    if (change instanceof Change.OfSession of) {
      Heard heard = waiting.remove(of.sessionId());
      if (heard != null) {
        heard.nanos = System.nanoTime();
        heard.latch.countDown();
      }
    }
  }

  private static void save(String row, double[] millis, Figures figures) {
    Arrays.sort(millis);
    figures.put(row, "p50-millis", millis[millis.length / 2]);
    figures.put(row, "p99-millis", millis[(int) (millis.length * 0.99)]);
    figures.put(row, "max-millis", millis[millis.length - 1]);
    System.out.printf(
        "%-28s p50 %.2f ms, p99 %.2f ms, at most %.2f ms%n",
        row,
        millis[millis.length / 2],
        millis[(int) (millis.length * 0.99)],
        millis[millis.length - 1]);
  }
}
