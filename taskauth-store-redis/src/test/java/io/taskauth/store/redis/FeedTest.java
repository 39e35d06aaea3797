package io.taskauth.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** When a node may trust what it has heard; with several masters it takes all of them. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class FeedTest {
  private final String url;
  private final HostAndPort one;
  private final List<Change> told = new CopyOnWriteArrayList<>();
  private RedisAuthStore store;

  FeedTest(boolean cluster) {
    this.url = cluster ? TestCluster.shared().url() : TestRedis.url();
    this.one = RedisUrl.parse(url).hosts().iterator().next();
  }

  @BeforeEach
  void open() {
    store = RedisAuthStore.builder(url).keyPrefix(TestRedis.freshPrefix()).open();
    assertThat(store.changes().isCurrent()).isTrue();
    Runnable unused = store.changes().subscribe(told::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void subscriptionThatIsCutBeginsAnewAndSaysThatItMissedSomething() {
    for (int i = 0; i < 5; i++) {
      told.clear();
      try (Jedis jedis = new Jedis(one)) {
        Object unused = jedis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub");
      }
      Eventually.within(
          Duration.ofSeconds(2),
          () -> told.contains(new Change.Missed()) && store.changes().isCurrent());
      assertThat(told).containsOnly(new Change.Missed());
    }
  }

  @Test
  void oneSilentServerIsEnoughForDoubt() {
    try (Jedis jedis = new Jedis(one)) {
      jedis.clientPause(1500);
      Eventually.within(Duration.ofMillis(1400), () -> !store.changes().isCurrent());
      Eventually.within(Duration.ofSeconds(2), () -> store.changes().isCurrent());
    }
    // Whoever was late may have had to begin anew; there is nothing else to tell.
    assertThat(told).isSubsetOf(new Change.Missed());
  }

  @Test
  void feedOfAClosedStoreIsNotCurrentForLong() {
    store.close();

    Eventually.within(Duration.ofSeconds(1), () -> !store.changes().isCurrent());
  }
}
