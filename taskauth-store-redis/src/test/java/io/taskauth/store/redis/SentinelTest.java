package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.user.User;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisSentinelBuilder;

/** A master that goes away, and a replica that Sentinel puts in its place. */
class SentinelTest {
  private final int master = TestRedis.freePort();
  private final int replica = TestRedis.freePort();
  private final int sentinel = TestRedis.freePort();

  @Test
  void afterAFailoverEverythingIsThereAndTheFeedBeginsAnew() throws IOException {
    RedisServer first = TestRedis.start(master);
    RedisServer second = TestRedis.start(replica, "replicaof 127.0.0.1 " + master);
    RedisSentinel watcher =
        new RedisSentinelBuilder()
            .bind("127.0.0.1")
            .port(sentinel)
            .masterName("main")
            .masterPort(master)
            .quorumSize(1)
            .downAfterMilliseconds(500)
            .failOverTimeout(2000)
            .parallelSyncs(1)
            .build();
    watcher.start();
    try {
      awaitReplica();
      failOver(first);
    } finally {
      watcher.stop();
      TestRedis.stop(second);
      TestRedis.stop(first);
    }
  }

  private void awaitReplica() {
    try (Jedis jedis = new Jedis("127.0.0.1", sentinel)) {
      Eventually.within(Duration.ofSeconds(20), () -> !jedis.sentinelReplicas("main").isEmpty());
    }
    try (Jedis jedis = new Jedis("127.0.0.1", replica)) {
      Eventually.within(
          Duration.ofSeconds(20), () -> jedis.info("replication").contains("link_status:up"));
    }
  }

  private void failOver(RedisServer first) {
    String url = "redis+sentinel://127.0.0.1:" + sentinel + "/main";
    try (RedisAuthStore store = RedisAuthStore.open(url)) {
      store.migrate();
      User ada = viewer("ada");
      store.users().create(fresh(ada));
      Session session = People.open(store, ada);
      try (Jedis jedis = new Jedis("127.0.0.1", master)) {
        assertThat(jedis.waitReplicas(1, 5000)).isEqualTo(1);
      }
      List<Change> told = new CopyOnWriteArrayList<>();
      Runnable unused = store.changes().subscribe(told::add);
      assertThat(store.changes().isCurrent()).isTrue();

      TestRedis.stop(first);

      Eventually.within(Duration.ofSeconds(2), () -> !store.changes().isCurrent());
      Eventually.within(Duration.ofSeconds(20), () -> isFound(store, session));
      Eventually.within(Duration.ofSeconds(5), () -> store.changes().isCurrent());
      assertThat(told).containsOnly(new Change.Missed());
      assertThat(store.sessions().end(ada.id(), session.id())).isTrue();
    }
  }

  private static boolean isFound(RedisAuthStore store, Session session) {
    try {
      return store.sessions().find(session.userId(), session.id()).isPresent();
    } catch (AuthStoreException e) {
      return false;
    }
  }
}
