package io.taskauth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is kept of a provider's documents. */
class CachedTest {
  private final MutableClock clock = new MutableClock();
  private final AtomicInteger loads = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  private int load() {
    int number = loads.incrementAndGet();
    if (number == 2) {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return number;
  }

  @Test
  void whoeverMissesSomethingDoesNotWaitForWhoeverAsks() throws Exception {
    Cached<Integer> keys = new Cached<>("keys", this::load, Duration.ofHours(4), clock);
    assertThat(keys.get()).isEqualTo(1);
    clock.advance(Cached.PAUSE);
    CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(() -> renewed(keys));
    asked.await();

    // Or the tokens that anybody sends would hold all threads of a server.
    assertThat(keys.renewed()).isEqualTo(1);

    answer.countDown();
    assertThat(slow.get()).isEqualTo(2);
    assertThat(keys.get()).isEqualTo(2);
  }

  private static int renewed(Cached<Integer> keys) {
    try {
      return keys.renewed();
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }
}
