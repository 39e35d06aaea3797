package io.taskauth.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A server that was the master once still answers pings: nobody may take that for news. */
class DemotedTest {
  @Test
  void feedOfAServerThatIsNoMasterAnyMoreIsNotCurrent() {
    int port = TestRedis.freePort();
    RedisServer server = TestRedis.start(port);
    try (RedisAuthStore store = RedisAuthStore.open("redis://127.0.0.1:" + port);
        Jedis jedis = new Jedis("127.0.0.1", port)) {
      store.migrate();
      assertThat(store.changes().isCurrent()).isTrue();

      jedis.replicaof("127.0.0.1", TestRedis.freePort());
      Eventually.within(Duration.ofSeconds(2), () -> !store.changes().isCurrent());
      assertThat(store.changes().isCurrent()).isFalse();

      jedis.replicaofNoOne();
      Eventually.within(Duration.ofSeconds(5), () -> store.changes().isCurrent());
    } finally {
      TestRedis.stop(server);
    }
  }
}
