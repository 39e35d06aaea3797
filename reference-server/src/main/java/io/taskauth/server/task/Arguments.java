package io.taskauth.server.task;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a task is to be run with: a JSON object, read field by field. Immutable. */
public final class Arguments {
  private static final Arguments NONE = new Arguments(null);

  private final @Nullable JsonNode object;

  private Arguments(@Nullable JsonNode object) {
    this.object = object;
  }

  public static Arguments none() {
    return NONE;
  }

  /**
   * @param node missing and null are no arguments
   * @throws BadArgumentsException where it is something else than an object
   */
  public static Arguments of(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return NONE;
    }
    if (!node.isObject()) {
      throw new BadArgumentsException("'args' must be an object.");
    }
    return new Arguments(node);
  }

  /** As they were given; null for none. */
  public @Nullable JsonNode json() {
    return object;
  }

  /** Refuses every other name: a misspelt one would leave a default in force. */
  public Arguments only(String... names) {
    List<String> known = List.of(names);
    if (object != null && !known.containsAll(object.propertyNames())) {
      // What was sent is not repeated: it may be anything.
      throw new BadArgumentsException(
          known.isEmpty()
              ? "This task takes no arguments."
              : "This task takes only: " + String.join(", ", known) + ".");
    }
    return this;
  }

  /** A text of so many characters at most; empty where there is none. */
  public Optional<String> text(String name, int maxLength) {
    JsonNode value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isString() && value.stringValue().length() <= maxLength) {
      return Optional.of(value.stringValue());
    }
    throw new BadArgumentsException(
        "'" + name + "' must be text of at most " + maxLength + " characters.");
  }

  /** One of these texts; empty where there is none. */
  public Optional<String> choice(String name, List<String> choices) {
    JsonNode value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isString() && choices.contains(value.stringValue())) {
      return Optional.of(value.stringValue());
    }
    throw new BadArgumentsException(
        "'" + name + "' must be one of: " + String.join(", ", choices) + ".");
  }

  /** Yes or no; no where it is not said. */
  public boolean bool(String name) {
    JsonNode value = value(name);
    if (value == null || value.isBoolean()) {
      return value != null && value.booleanValue();
    }
    throw new BadArgumentsException("'" + name + "' must be true or false.");
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = object == null ? null : object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** A whole number within these limits. */
  public int integer(String name, int otherwise, int min, int max) {
    JsonNode value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      int number = value.intValue();
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new BadArgumentsException(
        "'" + name + "' must be a whole number from " + min + " to " + max + ".");
  }
}
