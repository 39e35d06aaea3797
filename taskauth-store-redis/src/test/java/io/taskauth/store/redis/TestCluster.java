package io.taskauth.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** Three masters that share the slots, for all tests of this JVM. */
final class TestCluster {
  private static final int SLOTS = 16_384;
  private static @Nullable TestCluster shared;

  private final List<Integer> ports = new ArrayList<>();

  static synchronized TestCluster shared() {
    if (shared == null) {
      shared = new TestCluster(3);
    }
    return shared;
  }

  private TestCluster(int masters) {
    for (int i = 0; i < masters; i++) {
      int port = busPort();
      RedisServer unused =
          TestRedis.start(
              port,
              "cluster-enabled yes",
              "cluster-node-timeout 2000",
              "cluster-config-file nodes-" + port + ".conf");
      ports.add(port);
    }
    for (int i = 0; i < masters; i++) {
      try (Jedis node = new Jedis("127.0.0.1", ports.get(i))) {
        int from = SLOTS * i / masters;
        int to = SLOTS * (i + 1) / masters;
        int[] slots = new int[to - from];
        for (int slot = from; slot < to; slot++) {
          slots[slot - from] = slot;
        }
        node.clusterAddSlots(slots);
        node.clusterMeet("127.0.0.1", ports.get(0));
      }
    }
    awaitAgreement(masters);
  }

  /** The cluster bus is 10000 above the port. */
  private static int busPort() {
    int port = TestRedis.freePort();
    return port <= 55_000 ? port : busPort();
  }

  private void awaitAgreement(int masters) {
    Eventually.within(
        Duration.ofSeconds(20),
        () -> {
          for (int port : ports) {
            try (Jedis node = new Jedis("127.0.0.1", port)) {
              String info = node.clusterInfo();
              if (!info.contains("cluster_state:ok")
                  || !info.contains("cluster_size:" + masters)
                  || !info.contains("cluster_known_nodes:" + masters)) {
                return false;
              }
            }
          }
          return true;
        });
  }

  List<Integer> ports() {
    return ports;
  }

  String url() {
    return "redis+cluster://"
        + ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  RedisAuthStore freshStore() {
    return RedisAuthStore.builder(url()).keyPrefix(TestRedis.freshPrefix()).open();
  }
}
