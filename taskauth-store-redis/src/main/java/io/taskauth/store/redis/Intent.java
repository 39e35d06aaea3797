package io.taskauth.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account that was decided upon.
 *
 * @param words what {@code apply.lua} is told: version, kind, when the account closes or nothing,
 *     how many fields are set, these with their values, fields to take off; where an identity is
 *     unlinked, the fields that tell its sessions
 */
record Intent(UUID user, List<String> words) {
  static Intent create(UUID user, Fields row) {
    return of(user, 1, "create", null, row);
  }

  static Intent change(UUID user, long version, @Nullable Instant closed, Fields changed) {
    return of(user, version, "change", closed, changed);
  }

  /**
   * @param sessions what the rows of sessions have that were opened through the identity
   */
  static Intent unlink(UUID user, long version, Fields sessions) {
    return of(user, version, "unlink", null, sessions);
  }

  static Intent delete(UUID user, long version) {
    return of(user, version, "delete", null, Fields.none());
  }

  private static Intent of(
      UUID user, long version, String kind, @Nullable Instant closed, Fields fields) {
    List<String> set = fields.set();
    List<String> words = new ArrayList<>();
    Collections.addAll(
        words,
        String.valueOf(version),
        kind,
        closed == null ? "" : Fields.millis(closed),
        String.valueOf(set.size() / 2));
    words.addAll(set);
    words.addAll(fields.missing());
    return new Intent(user, List.copyOf(words));
  }

  String version() {
    return words.get(0);
  }

  boolean creates() {
    return words.get(1).equals("create");
  }

  boolean deletes() {
    return words.get(1).equals("delete");
  }

  /** When the account is closed by this, if it is. */
  Optional<Instant> closes() {
    return Optional.of(words.get(2))
        .filter(text -> !text.isEmpty())
        .map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
  }
}
