package io.taskauth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.Race;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events on their way to one sink, whatever it does with them. */
@Timeout(120)
class SinkQueueTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration A_MOMENT = Duration.ofMillis(50);
  private static final int MORE_THAN_FIT = 6000;

  private final Warnings log = new Warnings(AuditTrail.class.getName());
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<String> got = new CopyOnWriteArrayList<>();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private SinkQueue queue;

  @BeforeEach
  void openAGoodOne() {
    queue = new SinkQueue(event -> got.add(event.username()));
  }

  @AfterEach
  void close() {
    release.countDown();
    queue.close();
    log.close();
  }

  private void use(AuditSink sink) {
    queue.close();
    queue = new SinkQueue(sink);
  }

  /** A sink that holds the first event until {@link #release}. */
  private void useAHangingOne() {
    use(
        new AuditSink() {
          @Override
          public void record(AuditEvent event) {
            got.add(event.username());
          }

          @Override
          public void recordAll(List<AuditEvent> events) {
            entered.countDown();
            awaitRelease();
            batches.add(events.size());
            AuditSink.super.recordAll(events);
          }
        });
  }

  private void awaitRelease() {
    try {
      assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(String name) {
    queue.put(Events.named(name));
  }

  private void assertSettled() {
    assertThat(queue.settle(PATIENCE)).isTrue();
  }

  /** What a sink can do wrong with an event. */
  private enum Trouble {
    EXCEPTION {
      @Override
      void make() {
        throw new IllegalStateException("on purpose");
      }
    },
    ERROR {
      @Override
      void make() {
        throw new NoClassDefFoundError("on purpose");
      }
    },
    CHECKED_EXCEPTION_OF_ANOTHER_LANGUAGE {
      @Override
      void make() {
        Trouble.<RuntimeException>sneak(new IOException("on purpose"));
      }
    },
    INTERRUPTION {
      @Override
      void make() {
        Thread.currentThread().interrupt();
      }
    };

    abstract void make();

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable any) throws E {
      throw (E) any;
    }
  }

  @ParameterizedTest
  @EnumSource
  void eventsAfterATroubleComeAllTheSame(Trouble trouble) {
    use(
        event -> {
          if (event.username().startsWith("bad")) {
            trouble.make();
          }
          got.add(event.username());
        });

    for (int i = 0; i < 5; i++) {
      put("bad");
      assertSettled();
      put("good");
      assertSettled();
    }

    assertThat(got).filteredOn("good"::equals).hasSize(5);
  }

  @Test
  void sinkThatFailsIsComplainedAboutOnceAMinuteAtMost() {
    use(
        event -> {
          throw new IllegalStateException("on purpose");
        });

    for (int i = 0; i < 20; i++) {
      put("ada");
      assertSettled();
    }

    assertThat(log.messages()).hasSize(1);
    assertThat(log.messages().get(0)).contains("audit sink", "failed", "1 times");
  }

  @Test
  void putNeverWaitsForTheSink() throws Exception {
    useAHangingOne();
    put("first");
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < MORE_THAN_FIT; i++) {
      put("name" + i);
    }

    assertThat(got).isEmpty();
    assertThat(log.messages()).hasSize(1);
    assertThat(log.messages().get(0)).contains("lost events");
  }

  @Test
  void whatDoesNotFitIsDroppedAndTheRestComesInOrder() throws Exception {
    useAHangingOne();
    put("first");
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < MORE_THAN_FIT; i++) {
      put("name" + i);
    }

    release.countDown();
    assertSettled();

    List<String> expected = new ArrayList<>(List.of("first"));
    IntStream.range(0, 4096).forEach(i -> expected.add("name" + i));
    assertThat(got).containsExactlyElementsOf(expected);
    put("later");
    assertSettled();
    assertThat(got).hasSize(4098).endsWith("later");
  }

  @Test
  void manyThreadsThatLoseEventsAtOnceCauseOneWarning() throws Exception {
    useAHangingOne();
    put("first");
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

    Race.of(
        16,
        () -> {
          for (int i = 0; i < 1000; i++) {
            put("name" + i);
          }
          return true;
        });

    assertThat(log.messages()).hasSize(1);
  }

  @Test
  void slowSinkGetsManyAtOnce() throws Exception {
    useAHangingOne();
    put("first");
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 1000; i++) {
      put("name" + i);
    }

    release.countDown();
    assertSettled();

    assertThat(batches).containsExactly(1, 256, 256, 256, 232);
  }

  @Test
  void eventsComeInTheirOrder() {
    for (int i = 0; i < 3000; i++) {
      put("name" + i);
    }
    assertSettled();

    assertThat(got)
        .containsExactlyElementsOf(IntStream.range(0, 3000).mapToObj(i -> "name" + i).toList());
  }

  @Test
  void settlingGivesUpOnASinkThatHangs() throws Exception {
    useAHangingOne();
    put("first");
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(queue.settle(A_MOMENT)).isFalse();

    release.countDown();
    assertSettled();
    assertThat(got).containsExactly("first");
  }

  @Test
  void whoeverSettlesFindsTheirOwnEventHandedOver() throws Exception {
    AtomicInteger number = new AtomicInteger();

    List<Integer> missing =
        Race.of(
            8,
            () -> {
              int lost = 0;
              for (int i = 0; i < 300; i++) {
                String name = "name" + number.incrementAndGet();
                put(name);
                assertSettled();
                lost += got.contains(name) ? 0 : 1;
              }
              return lost;
            });

    assertThat(missing).containsOnly(0);
  }

  @Test
  void nothingToSettleIsSettled() {
    assertThat(queue.settle(Duration.ZERO)).isTrue();
  }

  @Test
  void closingHandsOverWhatWaits() throws Exception {
    useAHangingOne();
    put("first");
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 600; i++) {
      put("name" + i);
    }
    release.countDown();

    queue.close();

    assertThat(got).hasSize(601);
  }

  @Test
  void closingGivesUpOnASinkThatHangsAndSaysSo() throws Exception {
    useAHangingOne();
    put("first");
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    put("second");

    queue.close();

    for (int i = 0; i < 300 && log.messages().isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertThat(log.messages()).hasSize(1);
    assertThat(log.messages().get(0)).contains("stopped before its last events");
    assertThat(got).doesNotContain("second");
  }

  @Test
  void whatIsPutAfterClosingIsLostWithAWarningAndKeepsNobodyWaiting() {
    queue.close();

    put("late");

    assertThat(queue.settle(Duration.ZERO)).isTrue();
    assertThat(got).isEmpty();
    assertThat(log.messages()).hasSize(1);
  }

  @Test
  void whatIsPutWhileItIsClosedIsEitherHandedOverOrNotWaitedFor() throws Exception {
    for (int round = 0; round < 50; round++) {
      SinkQueue closing = new SinkQueue(event -> got.add(event.username()));
      Race.of(
          List.of(
              () -> {
                for (int i = 0; i < 20; i++) {
                  closing.put(Events.named("ada"));
                }
                return true;
              },
              () -> {
                closing.close();
                return true;
              }));

      assertThat(closing.settle(Duration.ZERO)).isTrue();
    }
  }

  /** One that can be closed. */
  private static class Closeable implements AuditSink, AutoCloseable {
    final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public void record(AuditEvent event) {}

    @Override
    public void close() throws Exception {
      closed.set(true);
      throw new IOException("on purpose");
    }
  }

  @Test
  void sinkThatCanBeClosedIsAndMayFailAtThat() {
    Closeable sink = new Closeable();
    use(sink);

    queue.close();

    assertThat(sink.closed).isTrue();
    assertThat(log.messages()).anyMatch(message -> message.contains("could not be closed"));
  }
}
