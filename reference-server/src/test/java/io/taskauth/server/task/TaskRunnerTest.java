package io.taskauth.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.server.web.Json;
import io.taskauth.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final TaskRunner runner =
      new TaskRunner(
          List.of(
              task("quick", progress -> "done"),
              task("broken", progress -> failing()),
              task("endless", this::endless),
              task("waiting", this::waiting)),
          new SettableClock(),
          UUID::randomUUID);
  private final List<Run> heard = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    gate.countDown();
    runner.close();
  }

  @Test
  void aRunSucceedsAndEachStepIsTold() throws Exception {
    runner.onChange(heard::add);
    Run run = finished(start("quick"));
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.result()).isEqualTo("done");
    assertThat(run.progress()).isEqualTo(1);
    assertThat(heard)
        .extracting(Run::status)
        .containsExactly(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.SUCCEEDED);
    assertThat(heard).extracting(Run::revision).containsExactly(0, 1, 2);
  }

  @Test
  void aRunThatThrowsHasFailedAndDoesNotSayWithWhat() throws Exception {
    Run run = finished(start("broken"));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.error()).contains("log").doesNotContain("hunter22");
    assertThat(finished(start("quick")).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void aRunningRunEndsWhereItNextLooks() throws Exception {
    Run run = start("endless");
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(runner.cancel(run.id()).orElseThrow().cancelRequested()).isTrue();
    assertThat(finished(run).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void aQueuedRunThatIsCancelledNeverStarts() throws Exception {
    start("waiting");
    start("waiting");
    Run third = start("quick");
    assertThat(runner.cancel(third.id()).orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
    gate.countDown();
    assertThat(runner.awaitIdle(PATIENCE)).isTrue();
    assertThat(runner.find(third.id()).orElseThrow().startedAt()).isNull();
    assertThat(runner.cancel(UUID.randomUUID())).isEmpty();
  }

  @Test
  void theRecordIsBoundedAndKeepsWhatIsNotFinished() throws Exception {
    Run waiting = start("waiting");
    for (int i = 0; i < TaskRunner.KEPT + 30; i++) {
      finished(start("quick"));
    }
    List<Run> all = runner.newest(RunFilter.ALL, Integer.MAX_VALUE);
    assertThat(all).hasSize(TaskRunner.KEPT);
    assertThat(all.get(all.size() - 1).id()).isEqualTo(waiting.id());
    assertThat(runner.newest(new RunFilter("waiting", RunStatus.RUNNING, Long.MAX_VALUE), 5))
        .hasSize(1);
  }

  @Test
  void noMoreThanAHundredWait() {
    StartOutcome last = new StartOutcome.UnknownTask();
    for (int i = 0; i < 101; i++) {
      last = runner.start("waiting", Arguments.none(), "ada");
    }
    assertThat(last).isInstanceOf(StartOutcome.Busy.class);
  }

  @Test
  void drainingRefusesNewRunsAndLetsTheOthersFinish() throws Exception {
    Run running = start("waiting");
    runner.drain();
    assertThat(runner.start("quick", Arguments.none(), "ada"))
        .isInstanceOf(StartOutcome.Draining.class);
    assertThat(runner.inFlight()).isEqualTo(1);
    assertThat(runner.awaitIdle(Duration.ofMillis(50))).isFalse();
    gate.countDown();
    assertThat(finished(running).status()).isEqualTo(RunStatus.SUCCEEDED);
    runner.cancelDrain();
    assertThat(finished(start("quick")).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void whatIsUnknownOrWronglyAskedForIsSaid() {
    assertThat(runner.start("nothing", Arguments.none(), "ada"))
        .isInstanceOf(StartOutcome.UnknownTask.class);
    TaskRunner calibrating =
        new TaskRunner(
            List.of(new HashCalibration(new SecureRandom())),
            new SettableClock(),
            UUID::randomUUID);
    for (String args :
        List.of("{\"rounds\":0}", "{\"rounds\":21}", "{\"rounds\":\"3\"}", "{\"r\":1}")) {
      Arguments arguments = Arguments.of(Json.read(args).orElseThrow());
      assertThat(calibrating.start("hash-calibration", arguments, "ada"))
          .as(args)
          .isInstanceOf(StartOutcome.BadArguments.class);
    }
    calibrating.close();
  }

  private Run start(String name) {
    return ((StartOutcome.Started) runner.start(name, Arguments.none(), "ada")).run();
  }

  private Run finished(Run run) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Run now = runner.find(run.id()).orElseThrow();
    while (!now.status().isFinished() && System.nanoTime() < end) {
      Thread.sleep(1);
      now = runner.find(run.id()).orElseThrow();
    }
    return now;
  }

  private static String failing() {
    throw new IllegalStateException("the password is hunter22");
  }

  private String waiting(Progress progress) throws InterruptedException {
    progress.at(0.5);
    gate.await();
    return "";
  }

  private String endless(Progress progress) throws InterruptedException {
    entered.countDown();
    while (true) {
      progress.at(0.1);
      Thread.sleep(1);
    }
  }

  private static Task task(String name, Task.Work work) {
    return new Task() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return name;
      }

      @Override
      public Work prepare(Arguments arguments) {
        return work;
      }
    };
  }
}
