package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.user.User;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** An account whose slot goes to another server. */
class MovingSlotTest {
  private final TestCluster cluster = TestCluster.shared();
  private final String prefix = TestRedis.freshPrefix();

  private int port(boolean owner, int slot) {
    return cluster.ports().stream()
        .filter(port -> owns(port, slot) == owner)
        .findFirst()
        .orElseThrow();
  }

  private static boolean owns(int port, int slot) {
    try (Jedis node = new Jedis("127.0.0.1", port)) {
      String own =
          node.clusterNodes().lines().filter(l -> l.contains("myself")).findFirst().orElseThrow();
      String[] words = own.split(" ");
      for (int i = 8; i < words.length; i++) {
        String[] range = words[i].split("-");
        if (!words[i].startsWith("[")
            && Integer.parseInt(range[0]) <= slot
            && slot <= Integer.parseInt(range[range.length - 1])) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void stepsWaitWhileTheSlotMovesAndGoOnWhereItIs() throws Exception {
    try (RedisAuthStore store =
            RedisAuthStore.builder(cluster.url())
                .keyPrefix(prefix)
                .timeout(Duration.ofSeconds(4))
                .open();
        RedisAuthStore hasty =
            RedisAuthStore.builder(cluster.url())
                .keyPrefix(prefix)
                .timeout(Duration.ofMillis(400))
                .open()) {
      User ada = viewer("ada");
      store.users().create(fresh(ada));
      Session session = People.open(store, ada);
      int slot = JedisClusterCRC16.getSlot(new Keys(prefix).account(ada.id()));
      try (Jedis from = new Jedis("127.0.0.1", port(true, slot));
          Jedis to = new Jedis("127.0.0.1", port(false, slot))) {
        to.clusterSetSlotImporting(slot, from.clusterMyId());
        from.clusterSetSlotMigrating(slot, to.clusterMyId());
        // Half of the account has gone.
        migrate(from, to, new Keys(prefix).user(ada.id()));

        assertThatThrownBy(() -> hasty.sessions().find(ada.id(), session.id()))
            .isInstanceOf(AuthStoreException.class)
            .hasMessageContaining("moving its slot");
        var waiting =
            CompletableFuture.supplyAsync(() -> store.sessions().find(ada.id(), session.id()));
        for (String key : from.clusterGetKeysInSlot(slot, 100)) {
          migrate(from, to, key);
        }
        String target = to.clusterMyId();
        to.clusterSetSlotNode(slot, target);
        from.clusterSetSlotNode(slot, target);

        assertThat(waiting.get()).isPresent();
      }
      List<Change> told = new CopyOnWriteArrayList<>();
      Runnable unused = hasty.changes().subscribe(told::add);
      assertThat(store.sessions().end(ada.id(), session.id())).isTrue();
      Eventually.within(
          Duration.ofSeconds(1), () -> told.contains(new Change.OfSession(ada.id(), session.id())));
    }
  }

  private static void migrate(Jedis from, Jedis to, String key) {
    int port = to.getConnection().getHostAndPort().getPort();
    from.migrate("127.0.0.1", port, 1000, MigrateParams.migrateParams(), key);
  }
}
