package io.taskauth.server.task;

import io.taskauth.server.web.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks and runs as they stand in answers and events. */
public final class RunJson {
  private RunJson() {}

  /** A run for everybody: without what came of it. */
  public static Map<String, @Nullable Object> of(Run run) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", run.id().toString());
    json.put("task", run.task());
    json.put("status", run.status().code());
    json.put("progress", Math.round(run.progress() * 1000) / 1000.0);
    json.put("cancel_requested", run.cancelRequested());
    json.put("started_by", run.startedBy());
    json.put("created_at", Json.instant(run.createdAt()));
    json.put("started_at", Json.instant(run.startedAt()));
    json.put("finished_at", Json.instant(run.finishedAt()));
    json.put("error", run.error());
    json.put("revision", run.revision());
    return json;
  }

  /**
   * A run for somebody who looks at it alone.
   *
   * @param mayRead whether they may see what came of it
   */
  static Map<String, @Nullable Object> withResult(Run run, boolean mayRead) {
    Map<String, @Nullable Object> json = of(run);
    json.put("result", mayRead ? run.result() : null);
    json.put("result_hidden", !mayRead && run.result() != null);
    return json;
  }

  static Map<String, @Nullable Object> of(Task task) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("name", task.name());
    json.put("description", task.description());
    return json;
  }
}
