package io.taskauth.server.people;

import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.web.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What {@code manage.py dumpdata auth.user} of Django writes, or a plain list of users. */
final class JsonUsers {
  private static final Map<String, Column> DJANGO_COLUMNS =
      Map.of(
          "username",
          Column.USERNAME,
          "email",
          Column.EMAIL,
          "is_active",
          Column.ACTIVE,
          "password",
          Column.PASSWORD_HASH);

  /** They are looked at by themselves. */
  private static final Set<String> DJANGO_MORE = Set.of("first_name", "last_name", "is_superuser");

  private final boolean django;
  private final Set<String> ignored = new TreeSet<>();

  private JsonUsers(boolean django) {
    this.django = django;
  }

  static UserFile read(String text, Optional<String> format) {
    JsonNode list =
        Json.read(text)
            .filter(JsonNode::isArray)
            .orElseThrow(
                () -> new BadArgumentsException("'content' must be a JSON list of users."));
    boolean django =
        format.map(UserFile.DJANGO::equals).orElseGet(() -> list.path(0).has("fields"));
    JsonUsers users = new JsonUsers(django);
    List<Candidate> candidates = new ArrayList<>();
    for (JsonNode entry : list) {
      candidates.add(users.candidate(candidates.size() + 1, entry));
    }
    return new UserFile(
        django ? UserFile.DJANGO : UserFile.JSON, "entry", candidates, users.ignored);
  }

  private Candidate candidate(int number, JsonNode entry) {
    JsonNode user = django ? entry.path("fields") : entry;
    if (!user.isObject()) {
      return Candidate.bad(
          number, django ? "This is no entry of Django's dumpdata." : "This is no object.");
    }
    try {
      return new Candidate(number, values(user), superuser(user), null);
    } catch (BadLineException e) {
      return Candidate.bad(number, e.reason());
    }
  }

  private Map<Column, String> values(JsonNode user) throws BadLineException {
    Map<Column, String> values = new EnumMap<>(Column.class);
    for (String name : user.propertyNames()) {
      Optional<Column> column = django ? djangoColumn(name) : UserFile.column(name, ignored);
      if (column.isPresent()) {
        put(values, column.get(), text(user, name, column.get() == Column.ACTIVE));
      }
    }
    if (django) {
      String first = text(user, "first_name", false);
      String last = text(user, "last_name", false);
      put(values, Column.DISPLAY_NAME, (first + " " + last).strip());
    }
    return values;
  }

  private Optional<Column> djangoColumn(String name) {
    Optional<Column> column = Optional.ofNullable(DJANGO_COLUMNS.get(name));
    if (column.isEmpty() && !DJANGO_MORE.contains(name)) {
      UserFile.ignore(name, ignored);
    }
    return column;
  }

  private boolean superuser(JsonNode user) {
    return django && user.path("is_superuser").asBoolean(false);
  }

  private static void put(Map<Column, String> values, Column column, String text) {
    if (!text.isBlank()) {
      values.put(column, text.strip());
    }
  }

  /** Empty where there is none. */
  private static String text(JsonNode user, String name, boolean yesOrNo) throws BadLineException {
    @Nullable JsonNode value = user.get(name);
    if (value == null || value.isNull()) {
      return "";
    }
    if (value.isString()) {
      return value.stringValue();
    }
    if (yesOrNo && value.isBoolean()) {
      return String.valueOf(value.booleanValue());
    }
    // Only names that are known come here, so this one may be repeated.
    throw new BadLineException("'" + name + "' must be " + (yesOrNo ? "true or false." : "text."));
  }
}
