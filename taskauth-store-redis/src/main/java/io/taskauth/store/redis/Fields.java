package io.taskauth.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The fields of a row as texts; what is null is not there. */
final class Fields {
  private final Map<String, @Nullable String> values;

  private Fields(Map<String, @Nullable String> values) {
    this.values = values;
  }

  static Fields none() {
    return new Fields(new LinkedHashMap<>());
  }

  /** Names and values in turn, as {@code HGETALL} has them. */
  static Fields of(List<String> flat) {
    Map<String, @Nullable String> values = new HashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      values.put(flat.get(i), flat.get(i + 1));
    }
    return new Fields(values);
  }

  Fields with(String name, @Nullable String value) {
    values.put(name, value);
    return this;
  }

  Fields with(String name, @Nullable Instant value) {
    return with(name, value == null ? null : millis(value));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new NoSuchElementException("a row in Redis has no field '" + name + "'");
    }
    return value;
  }

  Instant instant(String name) {
    return Instant.ofEpochMilli(Long.parseLong(required(name)));
  }

  @Nullable Instant instantOrNull(String name) {
    return values.get(name) == null ? null : instant(name);
  }

  /** Names and values in turn, for {@code HSET}. */
  List<String> set() {
    List<String> flat = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            Collections.addAll(flat, name, value);
          }
        });
    return flat;
  }

  /** Names of what is missing, for {@code HDEL}. */
  List<String> missing() {
    return values.entrySet().stream()
        .filter(field -> field.getValue() == null)
        .map(Map.Entry::getKey)
        .toList();
  }

  static String millis(Instant instant) {
    return String.valueOf(instant.toEpochMilli());
  }
}
