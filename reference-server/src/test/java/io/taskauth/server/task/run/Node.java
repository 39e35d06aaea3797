package io.taskauth.server.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditTrail;
import io.taskauth.internal.Ids;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.Json;
import io.taskauth.store.AuthStore;
import io.taskauth.testkit.SettableClock;
import io.taskauth.token.Sealer;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One node of a store, whose clock a test moves. */
final class Node implements AutoCloseable {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  final TaskRunner runner;
  final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  final List<AuditEvent> audited = Collections.synchronizedList(new ArrayList<>());
  final AuditTrail audit;

  Node(AuthStore store, SettableClock clock, Task... tasks) {
    SecureRandom random = new SecureRandom();
    Ids ids = new Ids(clock, random);
    this.audit = new AuditTrail(List.of(audited::add), ids, clock);
    SigningKeys keys =
        new SigningKeys(List.of(SigningKey.of("a secret of thirty-two characters, or more")));
    this.runner =
        new TaskRunner(
            List.of(tasks),
            new Surroundings(
                store,
                clock,
                ids::uuidV7,
                new Random(7),
                new Sealer(keys, "host task arguments", random),
                audit));
    runner.onEvent(events::add);
    runner.begin();
  }

  UUID start(String task) {
    return start(task, "{}");
  }

  UUID start(String task, String args) {
    Arguments arguments = Arguments.of(Json.read(args).orElseThrow());
    return ((StartOutcome.Started) runner.start(task, arguments, "ada")).run();
  }

  Run run(UUID id) {
    return runner.runs().find(id).orElseThrow();
  }

  Run finished(UUID id) {
    await(() -> run(id).status().isFinished());
    return run(id);
  }

  void override(Subject subject, String patch) {
    var unused = runner.overrides().patch(subject, Json.read(patch).orElseThrow(), version -> true);
  }

  /** What other threads do, and no longer than it takes. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    runner.close();
    audit.close();
  }
}
