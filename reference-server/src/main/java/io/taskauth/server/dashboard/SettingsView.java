package io.taskauth.server.dashboard;

import io.taskauth.server.task.settings.Overridden;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a task or queue is run, as a form.
 *
 * @param action the address of the page that the form belongs to
 * @param version what the form was made for
 * @param overridden whether somebody has set anything
 */
public record SettingsView(
    String action, long version, boolean overridden, boolean operator, List<SettingRow> rows) {
  static SettingsView of(
      Overridden set, String action, boolean operator, @Nullable Map<String, String> typed) {
    List<SettingRow> rows = SettingRow.of(set);
    return new SettingsView(
        action,
        set.version(),
        !set.override().isEmpty(),
        operator,
        typed == null
            ? rows
            : rows.stream()
                .map(row -> row.typed(typed.getOrDefault(row.name(), row.override())))
                .toList());
  }
}
