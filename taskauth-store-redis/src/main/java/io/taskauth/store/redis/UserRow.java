package io.taskauth.store.redis;

import io.taskauth.password.PasswordHash;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as its own slot has it.
 *
 * @param version how many changes were carried out on it
 */
record UserRow(StoredUser stored, long version) {
  User user() {
    return stored.user();
  }

  /** The same row, as the base of a change that follows another version. */
  UserRow at(long decided) {
    return new UserRow(stored, decided);
  }

  /** Empty where there is none, or only the version of one that was deleted. */
  static Optional<UserRow> of(UUID id, Fields row) {
    if (row.text("name") == null) {
      return Optional.empty();
    }
    String hash = row.text("hash");
    StoredUser stored =
        new StoredUser(
            user(id, row),
            hash == null ? null : new PasswordHash(hash),
            Long.parseLong(row.required("epoch")));
    return Optional.of(new UserRow(stored, Long.parseLong(row.required("v"))));
  }

  static User user(UUID id, Fields row) {
    String email = row.text("email");
    String closedBy = row.text("closed_by");
    return new User(
        id,
        new Username(row.required("name")),
        email == null ? null : new EmailAddress(email),
        row.text("display_name"),
        new Role(row.required("role")),
        row.required("active").equals("1"),
        row.instant("created"),
        row.instantOrNull("last_login"),
        row.instantOrNull("closed"),
        closedBy == null ? null : UUID.fromString(closedBy),
        new Origin(row.required("origin")));
  }

  /** All of a new account. */
  static Fields created(User user, @Nullable PasswordHash hash) {
    return changed(user)
        .with("name", user.username().value())
        .with("created", user.createdAt())
        .with("last_login", user.lastLoginAt())
        .with("origin", user.origin().value())
        .with("hash", hash == null ? null : hash.encoded())
        .with("epoch", "0");
  }

  /**
   * What a change can be about. Sign-ins and passwords go their own way, at the same time maybe.
   */
  static Fields changed(User user) {
    UUID closedBy = user.deactivatedBy();
    EmailAddress email = user.email();
    return Fields.none()
        .with("email", email == null ? null : email.value())
        .with("display_name", user.displayName())
        .with("role", user.role().name())
        .with("active", user.active() ? "1" : "0")
        .with("closed", user.deactivatedAt())
        .with("closed_by", closedBy == null ? null : closedBy.toString());
  }
}
