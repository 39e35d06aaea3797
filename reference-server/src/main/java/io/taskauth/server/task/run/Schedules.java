package io.taskauth.server.task.run;

import io.taskauth.internal.Ids;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskCatalog;
import io.taskauth.server.web.Json;
import io.taskauth.store.SettingStore;
import io.taskauth.store.SettingStore.Setting;
import io.taskauth.work.NewWork;
import io.taskauth.work.WorkStore;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that run by themselves. Time is cut into ticks, the same for all nodes: the run of a tick
 * has an id that all of them know, so that it is added once, and the store keeps which tick was the
 * last. Ticks that nobody saw are made up for by one run. For one thread.
 */
final class Schedules {
  private static final String SETTING = "task-schedule:";

  private final TaskCatalog catalog;
  private final SettingStore settings;
  private final WorkStore work;
  private final RunInput input;

  /** What is known to be done, so that the store is not asked more than once a tick. */
  private final Map<String, Instant> done = new HashMap<>();

  Schedules(TaskCatalog catalog, SettingStore settings, WorkStore work, RunInput input) {
    this.catalog = catalog;
    this.settings = settings;
    this.work = work;
    this.input = input;
  }

  /** Adds what is due; gives when something will be at the earliest, or null. */
  @Nullable Instant tick(Instant now) {
    Instant next = null;
    for (Task task : catalog.all()) {
      Duration every = task.every().orElse(null);
      if (every != null) {
        Instant tick = tickAt(now, every);
        if (!tick.equals(done.get(task.name()))) {
          add(task, tick, now);
          done.put(task.name(), tick);
        }
        Instant following = tick.plus(every);
        next = next == null || following.isBefore(next) ? following : next;
      }
    }
    return next;
  }

  /** The last tick up to then. */
  static Instant tickAt(Instant now, Duration every) {
    long millis = every.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), millis) * millis);
  }

  private void add(Task task, Instant tick, Instant now) {
    String name = SETTING + task.name();
    Setting before = settings.get(name).orElse(new Setting(0, "{}"));
    Instant last = last(before);
    if (last != null && !last.isBefore(tick)) {
      return;
    }
    if (last != null) {
      // Before the tick is marked as done: whoever is killed in between leaves it to be done. And
      // while one of them waits, another would only do the same.
      UUID id = Ids.uuidOf("task tick " + task.name() + " " + tick);
      String args = input.written(id, task, Arguments.none(), Task.BY_ITSELF);
      var unused =
          work.add(
              List.of(
                  new NewWork(id, TaskRunner.POOL, task.name(), Task.BY_ITSELF, now, now, args)),
              1);
    }
    Optional<Long> unused =
        settings.put(name, Json.text(Map.of("last", tick.toString())), before.version());
  }

  private static @Nullable Instant last(Setting setting) {
    try {
      return Json.read(setting.document())
          .map(json -> json.path("last").asString())
          .filter(text -> !text.isEmpty())
          .map(Instant::parse)
          .orElse(null);
    } catch (DateTimeParseException e) {
      // As if it had never run: one document must not keep everything else from running.
      return null;
    }
  }
}
