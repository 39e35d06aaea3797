package io.taskauth.server.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.page.PageRequest;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.TestTask;
import io.taskauth.server.task.settings.OverrideOutcome;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.Json;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.testkit.SettableClock;
import io.taskauth.work.Claim;
import io.taskauth.work.NewWork;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes on one store. */
@Timeout(60)
class TwoNodesTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryAuthStore store = new InMemoryAuthStore();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Semaphore gate = new Semaphore(0);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final Node one = new Node(store, clock, tasks());
  private final Node two = new Node(store, clock, tasks());

  private Task[] tasks() {
    return new Task[] {
      new TestTask("counted", progress -> counted("counted")).in("a"),
      new TestTask("beside", progress -> counted("beside")).in("a"),
      new TestTask("gated", progress -> gated()).in("b"),
      new TestTask(
              "endless",
              progress -> {
                while (true) {
                  inside.set(1);
                  progress.at(0.5);
                  Thread.sleep(1);
                }
              })
          .in("c"),
      new TestTask("upkeep", progress -> counted("upkeep")).every(Duration.ofMinutes(1)).in("d")
    };
  }

  @AfterEach
  void close() {
    gate.release(1000);
    one.close();
    two.close();
  }

  @Test
  void eachRunHappensOnce() {
    Set<UUID> ids = Collections.synchronizedSet(new HashSet<>());
    for (int i = 0; i < 60; i++) {
      ids.add((i % 2 == 0 ? one : two).start("counted"));
    }
    Node.await(() -> ids.stream().allMatch(id -> one.run(id).status().isFinished()));
    assertThat(done).hasSize(60);
    assertThat(ids).allMatch(id -> one.run(id).attempts() == 1);
  }

  @Test
  void noMoreOfATaskRunThanMayNorOfAQueue() {
    one.override(Subject.task("gated"), "{\"max_concurrent\":3}");
    for (int i = 0; i < 8; i++) {
      one.start("gated");
    }
    Node.await(() -> inside.get() == 3);
    gate.release(8);
    Node.await(() -> done.size() == 8);
    assertThat(most.get()).as("of the task").isEqualTo(3);

    most.set(0);
    two.override(Subject.queue("a"), "{\"max_concurrent\":1}");
    for (int i = 0; i < 10; i++) {
      one.start("counted");
      two.start("beside");
    }
    Node.await(() -> done.size() == 28);
    assertThat(most.get()).as("of the queue").isEqualTo(1);
  }

  @Test
  void aTickIsRunOnceAndMissedOnesAreMadeUpForByOne() {
    // The first look only notes which tick it is.
    Node.await(() -> store.settings().get("task-schedule:upkeep").isPresent());
    for (int tick = 1; tick <= 3; tick++) {
      clock.advance(Duration.ofMinutes(1));
      awaitFinished("upkeep", tick);
    }
    clock.advance(Duration.ofMinutes(45));
    awaitFinished("upkeep", 4);
    one.finished(one.start("counted"));
    wakeBoth();
    two.finished(two.start("counted"));
    assertThat(done).filteredOn("upkeep"::equals).hasSize(4);
    assertThat(newest("upkeep").get(0).startedBy()).isEqualTo(Task.BY_ITSELF);
  }

  @Test
  void aTickIsRunOnceAlsoByANodeThatWasKilledBeforeItCouldSaySo() {
    InMemoryAuthStore own = new InMemoryAuthStore();
    var unused = own.settings().put("task-schedule:upkeep", before(), 0);
    for (int i = 0; i < 2; i++) {
      // Each reads the tick before, as if the other had not got as far as writing this one.
      Node node = new Node(new Switchable().withOldSettings(own), clock, tasks());
      Node.await(() -> own.work().count(WorkFilter.of(TaskRunner.POOL, "upkeep")) > 0);
      Node.await(() -> own.work().count(finished()) > 0);
      node.finished(node.start("counted"));
      node.close();
    }
    assertThat(own.work().count(WorkFilter.of(TaskRunner.POOL, "upkeep"))).isEqualTo(1);
  }

  private String before() {
    return "{\"last\":\"" + clock.instant().minusSeconds(60) + "\"}";
  }

  private static WorkFilter finished() {
    return new WorkFilter(TaskRunner.POOL, "upkeep", null, WorkStatus.SUCCEEDED);
  }

  @Test
  void whileOneOfAScheduleWaitsThereIsNoSecond() {
    Node.await(() -> store.settings().get("task-schedule:upkeep").isPresent());
    one.override(Subject.task("upkeep"), "{\"paused\":true}");
    for (int i = 0; i < 4; i++) {
      Instant tick = clock.advance(Duration.ofMinutes(1));
      wakeBoth();
      Node.await(
          () ->
              store
                  .settings()
                  .get("task-schedule:upkeep")
                  .orElseThrow()
                  .document()
                  .contains(tick.toString()));
    }
    assertThat(newest("upkeep")).hasSize(1);
    two.override(Subject.task("upkeep"), "{\"paused\":null}");
    Node.await(() -> done.size() == 1);
  }

  @Test
  void aRunIsCancelledFromTheOtherNode() {
    two.override(Subject.task("endless"), "{\"priority\":1}");
    two.runner.drain();
    UUID id = one.start("endless");
    Node.await(() -> inside.get() == 1);
    assertThat(two.runner.cancel(id).orElseThrow().cancelRequested()).isTrue();
    assertThat(two.finished(id).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void whoHasLostARunIsInterruptedAndWhatComesOfItIsDropped() {
    two.runner.drain();
    UUID id = one.start("gated");
    Node.await(() -> inside.get() == 1);
    claimAs("thief", "gated");
    Node.await(() -> one.runner.inFlight() == 0);
    assertThat(done).isEmpty();
    assertThat(one.run(id).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(one.run(id).attempts()).isEqualTo(2);
    assertThat(one.events).extracting(RunEvent::kind).containsExactly(RunEvent.Kind.STARTED);
  }

  private void claimAs(String worker, String task) {
    Instant later = clock.instant().plusSeconds(31);
    assertThat(
            store
                .work()
                .claim(
                    new Claim(
                        TaskRunner.POOL,
                        task,
                        9,
                        Set.of(task),
                        9,
                        worker,
                        later,
                        later.plusSeconds(30))))
        .isPresent();
  }

  @Test
  void theRunOfANodeThatWasKilledIsTakenUpAfterItsLeaseAndNotForEver() {
    one.runner.drain();
    two.runner.drain();
    UUID id = waitingRun("counted");
    claimNow("dead", "counted");
    one.runner.cancelDrain();
    one.finished(one.start("beside"));
    assertThat(one.run(id).status()).isEqualTo(RunStatus.RUNNING);
    clock.advance(Duration.ofSeconds(30));
    one.runner.wake();
    assertThat(one.finished(id).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(one.run(id).attempts()).isEqualTo(2);

    one.runner.drain();
    UUID cursed = waitingRun("counted");
    for (int i = 0; i < 3; i++) {
      claimNow("dead" + i, "counted");
      clock.advance(Duration.ofSeconds(31));
    }
    one.runner.cancelDrain();
    Run given = one.finished(cursed);
    assertThat(given.status()).isEqualTo(RunStatus.FAILED);
    assertThat(given.error()).contains("begun 3 times");
    assertThat(done).filteredOn("counted"::equals).hasSize(1);
  }

  @Test
  void whatADeadNodeWasAskedToEndIsEndedByAnother() {
    one.runner.drain();
    two.runner.drain();
    UUID id = waitingRun("counted");
    claimNow("dead", "counted");
    assertThat(one.runner.cancel(id)).isPresent();
    clock.advance(Duration.ofSeconds(31));
    one.runner.cancelDrain();
    assertThat(one.finished(id).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(done).isEmpty();
  }

  private UUID waitingRun(String task) {
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    var unused =
        store
            .work()
            .add(List.of(new NewWork(id, TaskRunner.POOL, task, "ada", now, now, "{}")), 10);
    return id;
  }

  private void claimNow(String worker, String task) {
    Instant now = clock.instant();
    assertThat(
            store
                .work()
                .claim(
                    new Claim(
                        TaskRunner.POOL,
                        task,
                        9,
                        Set.of(task),
                        9,
                        worker,
                        now,
                        now.plus(Heartbeat.LEASE))))
        .isPresent();
  }

  @Test
  void whatIsPausedOnOneWaitsOnBothAndGoesOnWhenItIsCleared() {
    one.override(Subject.task("counted"), "{\"paused\":true}");
    UUID id = two.start("counted");
    two.finished(two.start("beside"));
    one.finished(one.start("beside"));
    assertThat(one.run(id).attempts()).isZero();
    var unused = two.runner.overrides().clear(Subject.task("counted"), version -> true);
    assertThat(one.finished(id).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void ofTwoEditorsOfOneVersionOneIsToldWhatTheOtherHasMadeOfIt() {
    var read = two.runner.overrides().read(Subject.task("counted"));
    one.override(Subject.task("counted"), "{\"priority\":7}");
    OverrideOutcome late =
        two.runner
            .overrides()
            .patch(
                Subject.task("counted"),
                Json.read("{\"priority\":1}").orElseThrow(),
                version -> version == read.version());
    assertThat(late)
        .isInstanceOfSatisfying(
            OverrideOutcome.Conflict.class,
            conflict -> assertThat(conflict.current().override().toString()).contains("7"));
    two.override(Subject.task("counted"), "{\"max_retries\":0}");
    assertThat(one.runner.overrides().read(Subject.task("counted")).override().keySet())
        .containsExactly("max_retries", "priority");
  }

  /** A run that has not settled would be taken for abandoned when the clock moves on. */
  private void awaitFinished(String task, int count) {
    wakeBoth();
    Node.await(
        () ->
            newest(task).stream().filter(run -> run.status() == RunStatus.SUCCEEDED).count()
                == count);
  }

  private void wakeBoth() {
    one.runner.wake();
    two.runner.wake();
  }

  private List<Run> newest(String task) {
    return one.runner.runs().newest(new RunFilter(task, null), PageRequest.first(50)).items();
  }

  private String counted(String name) throws InterruptedException {
    enter();
    Thread.sleep(1);
    inside.decrementAndGet();
    done.add(name);
    return name;
  }

  private String gated() throws InterruptedException {
    enter();
    try {
      gate.acquire();
    } finally {
      inside.decrementAndGet();
    }
    done.add("gated");
    return "";
  }

  private void enter() {
    int now = inside.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
  }
}
