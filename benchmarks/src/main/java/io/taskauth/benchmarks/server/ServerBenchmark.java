package io.taskauth.benchmarks.server;

import io.taskauth.TaskAuth;
import io.taskauth.benchmarks.Account;
import io.taskauth.benchmarks.Stores;
import io.taskauth.benchmarks.TemporaryDirectory;
import io.taskauth.internal.Ids;
import io.taskauth.login.SetupCode;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.store.AuthStore;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * What the filter costs in a whole server: the same servlet without it and behind it, in turns, on
 * one Jetty in one run.
 */
public final class ServerBenchmark implements AutoCloseable {
  private static final int CONNECTIONS = Integer.getInteger("bench.connections", 8);
  private static final long ROUND_MILLIS = Long.getLong("bench.millis", 1000);
  private static final int WARM_UP = Integer.getInteger("bench.warmup", 6);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 11);

  private final BenchmarkServer server = new BenchmarkServer();
  private final List<Case> cases = new ArrayList<>();
  private final List<TaskAuth> auths = new ArrayList<>();
  private final String secretKey = new Ids(InstantSource.system(), new SecureRandom()).secret256();

  /** One way to ask for the same page. */
  private record Case(Measurements measurements, ServerConnector site, String request) {}

  private ServerBenchmark() {}

  public static void main(String[] args) throws IOException {
    try (ServerBenchmark benchmark = new ServerBenchmark();
        GeneratorProcess generator = GeneratorProcess.start();
        TemporaryDirectory directory = TemporaryDirectory.create()) {
      for (String address : Stores.chosen()) {
        benchmark.add(address, directory);
      }
      benchmark.server.start();
      benchmark.measure(generator);
      Measurements.print(benchmark.cases.stream().map(Case::measurements).toList());
    }
  }

  private void add(String address, TemporaryDirectory directory) {
    AuthStore store = Stores.open(address, directory.path());
    TaskAuth caching = auth(store, Duration.ofSeconds(5), 10_000);
    Account account = Account.in(caching);
    TaskAuth asking = auth(store, Duration.ZERO, 0);
    String name = Stores.name(address);
    if (cases.isEmpty()) {
      add("unprotected", null, account.requestWithSession());
      add("unprotected, token", null, account.requestWithToken());
    }
    Filter remembering = new TaskAuthFilter(caching);
    Filter forgetful = new TaskAuthFilter(asking);
    add(name + ", session, cached", remembering, account.requestWithSession());
    add(name + ", token, cached", remembering, account.requestWithToken());
    add(name + ", session, uncached", forgetful, account.requestWithSession());
    add(name + ", token, uncached", forgetful, account.requestWithToken());
  }

  private TaskAuth auth(AuthStore store, Duration cacheLife, int cacheEntries) {
    TaskAuth auth =
        TaskAuth.builder()
            .store(store)
            .secretKeys(secretKey)
            .setupCode(SetupCode.none())
            .cache(cacheLife, cacheEntries)
            .build();
    auths.add(0, auth);
    return auth;
  }

  private void add(String name, @Nullable Filter filter, String request) {
    if (name.equals("unprotected") || name.contains(System.getProperty("bench.only", ""))) {
      cases.add(new Case(new Measurements(name), server.add(filter), request));
    }
  }

  private void measure(GeneratorProcess generator) throws IOException {
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      System.err.printf("round %d of %d%n", round + 1, ROUNDS);
      for (Case one : cases) {
        ServerCosts before = ServerCosts.now();
        LoadGenerator.Served served =
            generator.run(
                new LoadGenerator.Load(
                    one.site().getLocalPort(), CONNECTIONS, ROUND_MILLIS, "200", one.request()));
        ServerCosts costs = ServerCosts.now().since(before);
        if (round >= 0) {
          one.measurements().add(served, costs);
        }
      }
    }
  }

  @Override
  public void close() {
    server.close();
    auths.forEach(TaskAuth::close);
  }
}
