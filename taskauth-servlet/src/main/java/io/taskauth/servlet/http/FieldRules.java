package io.taskauth.servlet.http;

import io.taskauth.internal.Text;

/** What every text must keep to, whether it came as JSON or from a form. */
final class FieldRules {
  private FieldRules() {}

  /**
   * @throws Problem with 400, naming the field
   */
  static String checked(String name, String value, int maxLength) {
    if (value.length() > maxLength) {
      throw Problem.field(name, "must have at most " + maxLength + " characters.");
    }
    if (!Text.isClean(value)) {
      throw Problem.field(name, "must not contain control characters or broken Unicode.");
    }
    return value;
  }
}
