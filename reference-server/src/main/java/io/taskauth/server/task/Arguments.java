package io.taskauth.server.task;

import java.util.List;
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

  /** A whole number within these limits. */
  public int integer(String name, int otherwise, int min, int max) {
    JsonNode value = object == null ? null : object.get(name);
    if (value == null || value.isNull()) {
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
