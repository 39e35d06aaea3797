package io.taskauth.user;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What of an account has changed, for the record. */
public final class UserDifference {
  private UserDifference() {}

  /** The fields that differ, each as {@code before -> after}; empty where none does. */
  public static Map<String, String> between(User before, User after) {
    Map<String, String> details = new LinkedHashMap<>();
    note(details, "role", before.role(), after.role());
    note(details, "email", before.email(), after.email());
    note(details, "display_name", before.displayName(), after.displayName());
    return details;
  }

  private static void note(
      Map<String, String> details, String name, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      details.put(name, text(before) + " -> " + text(after));
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }
}
