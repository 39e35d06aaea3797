package io.taskauth.benchmarks.scale;

import io.taskauth.benchmarks.Stores;
import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import io.taskauth.user.NewUser;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Puts very many rows into a store, in the form in which the store itself would have them. */
interface Filling extends AutoCloseable {
  int AT_ONCE = 20_000;

  void users(List<NewUser> users);

  void sessions(List<Session> sessions);

  @Override
  void close();

  /** Makes a store of that name, with its schema, and opens it. */
  static AuthStore fill(
      String address, Path directory, String name, Population population, int ended) {
    AuthStore store = Stores.open(address, directory, name);
    store.migrate();
    if (Stores.name(address).equals("memory")) {
      all(new StepByStep(store), population, ended);
      return store;
    }
    store.close();
    all(
        switch (Stores.name(address)) {
          case "duckdb" -> new DuckDbFilling(directory.resolve(name + ".duckdb"));
          case "postgresql" -> new PostgresFilling(address, name);
          default -> new RedisFilling(address, name);
        },
        population,
        ended);
    AuthStore filled = Stores.open(address, directory, name);
    filled.migrate();
    return filled;
  }

  private static void all(Filling filling, Population population, int ended) {
    try (filling) {
      inParts(population.users(), population::newUser, filling::users);
      inParts(
          population.sessions(),
          number -> population.newSession(number, Population.END),
          filling::sessions);
      inParts(
          ended,
          number -> population.anotherSession(number % population.users(), Population.PAST),
          filling::sessions);
    }
  }

  private static <T> void inParts(int count, IntFunction<T> each, Consumer<List<T>> part) {
    for (int from = 0; from < count; from += AT_ONCE) {
      part.accept(IntStream.range(from, Math.min(count, from + AT_ONCE)).mapToObj(each).toList());
    }
  }

  /** One by one, as any caller would. */
  record StepByStep(AuthStore store) implements Filling {
    @Override
    public void users(List<NewUser> users) {
      users.forEach(user -> store.users().create(user));
    }

    @Override
    public void sessions(List<Session> sessions) {
      sessions.forEach(session -> store.sessions().open(session, 0, Integer.MAX_VALUE));
    }

    /** The store goes on. */
    @Override
    public void close() {}
  }
}
