package io.taskauth.server.task.settings;

import io.taskauth.server.task.Task;
import io.taskauth.server.task.TaskCatalog;
import io.taskauth.server.task.TaskSettings;
import io.taskauth.server.web.Json;
import io.taskauth.store.SettingStore.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What operators have set: fields laid over what the tasks themselves say, kept in the store, in
 * force on every node. Subjects must be tasks and queues that there are. Threads may share it.
 */
public final class TaskOverrides {
  /** Somebody who loses that often is told so. */
  private static final int TRIES = 20;

  private final TaskCatalog catalog;
  private final LiveSettings settings;

  public TaskOverrides(TaskCatalog catalog, LiveSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
  }

  /** The names of the settings that it reads. */
  public static List<String> settings(TaskCatalog catalog) {
    return Stream.concat(
            catalog.all().stream().map(task -> Subject.task(task.name())),
            catalog.queues().stream().map(Subject::queue))
        .map(Subject::setting)
        .toList();
  }

  /** How a task is run at the moment. */
  public TaskSettings effective(Task task) {
    Subject subject = Subject.task(task.name());
    return overlay(subject, settings.current(subject.setting())).over(task.defaults());
  }

  /** How a queue is run at the moment. */
  public QueueSettings effective(String queue) {
    Subject subject = Subject.queue(queue);
    return overlay(subject, settings.current(subject.setting())).over(QueueSettings.STANDARD);
  }

  /** As this node knows it. */
  public Overridden current(Subject subject) {
    return shown(subject, settings.current(subject.setting()));
  }

  /** As it is in the store. */
  public Overridden read(Subject subject) {
    return shown(subject, settings.read(subject.setting()));
  }

  /**
   * Changes some fields.
   *
   * @param patch an object (RFC 7396)
   * @param expected whether this is the version that the change was made for
   * @throws BadOverrideException where it makes no sense; nothing is written then
   */
  public OverrideOutcome patch(Subject subject, JsonNode patch, LongPredicate expected) {
    return change(subject, before -> before.patched(patch, subject.kind().fields()), expected);
  }

  /** Clears all fields: everything is again as the task says, and what was paused goes on. */
  public OverrideOutcome clear(Subject subject, LongPredicate expected) {
    return change(subject, before -> new Overlay(Map.of()), expected);
  }

  private OverrideOutcome change(
      Subject subject, UnaryOperator<Overlay> change, LongPredicate expected) {
    Setting before = settings.read(subject.setting());
    for (int i = 0; i < TRIES; i++) {
      Overlay old = overlay(subject, before);
      Overlay next = change.apply(old);
      if (!expected.test(before.version())) {
        return new OverrideOutcome.Conflict(shown(subject, before));
      }
      Map<String, String> changes = old.differences(next);
      if (changes.isEmpty()) {
        return new OverrideOutcome.Changed(shown(subject, before), changes);
      }
      Optional<Setting> written =
          settings.write(subject.setting(), Json.text(next.json()), before.version());
      if (written.isPresent()) {
        return new OverrideOutcome.Changed(shown(subject, written.get()), changes);
      }
      before = settings.read(subject.setting());
    }
    return new OverrideOutcome.Conflict(shown(subject, before));
  }

  private static Overlay overlay(Subject subject, Setting setting) {
    return Overlay.parse(setting.document(), subject.kind().fields());
  }

  private Overridden shown(Subject subject, Setting setting) {
    Overlay overlay = overlay(subject, setting);
    if (subject.kind() == Subject.Kind.QUEUE) {
      return new Overridden(
          subject,
          overlay.json(),
          SettingsJson.of(overlay.over(QueueSettings.STANDARD)),
          SettingsJson.of(QueueSettings.STANDARD),
          setting.version());
    }
    TaskSettings defaults = catalog.find(subject.name()).orElseThrow().defaults();
    return new Overridden(
        subject,
        overlay.json(),
        SettingsJson.of(overlay.over(defaults)),
        SettingsJson.of(defaults),
        setting.version());
  }
}
