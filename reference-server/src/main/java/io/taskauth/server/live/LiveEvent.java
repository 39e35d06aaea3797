package io.taskauth.server.live;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditJson;
import io.taskauth.server.task.run.Run;
import io.taskauth.server.task.run.RunJson;
import io.taskauth.server.web.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that happens and that somebody may want to hear of. Immutable. */
sealed interface LiveEvent {
  /** What the event is called in a stream. */
  String name();

  /** What there is to say, as JSON in one line; empty where this audience must not hear of it. */
  Optional<String> textFor(Audience audience);

  /**
   * A run is another one than before.
   *
   * @param json written once for everybody
   */
  record RunChanged(String json) implements LiveEvent {
    static RunChanged of(Run run) {
      return new RunChanged(Json.text(RunJson.of(run)));
    }

    @Override
    public String name() {
      return "run";
    }

    @Override
    public Optional<String> textFor(Audience audience) {
      return Optional.of(json);
    }
  }

  /** Something about accounts or access. */
  record Security(AuditEvent event) implements LiveEvent {
    @Override
    public String name() {
      return "auth";
    }

    @Override
    public Optional<String> textFor(Audience audience) {
      return audience.view(event).map(AuditJson::line);
    }
  }

  /** How the process is at the moment. */
  record ProcessState(String json) implements LiveEvent {
    static ProcessState of(Map<String, @Nullable Object> state) {
      return new ProcessState(Json.text(state));
    }

    @Override
    public String name() {
      return "process";
    }

    @Override
    public Optional<String> textFor(Audience audience) {
      return Optional.of(json);
    }
  }
}
