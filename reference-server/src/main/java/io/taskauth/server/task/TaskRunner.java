package io.taskauth.server.task;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks, a few at once, in the order in which they were asked for. Runs are kept in memory and
 * end with the process. Threads may share it.
 */
public final class TaskRunner implements AutoCloseable {
  /** How many finished runs can be looked at. */
  public static final int KEPT = 200;

  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);
  private static final int AT_ONCE = 2;
  private static final int MAX_IN_FLIGHT = 100;
  private static final int MAX_RESULT = 64 * 1024;

  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final RunLog runs = new RunLog(KEPT);
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, threads());
  private final ReentrantLock starting = new ReentrantLock();
  private boolean draining;
  private long started;

  public TaskRunner(List<Task> tasks, InstantSource clock, Supplier<UUID> ids) {
    tasks.forEach(task -> this.tasks.put(task.name(), task));
    this.clock = clock;
    this.ids = ids;
  }

  private static ThreadFactory threads() {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "task-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  public List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  public Optional<Task> task(String name) {
    return Optional.ofNullable(tasks.get(name));
  }

  /** Told of each change to a run, in order, on the thread that makes it: be quick. */
  public void onChange(Consumer<Run> listener) {
    runs.onChange(listener);
  }

  /**
   * Queues a run.
   *
   * @param by the name of whoever asks
   */
  public StartOutcome start(String name, Arguments arguments, String by) {
    Task task = tasks.get(name);
    if (task == null) {
      return new StartOutcome.UnknownTask();
    }
    Task.Work work;
    try {
      work = task.prepare(arguments);
    } catch (BadArgumentsException e) {
      return new StartOutcome.BadArguments(String.valueOf(e.getMessage()));
    }
    starting.lock();
    try {
      if (draining) {
        return new StartOutcome.Draining();
      }
      if (runs.inFlight() >= MAX_IN_FLIGHT) {
        return new StartOutcome.Busy();
      }
      Run run = Run.queued(ids.get(), ++started, name, by, clock.instant());
      runs.add(run);
      workers.execute(() -> run(run.id(), work));
      return new StartOutcome.Started(run);
    } finally {
      starting.unlock();
    }
  }

  private void run(UUID id, Task.Work work) {
    Instant now = clock.instant();
    Optional<Run> begun = runs.change(id, run -> run.started(now));
    if (begun.filter(run -> run.status() == RunStatus.RUNNING).isEmpty()) {
      // Cancelled while it waited.
      return;
    }
    try {
      String result = shortened(work.run(fraction -> report(id, fraction)));
      finish(id, run -> run.succeeded(clock.instant(), result));
    } catch (CancellationException e) {
      finish(id, run -> run.stopped(clock.instant()));
    } catch (Throwable e) {
      // An error too: a run that is never finished would hold up every drain.
      log.warn("a run of {} failed", begun.get().task(), e);
      // What went wrong may name hosts and files; it is in the log, for those who may read that.
      finish(id, run -> run.failed(clock.instant(), "It failed; the server's log says why."));
    }
  }

  private void report(UUID id, double fraction) {
    if (runs.change(id, run -> run.at(fraction)).filter(Run::cancelRequested).isPresent()) {
      throw new CancellationException();
    }
  }

  private void finish(UUID id, UnaryOperator<Run> end) {
    Optional<Run> unused = runs.change(id, end);
  }

  private static String shortened(String result) {
    return result.length() <= MAX_RESULT ? result : result.substring(0, MAX_RESULT) + "\n… cut";
  }

  /**
   * Asks a run to end: one that waits never starts, one that runs ends when it next looks.
   *
   * @return the run as it is now; empty where there is none
   */
  public Optional<Run> cancel(UUID id) {
    return runs.change(id, run -> run.cancelled(clock.instant()));
  }

  public Optional<Run> find(UUID id) {
    return runs.find(id);
  }

  /** The newest first. */
  public List<Run> newest(RunFilter filter, int limit) {
    return runs.newest(filter, limit);
  }

  /** Takes no new runs from now on; those that wait or run go on to their end. */
  public void drain() {
    setDraining(true);
  }

  /** Takes runs again. */
  public void cancelDrain() {
    setDraining(false);
  }

  private void setDraining(boolean value) {
    starting.lock();
    try {
      draining = value;
    } finally {
      starting.unlock();
    }
  }

  public boolean isDraining() {
    starting.lock();
    try {
      return draining;
    } finally {
      starting.unlock();
    }
  }

  /** How many wait or run. */
  public int inFlight() {
    return runs.inFlight();
  }

  /** Waits until none waits or runs; false where that takes longer. */
  public boolean awaitIdle(Duration patience) throws InterruptedException {
    return runs.awaitIdle(patience);
  }

  /** Takes no new runs, and asks those that are left to end. */
  @Override
  public void close() {
    drain();
    newest(RunFilter.ALL, Integer.MAX_VALUE).forEach(run -> cancel(run.id()));
    workers.shutdown();
  }
}
