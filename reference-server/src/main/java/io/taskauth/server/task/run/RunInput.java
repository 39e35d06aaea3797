package io.taskauth.server.task.run;

import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.middleware.Middlewares;
import io.taskauth.server.task.middleware.Redaction;
import io.taskauth.server.web.Json;
import io.taskauth.token.Sealer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How arguments lie in the store: as JSON, or sealed for their run where they hold secrets. Threads
 * may share it.
 */
final class RunInput {
  /** No JSON begins like this. */
  private static final String SEALED = "sealed:";

  private final Sealer sealer;
  private final Middlewares middlewares;

  RunInput(Sealer sealer, Middlewares middlewares) {
    this.sealer = sealer;
    this.middlewares = middlewares;
  }

  String written(UUID run, Task task, Arguments arguments, String by) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("args", arguments.json());
    json.put("by", by);
    String text = Json.text(json);
    return task.hasSecretArguments() ? SEALED + sealer.seal(text, run.toString()) : text;
  }

  /**
   * @throws BadArgumentsException where they are sealed under a key that is no longer in force
   */
  Arguments read(UUID run, String input) {
    Optional<String> text =
        input.startsWith(SEALED)
            ? sealer.open(input.substring(SEALED.length()), run.toString())
            : Optional.of(input);
    return text.flatMap(Json::read)
        .map(json -> Arguments.of(json.get("args")))
        .orElseThrow(
            () ->
                new BadArgumentsException(
                    "Its arguments cannot be read any more; start it again. The secret key of this"
                        + " server is another one than when it was asked for."));
  }

  /** What may be shown of them at all, before anybody redacts it. */
  @Nullable JsonNode open(Task task, UUID run, String input) {
    if (task.hasSecretArguments() || input.startsWith(SEALED)) {
      return null;
    }
    return read(run, input).json();
  }

  /** What may be shown of them at the moment, to those who may see the run. */
  @Nullable JsonNode shown(@Nullable Task task, UUID run, String input) {
    JsonNode arguments = task == null ? null : open(task, run, input);
    if (task == null || arguments == null) {
      return null;
    }
    return middlewares.isEnabled(task.name(), Redaction.NAME)
        ? Redaction.masked(arguments)
        : arguments;
  }
}
