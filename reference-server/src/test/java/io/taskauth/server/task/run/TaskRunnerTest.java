package io.taskauth.server.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.page.PageRequest;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.HashCalibration;
import io.taskauth.server.task.Progress;
import io.taskauth.server.task.Rate;
import io.taskauth.server.task.TaskSettings;
import io.taskauth.server.task.TestTask;
import io.taskauth.server.task.run.RunEvent.Kind;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.Json;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.testkit.SettableClock;
import io.taskauth.work.NewWork;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One node. */
@Timeout(60)
class TaskRunnerTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch stubborn = new CountDownLatch(1);
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicBoolean mended = new AtomicBoolean();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final SettableClock clock = new SettableClock();
  private final InMemoryAuthStore store = new InMemoryAuthStore();
  private final Node node =
      new Node(
          store,
          clock,
          new TestTask("quick", progress -> "done"),
          new TestTask("broken", progress -> failing()),
          new TestTask("wrong", progress -> refusing()),
          new TestTask("endless", this::endless),
          new TestTask("waiting", this::waiting),
          new TestTask("stubborn", this::stubborn),
          new TestTask("first", progress -> note("first")),
          new TestTask("second", progress -> note("second")).with(priority(5)),
          new TestTask("limited", progress -> note("limited")).with(limited()),
          new TestTask("secret", progress -> "kept").withSecrets());

  @AfterEach
  void close() {
    gate.countDown();
    stubborn.countDown();
    node.close();
  }

  @Test
  void aRunSucceedsAndItsStepsAreTold() {
    List<Run> heard = Collections.synchronizedList(new ArrayList<>());
    node.runner.onChange(heard::add);
    Run run = node.finished(node.start("quick"));
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(run.startedBy()).isEqualTo("ada");
    assertThat(run.progress()).isEqualTo(1);
    assertThat(node.runner.runs().details(run.id()).orElseThrow().result()).isEqualTo("done");
    Node.await(() -> heard.contains(run));
    assertThat(heard).extracting(Run::revision).isSorted();
    Node.await(() -> node.events.size() == 2);
    assertThat(node.events)
        .extracting(RunEvent::kind)
        .containsExactly(Kind.STARTED, Kind.SUCCEEDED);
  }

  @Test
  void aRunThatFailsIsTriedAgainTwiceAsLateEachTimeAndThenNoMore() {
    UUID id = node.start("broken");
    List<Duration> pauses = new ArrayList<>();
    for (int attempt = 1; attempt <= 2; attempt++) {
      int done = attempt;
      Node.await(
          () -> node.run(id).status() == RunStatus.QUEUED && node.run(id).attempts() == done);
      Run waiting = node.run(id);
      assertThat(waiting.error()).contains("log").doesNotContain("hunter22");
      pauses.add(Duration.between(clock.instant(), waiting.nextAttemptAt()));
      clock.set(waiting.nextAttemptAt());
      node.runner.wake();
    }
    Run run = node.finished(id);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.attempts()).isEqualTo(3);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(1800), Duration.ofMillis(2200));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(3600), Duration.ofMillis(4400));
    assertThat(pauses.get(0)).as("spread").isNotEqualTo(Duration.ofSeconds(2));
    Node.await(() -> node.events.stream().anyMatch(event -> event.kind() == Kind.FAILED));
    assertThat(node.events).extracting(RunEvent::kind).filteredOn(Kind.RETRIED::equals).hasSize(2);
  }

  @Test
  void noPauseIsLongerThanAnHour() {
    Retries retries = new Retries(new SecureRandom());
    TaskSettings slow =
        new TaskSettings(null, 1, 100, Duration.ofMinutes(50), Duration.ofMinutes(1), 0, false);
    assertThat(retries.pause(slow, 2)).isEqualTo(Duration.ofHours(1));
    assertThat(retries.pause(slow, 101)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whatAnotherAttemptWouldNotMendIsNotTriedAgain() {
    Run run = node.finished(node.start("wrong"));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.attempts()).isEqualTo(1);
    assertThat(run.error()).isEqualTo("There is no such user.");
  }

  @Test
  void anAttemptThatTakesTooLongIsInterruptedAndHasFailed() {
    UUID id = node.start("waiting");
    Node.await(() -> entered.get() == 1);
    clock.advance(Duration.ofMinutes(10));
    Node.await(() -> node.run(id).attempts() == 1 && node.run(id).status() == RunStatus.QUEUED);
    assertThat(node.run(id).error()).isEqualTo("It took longer than 10 minutes.");
  }

  @Test
  void whoIgnoresTheInterruptLosesItsPlace() {
    UUID id = node.start("stubborn");
    Node.await(() -> entered.get() == 1);
    clock.advance(Duration.ofMinutes(10));
    Node.await(
        () -> {
          // Long enough for anybody to stop.
          clock.advance(Heartbeat.GRACE);
          return node.run(id).status().isFinished();
        });
    assertThat(node.run(id).status()).isEqualTo(RunStatus.FAILED);
    assertThat(node.run(id).error()).contains("could not be stopped");
    assertThat(node.runner.inFlight()).isZero();
    stubborn.countDown();
    assertThat(node.finished(node.start("quick")).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(node.run(id).status()).as("its late result").isEqualTo(RunStatus.FAILED);
  }

  @Test
  void theHigherPriorityComesFirstAndThenWhoWaitsLonger() {
    pauseAll(true);
    node.start("first");
    clock.advance(Duration.ofSeconds(1));
    node.start("second");
    node.start("limited");
    node.override(Subject.queue("default"), "{\"max_concurrent\":1}");
    pauseAll(false);
    Node.await(() -> order.size() == 3);
    assertThat(order).containsExactly("second", "first", "limited");
  }

  @Test
  void noMoreBeginInATimeThanTheRateAllows() {
    for (int i = 0; i < 5; i++) {
      node.start("limited");
    }
    Node.await(() -> order.size() == 2);
    node.finished(node.start("quick"));
    node.runner.wake();
    node.finished(node.start("quick"));
    assertThat(order).hasSize(2);
    clock.advance(Duration.ofMinutes(1));
    node.runner.wake();
    Node.await(() -> order.size() == 4);
  }

  @Test
  void aRunningRunEndsWhereItNextLooks() {
    UUID id = node.start("endless");
    Node.await(() -> entered.get() == 1);
    assertThat(node.runner.cancel(id).orElseThrow().cancelRequested()).isTrue();
    assertThat(node.finished(id).status()).isEqualTo(RunStatus.CANCELLED);
    Node.await(() -> node.events.stream().anyMatch(event -> event.kind() == Kind.CANCELLED));
  }

  @Test
  void aQueuedRunThatIsCancelledNeverStarts() {
    pauseAll(true);
    UUID id = node.start("quick");
    assertThat(node.runner.cancel(id).orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
    pauseAll(false);
    node.finished(node.start("quick"));
    assertThat(node.run(id).attempts()).isZero();
    assertThat(node.events)
        .filteredOn(event -> event.run().id().equals(id))
        .extracting(RunEvent::kind)
        .containsExactly(Kind.CANCELLED);
    assertThat(node.runner.cancel(UUID.randomUUID())).isEmpty();
  }

  @Test
  void theRecordIsBounded() {
    for (int i = 0; i < TaskRunner.KEPT + 40; i++) {
      node.start("quick");
    }
    Node.await(() -> node.runner.counts().of("quick", Kind.SUCCEEDED) == TaskRunner.KEPT + 40);
    Node.await(
        () ->
            store.work().count(RunFilter.ALL.inStore()) < TaskRunner.KEPT + 20
                && node.runner.inFlight() == 0);
    assertThat(store.work().count(RunFilter.ALL.inStore())).isGreaterThanOrEqualTo(TaskRunner.KEPT);
  }

  @Test
  void noMoreThanTenThousandOfATaskWaitAndTheyHoldUpNothingElse() {
    node.override(Subject.task("first"), "{\"paused\":true}");
    List<NewWork> many = new ArrayList<>();
    for (int i = 0; i < TaskRunner.MAX_WAITING; i++) {
      many.add(
          new NewWork(
              UUID.randomUUID(),
              TaskRunner.POOL,
              "first",
              "",
              clock.instant(),
              clock.instant(),
              "{}"));
    }
    var unused = store.work().add(many, TaskRunner.MAX_WAITING);
    assertThat(node.runner.start("first", Arguments.none(), "ada"))
        .isInstanceOf(StartOutcome.Busy.class);
    assertThat(node.finished(node.start("quick")).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void drainingTakesNoneBeginsNoneAndLetsTheOthersFinish() throws Exception {
    UUID running = node.start("waiting");
    Node.await(() -> entered.get() == 1);
    node.override(Subject.task("quick"), "{\"paused\":true}");
    UUID waiting = node.start("quick");
    node.runner.drain();
    node.override(Subject.task("quick"), "{\"paused\":null}");
    assertThat(node.runner.start("quick", Arguments.none(), "ada"))
        .isInstanceOf(StartOutcome.Draining.class);
    assertThat(node.runner.inFlight()).isEqualTo(1);
    gate.countDown();
    assertThat(node.runner.awaitIdle(Duration.ofSeconds(20))).isTrue();
    assertThat(node.run(running).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(node.run(waiting).status()).isEqualTo(RunStatus.QUEUED);
    node.runner.cancelDrain();
    assertThat(node.finished(waiting).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void sealedArgumentsAreReadByNobodyButTheTask() {
    UUID id = node.start("secret", "{\"password_of_ada\":\"hunter22\"}");
    node.finished(id);
    assertThat(store.work().find(id).orElseThrow().input()).doesNotContain("hunter22", "ada");
    assertThat(node.runner.runs().details(id).orElseThrow().arguments()).isNull();
    UUID open = node.start("quick", "{\"n\":1,\"api_token\":\"hunter22\",\"x\":[{\"hash\":1}]}");
    node.finished(open);
    assertThat(String.valueOf(node.runner.runs().details(open).orElseThrow().arguments()))
        .isEqualTo("{\"n\":1,\"api_token\":\"[redacted]\",\"x\":[{\"hash\":\"[redacted]\"}]}");
    assertThat(node.audit.settle(Duration.ofSeconds(10))).isTrue();
    assertThat(node.audited.toString()).contains("[redacted]").doesNotContain("hunter22");
  }

  @Test
  void aMiddlewareThatIsSwitchedOffIsSkippedFromTheNextRunOn() {
    assertThat(node.runner.middlewares().set("quick", "audit", false)).contains(true);
    assertThat(node.runner.middlewares().set("quick", "redaction", false)).contains(true);
    UUID id = node.start("quick", "{\"token\":\"seen\"}");
    node.finished(id);
    assertThat(String.valueOf(node.runner.runs().details(id).orElseThrow().arguments()))
        .contains("seen");
    assertThat(node.runner.middlewares().enableAll("quick")).contains(true);
    node.finished(node.start("quick"));
    assertThat(node.audit.settle(Duration.ofSeconds(10))).isTrue();
    assertThat(node.audited)
        .extracting(AuditEvent::type)
        .containsExactly(AuditType.TASK_STARTED, AuditType.TASK_SUCCEEDED);

    node.runner.middlewares().set("broken", "error-report", false);
    UUID broken = node.start("broken");
    Node.await(() -> node.run(broken).error() != null);
    assertThat(node.run(broken).error()).isEqualTo("It failed.");
    assertThat(node.runner.times().of("quick").count()).isEqualTo(2);
  }

  @Test
  void aStoreThatIsOutIsWaitedFor() {
    Switchable way = new Switchable();
    InMemoryAuthStore far = new InMemoryAuthStore();
    CountDownLatch hold = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    try (Node other =
        new Node(
            way.to(far),
            clock,
            new TestTask(
                "held",
                progress -> {
                  inside.incrementAndGet();
                  hold.await();
                  return "kept";
                }))) {
      UUID id = other.start("held");
      Node.await(() -> inside.get() == 1);
      way.cut = true;
      hold.countDown();
      Node.await(() -> way.refused.get() >= 3);
      way.cut = false;
      assertThat(other.finished(id).status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(other.run(id).attempts()).isEqualTo(1);
      assertThat(other.finished(other.start("held")).status()).isEqualTo(RunStatus.SUCCEEDED);
    }
  }

  @Test
  void resultsAreCutWhereNoCharacterIsAndHoldNothingThatNoDatabaseTakes() {
    assertThat(ResultText.kept("a\0b\ud800c", 100)).isEqualTo("a\uFFFDb\uFFFDc");
    String cut = ResultText.kept("😀".repeat(100), 20);
    assertThat(cut).hasSizeLessThanOrEqualTo(20).startsWith("😀").endsWith("… cut");
    assertThat(cut.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
  }

  @Test
  void whatIsUnknownOrWronglyAskedForIsSaid() {
    assertThat(node.runner.start("nothing", Arguments.none(), "ada"))
        .isInstanceOf(StartOutcome.UnknownTask.class);
    try (Node calibrating = new Node(store, clock, new HashCalibration(new SecureRandom()))) {
      for (String args :
          List.of("{\"rounds\":0}", "{\"rounds\":21}", "{\"rounds\":\"3\"}", "{\"r\":1}")) {
        Arguments arguments = Arguments.of(Json.read(args).orElseThrow());
        assertThat(calibrating.runner.start("hash-calibration", arguments, "ada"))
            .as(args)
            .isInstanceOf(StartOutcome.BadArguments.class);
      }
    }
    assertThat(node.runner.runs().newest(RunFilter.ALL, PageRequest.first(5)).items()).isEmpty();
  }

  private void pauseAll(boolean paused) {
    node.override(Subject.queue("default"), "{\"paused\":" + paused + "}");
  }

  private static TaskSettings priority(int priority) {
    return new TaskSettings(null, null, 0, Duration.ZERO, Duration.ofMinutes(10), priority, false);
  }

  private static TaskSettings limited() {
    return new TaskSettings(
        Rate.parse("2/m").orElseThrow(), null, 0, Duration.ZERO, Duration.ofMinutes(10), 0, false);
  }

  private String note(String what) {
    order.add(what);
    return what;
  }

  private static String failing() {
    throw new IllegalStateException("the password is hunter22");
  }

  private static String refusing() {
    throw new BadArgumentsException("There is no such user.");
  }

  private String waiting(Progress progress) throws InterruptedException {
    progress.at(0.5);
    entered.incrementAndGet();
    gate.await();
    return "";
  }

  private String stubborn(Progress progress) {
    entered.incrementAndGet();
    while (stubborn.getCount() > 0) {
      Thread.onSpinWait();
      boolean unused = Thread.interrupted();
    }
    return "late";
  }

  private String endless(Progress progress) throws InterruptedException {
    entered.incrementAndGet();
    while (true) {
      progress.at(0.1);
      Thread.sleep(1);
    }
  }
}
