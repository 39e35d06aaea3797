package io.taskauth.servlet.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A form that one of our pages sent ({@code application/x-www-form-urlencoded}). */
public final class FormBody {
  private static final int MAX_FIELDS = 32;

  private final Map<String, String> fields;

  private FormBody(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * @throws Problem with 400 where it is malformed, or a field stands twice
   */
  static FormBody parse(byte[] bytes) {
    String text = PercentEncoding.utf8(bytes).orElseThrow(FormBody::malformed);
    Map<String, String> fields = new HashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", MAX_FIELDS + 1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0 || fields.size() == MAX_FIELDS) {
        throw malformed();
      }
      String name = decoded(pair.substring(0, equals));
      if (fields.put(name, decoded(pair.substring(equals + 1))) != null) {
        throw Problem.field(name.length() > 32 ? "a field" : name, "stands twice in the form.");
      }
    }
    return new FormBody(fields);
  }

  private static String decoded(String text) {
    return PercentEncoding.decode(text, true).orElseThrow(FormBody::malformed);
  }

  private static Problem malformed() {
    return Problem.of(ErrorCode.INVALID_REQUEST, "The form is malformed.");
  }

  /** Whether there is such a field, perhaps with nothing in it. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** What follows {@code prefix} in the names of the fields that begin with it. */
  public List<String> namesAfter(String prefix) {
    return fields.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> FieldRules.checked("a field", name.substring(prefix.length()), 64))
        .sorted()
        .toList();
  }

  /** The value of a field, an empty text where the form has none. */
  public String text(String name, int maxLength) {
    return optionalText(name, maxLength).orElse("");
  }

  /** The value of a field; empty where the form has none or nothing was typed. */
  public Optional<String> optionalText(String name, int maxLength) {
    return Optional.ofNullable(fields.get(name))
        .filter(value -> !value.isEmpty())
        .map(value -> FieldRules.checked(name, value, maxLength));
  }
}
