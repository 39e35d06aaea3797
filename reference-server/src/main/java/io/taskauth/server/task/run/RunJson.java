package io.taskauth.server.task.run;

import io.taskauth.server.web.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs as they stand in answers and events. */
public final class RunJson {
  private static final int SHOWN = 64 * 1024;

  private RunJson() {}

  /** A run for everybody: without what it was asked for with, and what came of it. */
  public static Map<String, @Nullable Object> of(Run run) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", run.id().toString());
    json.put("task", run.task());
    json.put("status", run.status().code());
    json.put("progress", Math.round(run.progress() * 1000) / 1000.0);
    json.put("cancel_requested", run.cancelRequested());
    json.put("attempts", run.attempts());
    json.put("started_by", run.startedBy());
    json.put("created_at", Json.instant(run.createdAt()));
    json.put("started_at", Json.instant(run.startedAt()));
    json.put("finished_at", Json.instant(run.finishedAt()));
    json.put("next_attempt_at", Json.instant(run.nextAttemptAt()));
    json.put("error", run.error());
    json.put("revision", run.revision());
    return json;
  }

  /**
   * A run for somebody who looks at it alone. A result that is long is cut; the rest is in the
   * download.
   *
   * @param mayRead whether they may see what it was asked for with, and what came of it
   */
  public static Map<String, @Nullable Object> of(RunDetails details, boolean mayRead) {
    String result = details.result();
    Map<String, @Nullable Object> json = of(details.run());
    json.put("arguments", mayRead ? details.arguments() : null);
    json.put("result", mayRead && result != null ? ResultText.kept(result, SHOWN) : null);
    json.put("result_hidden", !mayRead && result != null);
    return json;
  }
}
