package io.taskauth.servlet.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object that came from outside (RFC 8259): no name twice, nothing after it, no NUL, no half
 * of a surrogate pair. Every complaint names the field.
 */
public final class JsonBody {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode object;

  private JsonBody(JsonNode object) {
    this.object = object;
  }

  /**
   * @throws Problem with 400 where the bytes are no JSON object in UTF-8
   */
  static JsonBody parse(byte[] bytes) {
    String text =
        PercentEncoding.utf8(bytes)
            .orElseThrow(
                () -> Problem.of(ErrorCode.INVALID_REQUEST, "The body is not valid UTF-8."));
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw Problem.of(
          ErrorCode.INVALID_REQUEST,
          "The body is not valid JSON: check commas, quotes and that no name stands twice.");
    }
    if (node == null || !node.isObject()) {
      throw Problem.of(ErrorCode.INVALID_REQUEST, "The body must be a JSON object.");
    }
    return new JsonBody(node);
  }

  /** The text of a field that must be there. */
  public String text(String name, int maxLength) {
    return optionalText(name, maxLength)
        .orElseThrow(() -> Problem.field(name, "is missing; it must be a text."));
  }

  /** Whether there is such a field, perhaps with null in it. */
  public boolean has(String name) {
    return object.has(name);
  }

  /**
   * Refuses fields that are none of these: one that was misspelt would be a change not made.
   *
   * @throws Problem with 400 where there is another one
   */
  public JsonBody only(String... names) {
    List<String> known = List.of(names);
    String allowed = String.join(", ", known);
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        // Named only where it looks like a name: it is the client's text.
        String shown = name.matches("[A-Za-z0-9_-]{1,40}") ? name : "a field";
        throw Problem.field(shown, "is not known here. Use only: " + allowed + ".");
      }
    }
    return this;
  }

  /** Yes or no; empty where the field is missing or null. */
  public Optional<Boolean> optionalBoolean(String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw Problem.field(name, "must be true or false.");
    }
    return Optional.of(value.booleanValue());
  }

  /** A whole number within these limits; empty where the field is missing or null. */
  public OptionalInt optionalInt(String name, int min, int max) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < min
        || value.intValue() > max) {
      throw Problem.field(name, "must be a whole number from " + min + " to " + max + ".");
    }
    return OptionalInt.of(value.intValue());
  }

  /** A list of texts; empty where the field is missing or null. */
  public List<String> texts(String name, int maxItems, int maxLength) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || value.size() > maxItems) {
      throw Problem.field(name, "must be a list of at most " + maxItems + " texts.");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isString()) {
        throw Problem.field(name, "must be a list of texts.");
      }
      texts.add(FieldRules.checked(name, item.stringValue(), maxLength));
    }
    return texts;
  }

  /** The text of a field; empty where it is missing or null. */
  public Optional<String> optionalText(String name, int maxLength) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw Problem.field(name, "must be a text.");
    }
    return Optional.of(FieldRules.checked(name, value.stringValue(), maxLength));
  }
}
