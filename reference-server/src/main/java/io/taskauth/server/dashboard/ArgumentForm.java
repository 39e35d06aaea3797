package io.taskauth.server.dashboard;

import io.taskauth.server.page.Visit;
import io.taskauth.server.task.Argument;
import io.taskauth.server.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the form of a task's arguments sends. */
final class ArgumentForm {
  private ArgumentForm() {}

  /** Null where nothing was filled in. */
  static @Nullable JsonNode read(List<Argument> form, Visit visit) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (Argument argument : form) {
      String field = "arg-" + argument.name();
      String text =
          argument.kind() == Argument.Kind.LONG_TEXT ? visit.raw(field) : visit.text(field);
      if (!text.isEmpty()) {
        arguments.put(argument.name(), value(argument, text));
      }
    }
    return arguments.isEmpty() ? null : Json.read(Json.text(arguments)).orElseThrow();
  }

  private static Object value(Argument argument, String text) {
    return switch (argument.kind()) {
      case CHECK -> true;
      case NUMBER -> {
        Optional<JsonNode> number = Json.read(text).filter(JsonNode::isNumber);
        yield number.isPresent() ? number.get() : text;
      }
      case TEXT, LONG_TEXT, CHOICE -> text;
    };
  }
}
