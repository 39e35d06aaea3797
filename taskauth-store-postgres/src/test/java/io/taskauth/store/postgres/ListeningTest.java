package io.taskauth.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.Change;
import io.taskauth.store.LeasedFeed;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the lease rests on: whatever was answered before a proof was asked for is heard by then. */
class ListeningTest {
  private static final int WRITERS = 4;
  private static final int PROOFS = 300;

  private final Schema schema = new Schema(TestServer.freshSchema());
  private final LeasedFeed feed = new LeasedFeed();
  private final NodeMark listener = new NodeMark();
  private final NodeMark writer = new NodeMark();

  @Test
  void proofComesAfterEverythingThatWasAnsweredBeforeItWasAskedFor() throws Exception {
    Set<Change> heard = ConcurrentHashMap.newKeySet();
    Set<Change> answered = ConcurrentHashMap.newKeySet();
    feed.subscribe(heard::add);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try (Connection connection = DriverManager.getConnection(TestServer.jdbcUrl())) {
      Listening listening =
          Listening.on(connection, NotifySource.LISTENING, schema, listener, feed);
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        writers.add(pool.submit(() -> write(number, answered, over)));
      }
      for (int proof = 0; proof < PROOFS; proof++) {
        List<Change> before = List.copyOf(answered);
        listening.proveUntil(feed.now() + Duration.ofSeconds(5).toNanos());
        assertThat(before.stream().filter(change -> !heard.remove(change))).isEmpty();
        before.forEach(answered::remove);
      }
      over.set(true);
      for (Future<?> one : writers) {
        one.get();
      }
    } finally {
      over.set(true);
      pool.shutdown();
    }
  }

  private Void write(int number, Set<Change> answered, AtomicBoolean over) throws Exception {
    try (Connection connection = DriverManager.getConnection(TestServer.jdbcUrl());
        PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      for (long i = 0; !over.get(); i++) {
        Change change = new Change.OfSetting(number + "." + i);
        notify.setString(1, schema.channel());
        notify.setString(2, writer.mark(change));
        notify.execute();
        answered.add(change);
        // Not as fast as it can: what is heard has to be gone through as well.
        LockSupport.parkNanos(300_000);
      }
    }
    return null;
  }
}
