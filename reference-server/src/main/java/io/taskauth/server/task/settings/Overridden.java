package io.taskauth.server.task.settings;

import io.taskauth.server.web.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a task or a queue is set, and why, as it stands in answers. Immutable.
 *
 * @param override the fields that somebody has set
 * @param effective what holds
 * @param defaults what would hold without
 * @param version grows with every change; 0 where there never was one
 */
public record Overridden(
    Subject subject,
    Map<String, @Nullable Object> override,
    Map<String, @Nullable Object> effective,
    Map<String, @Nullable Object> defaults,
    long version) {

  /** Whether nothing of it begins. */
  public boolean isPaused() {
    return Boolean.TRUE.equals(effective.get(Field.PAUSED.code()));
  }

  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = Json.object();
    json.put(subject.kind().code(), subject.name());
    json.put("override", override);
    json.put("effective", effective);
    json.put("defaults", defaults);
    json.put("version", version);
    return json;
  }
}
