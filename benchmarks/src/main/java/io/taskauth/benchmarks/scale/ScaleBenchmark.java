package io.taskauth.benchmarks.scale;

import io.taskauth.benchmarks.Figures;
import io.taskauth.benchmarks.Stores;
import io.taskauth.benchmarks.TemporaryDirectory;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Whether the steps of every day take longer with a million sessions than with a thousand, in
 * stores of 100 000 users.
 */
public final class ScaleBenchmark {
  private static final int USERS = 100_000;
  private static final int FEW = 1000;
  private static final int MANY = Integer.getInteger("bench.sessions", 1_000_000);

  /** The store in memory goes through all sessions for each sign-in, which is fine for tests. */
  private static final int MANY_IN_MEMORY = Math.min(MANY, 5_000);

  private static final int SWEEPS = 12;
  private static final int SWEPT_AT_ONCE = 500;
  private static final int ROUNDS = 200;

  private ScaleBenchmark() {}

  public static void main(String[] args) {
    List<String> addresses = Stores.chosen();
    Figures figures = Figures.here(addresses);
    for (String address : addresses) {
      measure(address, figures);
    }
    figures.save("scale");
  }

  private static void measure(String address, Figures figures) {
    String name = Stores.name(address);
    boolean inMemory = name.equals("memory");
    try (TemporaryDirectory directory = TemporaryDirectory.create();
        FilledStore small = filled(address, directory, FEW);
        FilledStore large = filled(address, directory, inMemory ? MANY_IN_MEMORY : MANY)) {
      figures.put(name + ".sessions", "small", small.population().sessions());
      figures.put(name + ".sessions", "large", large.population().sessions());
      Turns turns = new Turns(name, small, large, figures);
      // First, because what is to be swept would be among the thousand sessions.
      turns.measure("sweep", SWEEPS, 1, ScaleBenchmark::sweep);
      turns.measure("find", ROUNDS, inMemory ? 1000 : 10, ScaleBenchmark::find);
      turns.measure("open", ROUNDS, 1, ScaleBenchmark::open);
      turns.measure("end", ROUNDS, 1, ScaleBenchmark::end);
    }
  }

  private static FilledStore filled(String address, TemporaryDirectory directory, int sessions) {
    long begin = System.nanoTime();
    Population population = new Population(USERS, sessions);
    int ended = (SWEEPS + SWEEPS / 4) * SWEPT_AT_ONCE;
    FilledStore store =
        new FilledStore(
            Filling.fill(address, directory.path(), Stores.freshName(), population, ended),
            population);
    System.out.printf(
        "%s with %d sessions, filled in %d s%n",
        Stores.name(address), sessions, (System.nanoTime() - begin) / 1_000_000_000);
    return store;
  }

  private static Runnable sweep(FilledStore filled) {
    Instant now = Population.BEGIN;
    return () ->
        require(filled.store().sessions().sweep(now, SWEPT_AT_ONCE) == SWEPT_AT_ONCE, "swept");
  }

  private static Runnable find(FilledStore filled) {
    int any = filled.anySession();
    UUID user = filled.population().userOf(any);
    SessionId id = Population.session(any);
    return () -> require(filled.store().sessions().find(user, id).isPresent(), "found");
  }

  private static Session fresh(FilledStore filled) {
    return filled.population().anotherSession(filled.anyUser(), Population.END);
  }

  private static Runnable open(FilledStore filled) {
    Session session = fresh(filled);
    return () -> require(filled.store().sessions().open(session, 0, 100), "opened");
  }

  private static Runnable end(FilledStore filled) {
    Session session = fresh(filled);
    require(filled.store().sessions().open(session, 0, 100), "opened");
    return () -> require(filled.store().sessions().end(session.userId(), session.id()), "ended");
  }

  private static void require(boolean done, String what) {
    if (!done) {
      throw new IllegalStateException("a session was not " + what);
    }
  }
}
