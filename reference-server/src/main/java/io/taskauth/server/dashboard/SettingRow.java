package io.taskauth.server.dashboard;

import io.taskauth.server.task.settings.Overridden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One field of how a task or queue is run.
 *
 * @param name as it stands in the API
 * @param standard what holds where nobody has set it
 * @param override what somebody has set, or nothing
 * @param effective what holds
 */
public record SettingRow(
    String name, String label, String hint, String standard, String override, String effective) {
  private static final Map<String, String[]> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("rate_limit", new String[] {"Rate limit", "10/s, 100/m or 1000/h"});
    WORDS.put("max_concurrent", new String[] {"At once", "1 to 1000, on all nodes together"});
    WORDS.put("max_retries", new String[] {"Retries", "0 to 100"});
    WORDS.put("retry_backoff", new String[] {"Back-off", "seconds, doubled each time"});
    WORDS.put("timeout", new String[] {"Time limit", "seconds for one attempt"});
    WORDS.put("priority", new String[] {"Priority", "-100 to 100, higher goes first"});
  }

  /** All fields that the form has; whether it is paused has buttons of its own. */
  static List<SettingRow> of(Overridden set) {
    List<SettingRow> rows = new ArrayList<>();
    WORDS.forEach(
        (name, words) -> {
          if (set.defaults().containsKey(name)) {
            rows.add(
                new SettingRow(
                    name,
                    words[0],
                    words[1],
                    text(set.defaults().get(name), "none"),
                    text(set.override().get(name), ""),
                    text(set.effective().get(name), "none")));
          }
        });
    return rows;
  }

  /** The same with what somebody has typed, which was not accepted. */
  SettingRow typed(String value) {
    return new SettingRow(name, label, hint, standard, value, effective);
  }

  private static String text(@Nullable Object value, String otherwise) {
    if (value instanceof JsonNode node && node.isString()) {
      return node.stringValue();
    }
    return value == null ? otherwise : value.toString();
  }
}
