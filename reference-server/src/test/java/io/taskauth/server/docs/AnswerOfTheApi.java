package io.taskauth.server.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code schema:Name}: JSON that is an example of that schema of the API. It has the fields that
 * must be there and no others, with values of the right type, and so has what is inside.
 */
final class AnswerOfTheApi implements Proof {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Map<?, ?> schemas;

  AnswerOfTheApi(String openApi) {
    Map<?, ?> api = new Yaml(new SafeConstructor(new LoaderOptions())).load(openApi);
    this.schemas = (Map<?, ?>) ((Map<?, ?>) api.get("components")).get("schemas");
  }

  @Override
  public Optional<String> objection(Block block) {
    String name = block.marker().orElseThrow().name();
    if (!(schemas.get(name) instanceof Map<?, ?> schema)) {
      return Optional.of("docs/openapi.yaml has no schema of that name.");
    }
    JsonNode example;
    try {
      example = JSON.readTree(block.text());
    } catch (JacksonException e) {
      return Optional.of("It is no JSON: " + e.getOriginalMessage());
    }
    List<String> wrong = new ArrayList<>();
    compare("", schema, example, wrong);
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", wrong));
  }

  private void compare(String path, Map<?, ?> written, JsonNode value, List<String> wrong) {
    Map<?, ?> schema = resolve(written);
    if (!isOfType(schema.get("type"), value)) {
      wrong.add("'" + path + "' is no " + schema.get("type") + ".");
    }
    if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value.asString())) {
      wrong.add("'" + path + "' is one of " + allowed + ".");
    }
    if (value.isArray() && schema.get("items") instanceof Map<?, ?> items) {
      value.forEach(item -> compare(path + "[]", items, item, wrong));
    }
    if (value.isObject() && schema.get("properties") instanceof Map<?, ?> properties) {
      compareFields(path, schema, properties, value, wrong);
    }
  }

  private void compareFields(
      String path, Map<?, ?> schema, Map<?, ?> fields, JsonNode value, List<String> wrong) {
    if (schema.get("required") instanceof List<?> required) {
      for (Object name : required) {
        if (!value.has(name.toString())) {
          wrong.add("'" + path + "/" + name + "' is missing.");
        }
      }
    }
    for (String name : value.propertyNames()) {
      String field = path + "/" + name;
      if (fields.get(name) instanceof Map<?, ?> known) {
        compare(field, known, value.get(name), wrong);
      } else if (!(schema.get("additionalProperties") instanceof Map<?, ?>)) {
        wrong.add("The API knows no '" + field + "'.");
      }
    }
  }

  private Map<?, ?> resolve(Map<?, ?> schema) {
    if (schema.get("$ref") instanceof String reference) {
      Object named = schemas.get(reference.substring(reference.lastIndexOf('/') + 1));
      return resolve((Map<?, ?>) named);
    }
    return schema;
  }

  private static boolean isOfType(Object type, JsonNode value) {
    if (type == null) {
      return true;
    }
    List<?> types = type instanceof List<?> several ? several : List.of(type);
    return types.stream().anyMatch(one -> isOfOneType(String.valueOf(one), value));
  }

  private static boolean isOfOneType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("a type that is not known yet: " + type);
    };
  }
}
