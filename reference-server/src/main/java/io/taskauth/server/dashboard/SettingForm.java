package io.taskauth.server.dashboard;

import io.taskauth.server.page.Visit;
import io.taskauth.server.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the form of settings sends, as a merge patch. */
final class SettingForm {
  private static final List<String> FIELDS =
      List.of(
          "rate_limit", "max_concurrent", "max_retries", "retry_backoff", "timeout", "priority");

  private SettingForm() {}

  /** The fields as they were typed. */
  static Map<String, String> typed(Visit visit) {
    Map<String, String> typed = new LinkedHashMap<>();
    for (String field : FIELDS) {
      if (visit.has(field)) {
        typed.put(field, visit.text(field));
      }
    }
    return typed;
  }

  /** What was left empty holds as the task says. */
  static JsonNode patch(Visit visit) {
    Map<String, @Nullable Object> patch = new LinkedHashMap<>();
    typed(visit).forEach((name, text) -> patch.put(name, text.isEmpty() ? null : value(text)));
    return Json.read(Json.text(patch)).orElseThrow();
  }

  /** A number where it is one; what is none is for the rules to refuse. */
  private static Object value(String text) {
    Optional<JsonNode> number = Json.read(text).filter(JsonNode::isNumber);
    return number.isPresent() ? number.get() : text;
  }

  static JsonNode paused(boolean paused) {
    return Json.read(Json.text(Map.of("paused", paused))).orElseThrow();
  }
}
