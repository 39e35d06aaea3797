package io.taskauth.server.task.middleware;

import io.taskauth.audit.AuditTrail;
import io.taskauth.server.task.TaskCatalog;
import io.taskauth.server.task.settings.LiveSettings;
import io.taskauth.server.web.Json;
import io.taskauth.store.SettingStore.Setting;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The middlewares that there are, and which of them are switched off for which task: kept in the
 * store, in force on every node from the next attempt on. Threads may share it.
 */
public final class Middlewares {
  private static final String SETTING = "task-middleware:";
  private static final int TRIES = 20;

  private final List<Middleware> all;
  private final LiveSettings settings;

  /**
   * @param all the outermost one first
   */
  Middlewares(List<Middleware> all, LiveSettings settings) {
    this.all = List.copyOf(all);
    this.settings = settings;
  }

  /** Those of this server. */
  public static Middlewares of(AuditTrail audit, RunTimes times, LiveSettings settings) {
    return new Middlewares(
        List.of(new Redaction(), new Auditing(audit), new Timing(times), new ErrorReport()),
        settings);
  }

  /** The names of the settings that it reads. */
  public static List<String> settings(TaskCatalog catalog) {
    return catalog.all().stream().map(task -> SETTING + task.name()).toList();
  }

  /** The outermost one first. */
  public List<Middleware> all() {
    return all;
  }

  public boolean exists(String name) {
    return all.stream().anyMatch(middleware -> middleware.name().equals(name));
  }

  /** Whether it stands around the next attempt at that task. */
  public boolean isEnabled(String task, String name) {
    return !disabled(settings.current(SETTING + task)).contains(name);
  }

  /** The names of those that are switched off for that task, as the store has it. */
  public Set<String> readDisabled(String task) {
    return disabled(settings.read(SETTING + task));
  }

  /** What stands around an attempt at that task that begins now. */
  public Middleware.Next chain(String task, Middleware.Next core) {
    Set<String> off = disabled(settings.current(SETTING + task));
    Middleware.Next chain = core;
    for (int i = all.size() - 1; i >= 0; i--) {
      Middleware middleware = all.get(i);
      Middleware.Next inner = chain;
      if (!off.contains(middleware.name())) {
        chain = attempt -> middleware.around(attempt, inner);
      }
    }
    return chain;
  }

  /**
   * Switches one on or off.
   *
   * @return whether it was otherwise before; empty where too many others changed it meanwhile
   */
  public Optional<Boolean> set(String task, String name, boolean enabled) {
    return change(
        task,
        before -> {
          Set<String> next = new TreeSet<>(before);
          boolean unused = enabled ? next.remove(name) : next.add(name);
          return next;
        });
  }

  /**
   * Switches all on again.
   *
   * @return whether one was off; empty where too many others changed it meanwhile
   */
  public Optional<Boolean> enableAll(String task) {
    return change(task, before -> Set.of());
  }

  private Optional<Boolean> change(String task, UnaryOperator<Set<String>> change) {
    String name = SETTING + task;
    for (int i = 0; i < TRIES; i++) {
      Setting before = settings.read(name);
      Set<String> off = disabled(before);
      Set<String> next = change.apply(off);
      if (next.equals(off)) {
        return Optional.of(false);
      }
      if (settings.write(name, document(next), before.version()).isPresent()) {
        return Optional.of(true);
      }
    }
    return Optional.empty();
  }

  private static String document(Collection<String> disabled) {
    return Json.text(Map.of("disabled", List.copyOf(disabled)));
  }

  private static Set<String> disabled(Setting setting) {
    Set<String> names = new TreeSet<>();
    Json.read(setting.document())
        .ifPresent(json -> json.path("disabled").forEach(name -> names.add(name.asString())));
    return names;
  }
}
