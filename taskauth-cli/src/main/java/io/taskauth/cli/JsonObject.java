package io.taskauth.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object in the order it was written. A member that is missing, null or of another type is
 * the same to whoever asks for it: not there.
 */
record JsonObject(Map<String, @Nullable Object> members) {
  JsonObject() {
    this(new LinkedHashMap<>());
  }

  JsonObject with(String name, @Nullable Object value) {
    members.put(name, value);
    return this;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name) instanceof String text ? text : null);
  }

  Optional<Boolean> flag(String name) {
    return Optional.ofNullable(members.get(name) instanceof Boolean flag ? flag : null);
  }

  Optional<JsonObject> object(String name) {
    return Optional.ofNullable(members.get(name) instanceof JsonObject object ? object : null);
  }

  Optional<Instant> instant(String name) {
    try {
      return text(name).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The objects of a list, or nothing where there is no such list. */
  Optional<List<JsonObject>> objects(String name) {
    return Optional.ofNullable(members.get(name) instanceof List<?> list ? list : null)
        .map(
            list ->
                list.stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .toList());
  }

  List<String> texts(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
