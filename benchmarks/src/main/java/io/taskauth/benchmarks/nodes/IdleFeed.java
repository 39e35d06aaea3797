package io.taskauth.benchmarks.nodes;

import io.taskauth.benchmarks.Figures;
import io.taskauth.benchmarks.Stores;
import io.taskauth.store.AuthStore;
import io.taskauth.store.postgres.PostgresAuthStore;
import io.taskauth.store.redis.RedisAuthStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a server of databases has to do for nodes that only listen. */
final class IdleFeed {
  private static final int SECONDS = Integer.getInteger("bench.idle", 15);

  private IdleFeed() {}

  static void measure(String address, Figures figures) throws InterruptedException {
    try (ServerCpu cpu = ServerCpu.of(address)) {
      measure(address, 0, cpu, figures);
      measure(address, 10, cpu, figures);
      measure(address, 100, cpu, figures);
    }
  }

  private static void measure(String address, int nodes, ServerCpu cpu, Figures figures)
      throws InterruptedException {
    String name = Stores.freshName();
    List<AuthStore> stores = new ArrayList<>();
    try {
      for (int i = 0; i < nodes; i++) {
        AuthStore store = node(address, name);
        stores.add(store);
        store.migrate();
      }
      // Until what connecting has left behind is over.
      Thread.sleep(2000);
      double before = cpu.seconds();
      long begin = System.nanoTime();
      Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
      double elapsed = (System.nanoTime() - begin) / 1e9;
      double percent = 100 * (cpu.seconds() - before) / elapsed;
      figures.put(Stores.name(address) + ".idle-" + nodes, "percent", percent);
      System.out.printf(
          "%s with %d idle nodes: %.2f %% of a processor%n", Stores.name(address), nodes, percent);
    } finally {
      stores.forEach(AuthStore::close);
    }
  }

  /** With a pool as small as can be: what is measured is the connection that listens. */
  private static AuthStore node(String address, String name) {
    return Stores.name(address).equals("redis")
        ? RedisAuthStore.builder(address).keyPrefix(name).open()
        : PostgresAuthStore.builder().url(address).schema(name).maxConnections(1).open();
  }
}
