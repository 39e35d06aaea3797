package io.taskauth.benchmarks.server;

import io.taskauth.TaskAuth;
import io.taskauth.benchmarks.Account;
import io.taskauth.benchmarks.Figures;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private static final int WARM_UP = Integer.getInteger("bench.warmup", 3);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);

  private final BenchmarkServer server = new BenchmarkServer();
  private final List<Case> cases = new ArrayList<>();
  private final Deque<Runnable> opened = new ArrayDeque<>();
  private final String secretKey = new Ids(InstantSource.system(), new SecureRandom()).secret256();

  /**
   * One way to ask for the same page.
   *
   * @param status of the answer
   */
  private record Case(
      Measurements measurements,
      ServerConnector site,
      String status,
      String request,
      RoundTrips trips) {}

  private ServerBenchmark() {}

  public static void main(String[] args) throws IOException {
    List<String> addresses = Stores.chosen();
    try (TemporaryDirectory directory = TemporaryDirectory.create();
        GeneratorProcess generator = GeneratorProcess.start();
        ServerBenchmark benchmark = new ServerBenchmark()) {
      for (String address : addresses) {
        benchmark.add(address, directory);
      }
      benchmark.server.start();
      benchmark.measure(generator);
      Figures figures = Figures.here(addresses);
      Measurements.save(benchmark.cases.stream().map(Case::measurements).toList(), figures);
      figures.save("server");
    }
  }

  private void add(String address, TemporaryDirectory directory) {
    AuthStore store = Stores.open(address, directory.path());
    TaskAuth caching = auth(store, Duration.ofSeconds(5), 10_000);
    Account account = Account.in(caching);
    TaskAuth asking = auth(store, Duration.ZERO, 0);
    RoundTrips trips = RoundTrips.of(address);
    opened.push(trips::close);
    if (cases.isEmpty()) {
      RoundTrips none = new RoundTrips.None();
      add("unprotected.session", null, "200", account.requestWithSession(), none);
      add("unprotected.token", null, "200", account.requestWithToken(), none);
    }
    String name = Stores.name(address);
    Filter remembering = new TaskAuthFilter(caching);
    Filter forgetful = new TaskAuthFilter(asking);
    add(name + ".session-cached", remembering, "200", account.requestWithSession(), trips);
    add(name + ".token-cached", remembering, "200", account.requestWithToken(), trips);
    add(name + ".session-uncached", forgetful, "200", account.requestWithSession(), trips);
    add(name + ".token-uncached", forgetful, "200", account.requestWithToken(), trips);
    if (Stores.isShared(address)) {
      add(name + ".forged", forgetful, "401", account.requestWithForgery(), trips);
      SessionLibraryImitation imitation = SessionLibraryImitation.over(address);
      opened.push(imitation::close);
      // Everybody's own, because real ones do not wait for each other's writes.
      for (int i = 0; i < CONNECTIONS; i++) {
        imitation.create("session-" + i);
      }
      String cookie = SessionLibraryImitation.COOKIE + "session-" + LoadGenerator.CONNECTION;
      add(name + ".imitation", imitation, "200", Account.requestWithCookies(cookie), trips);
    }
  }

  private TaskAuth auth(AuthStore store, Duration cacheLife, int cacheEntries) {
    TaskAuth auth =
        TaskAuth.builder()
            .store(store)
            .secretKeys(secretKey)
            .setupCode(SetupCode.none())
            .cache(cacheLife, cacheEntries)
            .build();
    opened.push(auth::close);
    return auth;
  }

  private void add(
      String row, @Nullable Filter filter, String status, String request, RoundTrips trips) {
    if (cases.isEmpty() || row.contains(System.getProperty("bench.only", ""))) {
      cases.add(new Case(new Measurements(row), server.add(filter), status, request, trips));
    }
  }

  private void measure(GeneratorProcess generator) throws IOException {
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      System.err.printf("round %d of %d%n", round + 1, ROUNDS);
      for (Case one : cases) {
        long tripsBefore = one.trips().count();
        ServerCosts before = ServerCosts.now();
        LoadGenerator.Served served =
            generator.run(
                new LoadGenerator.Load(
                    one.site().getLocalPort(),
                    CONNECTIONS,
                    ROUND_MILLIS,
                    one.status(),
                    one.request()));
        ServerCosts costs = ServerCosts.now().since(before);
        long roundTrips = one.trips().count() - tripsBefore;
        if (round >= 0) {
          one.measurements().add(served, costs, roundTrips);
        }
      }
    }
  }

  @Override
  public void close() {
    server.close();
    opened.forEach(Runnable::run);
  }
}
