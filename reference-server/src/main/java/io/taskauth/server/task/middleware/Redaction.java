package io.taskauth.server.task.middleware;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Masks arguments whose names say that their values are secret, or long. The outermost one, so that
 * the others never see them.
 */
public final class Redaction implements Middleware {
  public static final String NAME = "redaction";

  private static final String MASK = "[redacted]";
  private static final List<String> TELLING =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "token",
          "secret",
          "hash",
          "dump",
          "content",
          "cookie",
          "credential",
          "authorization",
          "apikey",
          "privatekey");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Outcome around(Attempt attempt, Next next) {
    return next.run(attempt.showing(masked(attempt.arguments())));
  }

  /** The same with a mask in place of each value that must not be shown. */
  public static @Nullable JsonNode masked(@Nullable JsonNode arguments) {
    return arguments == null ? null : mask(arguments);
  }

  private static JsonNode mask(JsonNode node) {
    if (node.isObject()) {
      ObjectNode masked = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (tells(member.getKey())) {
          masked.put(member.getKey(), MASK);
        } else {
          masked.set(member.getKey(), mask(member.getValue()));
        }
      }
      return masked;
    }
    if (node.isArray()) {
      ArrayNode masked = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> masked.add(mask(item)));
      return masked;
    }
    return node;
  }

  /** In any spelling: {@code apiKey}, {@code api_key} and {@code API-KEY} too. */
  private static boolean tells(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return TELLING.stream().anyMatch(letters::contains);
  }
}
