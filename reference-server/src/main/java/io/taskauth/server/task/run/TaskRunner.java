package io.taskauth.server.task.run;

import io.taskauth.internal.Text;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskCatalog;
import io.taskauth.server.task.middleware.Middlewares;
import io.taskauth.server.task.middleware.RunTimes;
import io.taskauth.server.task.run.RunEvent.Kind;
import io.taskauth.server.task.settings.LiveSettings;
import io.taskauth.server.task.settings.TaskOverrides;
import io.taskauth.work.NewWork;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks, a few at once on this node, as one of perhaps several nodes of a store. Runs are kept
 * in the store: what waits when a process ends is done by the next one, or by another node. Threads
 * may share it.
 */
public final class TaskRunner implements AutoCloseable {
  /** How many finished runs of each task can be looked at. */
  public static final int KEPT = AttemptRunner.KEPT;

  /** How many runs of a task may wait. */
  public static final int MAX_WAITING = 10_000;

  static final String POOL = "runs";

  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);
  private static final int AT_ONCE = 4;
  private static final int MAX_NAME = 200;

  private final TaskCatalog catalog;
  private final WorkStore store;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final LiveSettings settings;
  private final TaskOverrides overrides;
  private final RunTimes times = new RunTimes();
  private final RunCounts counts = new RunCounts();
  private final Middlewares middlewares;
  private final RunInput input;
  private final RunRecords runs;
  private final UnderWay underWay;
  private final RunListeners<Run> changes = new RunListeners<>();
  private final RunListeners<RunEvent> events = new RunListeners<>();
  private final Heartbeat heartbeat;
  private final Dispatcher dispatcher;
  private final RunWatch watch;

  public TaskRunner(List<Task> tasks, Surroundings around) {
    this.catalog = new TaskCatalog(tasks);
    this.store = around.store().work();
    this.clock = around.clock();
    this.ids = around.ids();
    this.settings =
        new LiveSettings(
            around.store().settings(),
            around.store().changes(),
            Stream.of(TaskOverrides.settings(catalog), Middlewares.settings(catalog))
                .flatMap(List::stream)
                .toList());
    this.overrides = new TaskOverrides(catalog, settings);
    this.middlewares = Middlewares.of(around.audit(), times, settings);
    this.input = new RunInput(around.sealer(), middlewares);
    this.runs = new RunRecords(store, catalog, input);
    this.underWay = new UnderWay(AT_ONCE, ids.get().toString());
    AttemptRunner attempts =
        new AttemptRunner(
            store,
            underWay,
            input,
            middlewares,
            overrides,
            new Retries(around.random()),
            clock,
            events);
    this.heartbeat = new Heartbeat(underWay, store, attempts, clock);
    RateLimits rates = new RateLimits(around.store().attempts());
    this.dispatcher =
        new Dispatcher(
            settings,
            new Schedules(catalog, around.store().settings(), store, input),
            new Turns(catalog, overrides, store, rates, underWay.worker()),
            underWay,
            attempts,
            clock);
    this.watch =
        new RunWatch(around.store().changes(), store, underWay, clock, changes, dispatcher::wake);
    events.add(counts::count);
  }

  /** Takes runs from now on. */
  public void begin() {
    heartbeat.begin();
    dispatcher.begin();
  }

  public TaskCatalog catalog() {
    return catalog;
  }

  /** The runs that there are. */
  public RunRecords runs() {
    return runs;
  }

  /** How tasks and queues are set. */
  public TaskOverrides overrides() {
    return overrides;
  }

  /** What stands around every attempt. */
  public Middlewares middlewares() {
    return middlewares;
  }

  /** How long attempts took on this node. */
  public RunTimes times() {
    return times;
  }

  /** What came of runs on this node. */
  public RunCounts counts() {
    return counts;
  }

  /**
   * Told of a run when it has changed on whatever node, as it is then: steps that follow each other
   * closely are one. On a thread of its own, one after the other.
   */
  public void onChange(Consumer<Run> listener) {
    changes.add(listener);
  }

  /**
   * Told of what this node does with runs, after the store knows it; on the thread that does it.
   */
  public void onEvent(Consumer<RunEvent> listener) {
    events.add(listener);
  }

  /**
   * Adds a run.
   *
   * @param by the name of whoever asks
   */
  public StartOutcome start(String name, Arguments arguments, String by) {
    Task task = catalog.find(name).orElse(null);
    if (task == null) {
      return new StartOutcome.UnknownTask();
    }
    try {
      Task.Work unused = task.prepare(arguments);
    } catch (BadArgumentsException e) {
      return new StartOutcome.BadArguments(String.valueOf(e.getMessage()));
    }
    if (isDraining()) {
      return new StartOutcome.Draining();
    }
    UUID id = ids.get();
    Instant now = clock.instant();
    String who = String.valueOf(Text.tame(by, MAX_NAME));
    NewWork run =
        new NewWork(id, POOL, name, who, now, now, input.written(id, task, arguments, who));
    return store.add(List.of(run), MAX_WAITING).isEmpty()
        ? new StartOutcome.Busy()
        : new StartOutcome.Started(id);
  }

  /**
   * Asks a run to end, on whatever node it is: one that waits never starts, one that runs ends when
   * it next looks.
   *
   * @return the run as it is now; empty where there is none
   */
  public Optional<Run> cancel(UUID id) {
    Optional<WorkItem> before = runs.item(id);
    Optional<WorkItem> now = before.flatMap(found -> store.cancel(id, clock.instant()));
    // One that waited has ended by this, and nobody else will say so.
    boolean waited = before.filter(item -> !RunStatus.of(item.status()).isFinished()).isPresent();
    now.map(Run::of)
        .filter(run -> waited && run.status() == RunStatus.CANCELLED)
        .ifPresent(run -> events.tell(new RunEvent(Kind.CANCELLED, run)));
    return now.map(Run::of);
  }

  /** When a task runs next by itself; empty where it does not. */
  public Optional<Instant> nextTick(Task task) {
    return task.every().map(every -> Schedules.tickAt(clock.instant(), every).plus(every));
  }

  /** Takes no new runs, and begins none, from now on; those that run here go on to their end. */
  public void drain() {
    dispatcher.drain(true);
  }

  /** Takes runs again. */
  public void cancelDrain() {
    dispatcher.drain(false);
  }

  public boolean isDraining() {
    return dispatcher.isDraining();
  }

  /** How many this node is at. */
  public int inFlight() {
    return underWay.size();
  }

  /** Waits until this node is at none; false where that takes longer. */
  public boolean awaitIdle(Duration patience) throws InterruptedException {
    return underWay.awaitIdle(patience);
  }

  /** Looks at once whether there is something to do. */
  void wake() {
    dispatcher.wake();
  }

  /** Takes no new runs, and asks those that are left here to end; what waits stays for others. */
  @Override
  public void close() {
    drain();
    dispatcher.close();
    for (RunningAttempt attempt : underWay.all()) {
      try {
        var unused = store.cancel(attempt.id(), clock.instant());
      } catch (RuntimeException e) {
        log.debug("a run cannot be cancelled", e);
      }
    }
    dispatcher.cancelAll();
    watch.close();
    heartbeat.close();
    settings.close();
  }
}
