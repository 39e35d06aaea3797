package io.taskauth.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.jdbi.QuietJdbi;
import io.taskauth.store.jdbi.Transaction;
import io.taskauth.testkit.Race;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriterTest {
  private final DuckDbInstance instance = DuckDbInstance.inMemory();
  private final Jdbi jdbi = QuietJdbi.over(instance::connection);
  private final Writer writer = Writer.start(jdbi, new LocalChangeFeed(), Duration.ofSeconds(10));

  @BeforeEach
  void createTable() {
    writer.write(step -> step.handle().execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"));
  }

  @AfterEach
  void close() {
    writer.close();
    instance.close();
  }

  private static int insert(Transaction step, int n) {
    return step.handle().execute("INSERT INTO t VALUES (?)", n);
  }

  private int write(int n) {
    return writer.write(step -> insert(step, n));
  }

  private List<Integer> rows() {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT n FROM t ORDER BY n").mapTo(Integer.class).list());
  }

  /** Keeps the writer busy until the latch, so that what comes next piles up. */
  private Thread occupyUntil(CountDownLatch latch) throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () ->
                writer.write(
                    step -> {
                      busy.countDown();
                      awaitQuietly(latch);
                      return 0;
                    }));
    caller.start();
    assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
    return caller;
  }

  private void awaitWaiting(int writes) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (writer.waiting() < writes && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertThat(writer.waiting()).isEqualTo(writes);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> FutureTask<T> inBackground(FutureTask<T> task) {
    new Thread(task).start();
    return task;
  }

  @Test
  void manyWritersShareFewTransactions() {
    long before = writer.commits();

    Race.of(64, i -> writer.write(step -> insert(step, i)));

    assertThat(rows()).hasSize(64);
    assertThat(writer.commits() - before).isLessThanOrEqualTo(16);
  }

  @Test
  void stepThatFailsDoesNotFailItsNeighbours() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Thread busy = occupyUntil(release);
    List<FutureTask<Integer>> writes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int n = i == 7 ? 3 : i;
      writes.add(inBackground(new FutureTask<>(() -> writer.write(step -> insert(step, n)))));
    }
    awaitWaiting(20);
    release.countDown();
    busy.join();

    int failed = 0;
    for (FutureTask<Integer> write : writes) {
      try {
        write.get(10, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(AuthStoreException.class);
        failed++;
      }
    }

    assertThat(failed).isOne();
    assertThat(rows()).hasSize(19).doesNotContain(7);
  }

  @Test
  void stepThatThrowsLeavesNothingAndItsExceptionReachesTheCaller() {
    assertThatThrownBy(
            () ->
                writer.write(
                    step -> {
                      insert(step, 1);
                      throw new IllegalStateException("changed my mind");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                writer.write(
                    step -> {
                      throw new StackOverflowError("even this");
                    }))
        .isInstanceOf(AuthStoreException.class);

    assertThat(rows()).isEmpty();
    assertThat(write(2)).isOne();
  }

  @Test
  void conflictIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();

    int written =
        writer.write(
            step -> {
              if (tries.incrementAndGet() < 3) {
                throw new ConnectionException(
                    new SQLException("TransactionContext Error: Conflict on update!"));
              }
              return insert(step, 1);
            });

    assertThat(written).isOne();
    assertThat(tries).hasValue(3);
  }

  @Test
  void realConflictWithAnotherConnectionEndsWell() {
    writer.write(step -> insert(step, 1));
    AtomicInteger tries = new AtomicInteger();

    int updated =
        writer.write(
            step -> {
              // The snapshot is older than what the other connection commits.
              step.handle().createQuery("SELECT n FROM t").mapTo(Integer.class).list();
              if (tries.incrementAndGet() == 1) {
                try (var other = jdbi.open()) {
                  other.execute("UPDATE t SET n = 2 WHERE n = 1");
                }
              }
              return step.handle().execute("UPDATE t SET n = n + 10");
            });

    assertThat(updated).isOne();
    assertThat(tries).hasValue(2);
    assertThat(rows()).containsExactly(12);
  }

  @Test
  void callerWhoGaveUpIsTakenAtTheirWord() throws Exception {
    try (DuckDbInstance other = DuckDbInstance.inMemory()) {
      Writer impatient =
          Writer.start(
              QuietJdbi.over(other::connection), new LocalChangeFeed(), Duration.ofMillis(300));
      CountDownLatch release = new CountDownLatch(1);
      FutureTask<Object> first =
          inBackground(
              new FutureTask<>(
                  () ->
                      impatient.write(
                          step -> {
                            awaitQuietly(release);
                            return 0;
                          })));
      AtomicInteger ran = new AtomicInteger();

      assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(TimeoutException.class)
          .hasMessageContaining("it is not known whether it will be written");
      assertThatThrownBy(() -> impatient.write(step -> ran.incrementAndGet()))
          .isInstanceOf(AuthStoreException.class)
          .hasMessageContaining("nothing was written");

      release.countDown();
      impatient.close();
      assertThat(ran).hasValue(0);
    }
  }

  @Test
  void interruptedCallerStaysInterrupted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Thread busy = occupyUntil(release);
    FutureTask<Boolean> interrupted =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(() -> writer.write(step -> insert(step, 1)))
                  .isInstanceOf(AuthStoreException.class)
                  .hasMessageContaining("nothing was written");
              return Thread.currentThread().isInterrupted();
            });
    Thread caller = new Thread(interrupted);
    caller.start();
    awaitWaiting(1);

    caller.interrupt();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    release.countDown();
    busy.join();
    assertThat(write(2)).isOne();
    assertThat(rows()).containsExactly(2);
  }

  @Test
  void closingWritesWhatWasAccepted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Thread busy = occupyUntil(release);
    List<FutureTask<Integer>> writes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int n = i;
      writes.add(inBackground(new FutureTask<>(() -> writer.write(step -> insert(step, n)))));
    }
    awaitWaiting(100);
    Thread closing = new Thread(writer::close);
    closing.start();
    release.countDown();
    closing.join();
    busy.join();

    for (FutureTask<Integer> write : writes) {
      assertThat(write.get(10, TimeUnit.SECONDS)).isOne();
    }
    assertThat(rows()).hasSize(100);
    assertThatThrownBy(() -> writer.write(step -> insert(step, 100)))
        .isInstanceOf(AuthStoreException.class)
        .hasMessage("the store is closed");
  }
}
