package io.taskauth.benchmarks.live;

import io.taskauth.benchmarks.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thousand streams and a thousand sockets on one node with 300 MB of heap: what they take, how
 * many threads there are, and how long a user's hundred are open after the user was signed out.
 */
public final class LiveBenchmark {
  private static final int EACH = 1000;
  private static final int OF_ONE_USER = 50;
  private static final int HEAP = 300;
  private static final int ROUNDS = 5;
  private static final String PASSWORD = "a password for benchmarks";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private LiveBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> settings =
        Map.of(
            "TASKAUTH_PORT", "0",
            "TASKAUTH_STORE", "memory",
            "TASKAUTH_WATCHER", "off",
            "TASKAUTH_ADMIN_USER", "root",
            "TASKAUTH_ADMIN_PASSWORD", PASSWORD);
    Figures figures = Figures.here(List.of("memory"));
    try (ServerProcess server = ServerProcess.start(HEAP, settings)) {
      measure(server, figures);
    }
    figures.save("live");
  }

  private static void measure(ServerProcess server, Figures figures)
      throws IOException, InterruptedException {
    Client client = new Client(server.address());
    String root = client.signIn("root", PASSWORD);
    double heapBefore = heap(server, client, root);
    double threadsBefore = client.metric(root, "jvm_threads_live_threads");
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 1; i < EACH / OF_ONE_USER; i++) {
      open(client, newUser(client, root, "other" + i), OF_ONE_USER, never);
    }
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      String user = newUser(client, root, "user" + round);
      CountDownLatch ended = new CountDownLatch(2 * OF_ONE_USER);
      open(client, user, OF_ONE_USER, ended);
      if (round == 0) {
        figures.put("open", "connections", client.metric(root, "taskauth_live_connections"));
        figures.put("open", "heap-mb", heap(server, client, root));
        figures.put("open", "heap-before-mb", heapBefore);
        figures.put(
            "open",
            "threads-more",
            client.metric(root, "jvm_threads_live_threads") - threadsBefore);
      }
      String id = client.idOf(user);
      long begin = System.nanoTime();
      client.signOutEverywhere(root, id);
      await(ended);
      millis[round] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(millis);
    figures.put("ended", "median-ms", millis[ROUNDS / 2]);
    figures.put("ended", "longest-ms", millis[ROUNDS - 1]);
    figures.put("ended", "connections", 2 * OF_ONE_USER);
  }

  private static String newUser(Client client, String root, String name)
      throws IOException, InterruptedException {
    client.createUser(root, name, PASSWORD);
    return client.signIn(name, PASSWORD);
  }

  /** So many streams and as many sockets. */
  private static void open(Client client, String token, int number, CountDownLatch ended)
      throws IOException, InterruptedException {
    CountDownLatch open = new CountDownLatch(2 * number);
    for (int i = 0; i < number; i++) {
      client.stream(token, open, ended);
      client.socket(token, open, ended);
    }
    await(open);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(latch.getCount() + " are missing");
    }
  }

  private static double heap(ServerProcess server, Client client, String token)
      throws IOException, InterruptedException {
    server.collect();
    server.collect();
    return client.metric(token, "jvm_memory_used_bytes{area=\"heap\"") / 1e6;
  }
}
