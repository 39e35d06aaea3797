package io.taskauth.user;

import io.taskauth.internal.Shared;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One account as the store has it. Immutable; a change is a new value.
 *
 * @param id a UUID of version 7, never used again
 * @param username unique without regard to case
 * @param email unique without regard to case, or null
 * @param displayName what pages show, or null for the user name
 * @param deactivatedBy the id of the user who did it, or null
 */
public record User(
    UUID id,
    Username username,
    @Nullable EmailAddress email,
    @Nullable String displayName,
    Role role,
    boolean active,
    Instant createdAt,
    @Nullable Instant lastLoginAt,
    @Nullable Instant deactivatedAt,
    @Nullable UUID deactivatedBy,
    Origin origin) {
  private static final Shared<Role> ROLES = new Shared<>();
  private static final Shared<Origin> ORIGINS = new Shared<>();

  public User {
    // A few thousand users are remembered for a few seconds, and have three roles between them.
    role = ROLES.of(role);
    origin = ORIGINS.of(origin);
  }

  /** A new, active account that nobody has signed in to. */
  public static User created(
      UUID id, Username username, Role role, Origin origin, Instant createdAt) {
    return new User(id, username, null, null, role, true, createdAt, null, null, null, origin);
  }

  /** What to call the user on a page. */
  public String label() {
    return displayName == null ? username.value() : displayName;
  }

  public User withEmail(@Nullable EmailAddress newEmail) {
    return new User(
        id,
        username,
        newEmail,
        displayName,
        role,
        active,
        createdAt,
        lastLoginAt,
        deactivatedAt,
        deactivatedBy,
        origin);
  }

  public User withDisplayName(@Nullable String newName) {
    return new User(
        id,
        username,
        email,
        newName,
        role,
        active,
        createdAt,
        lastLoginAt,
        deactivatedAt,
        deactivatedBy,
        origin);
  }

  public User withRole(Role newRole) {
    return new User(
        id,
        username,
        email,
        displayName,
        newRole,
        active,
        createdAt,
        lastLoginAt,
        deactivatedAt,
        deactivatedBy,
        origin);
  }

  public User withLastLoginAt(Instant when) {
    return new User(
        id,
        username,
        email,
        displayName,
        role,
        active,
        createdAt,
        when,
        deactivatedAt,
        deactivatedBy,
        origin);
  }

  /** The account closed. */
  public User deactivated(Instant when, @Nullable UUID by) {
    return new User(
        id, username, email, displayName, role, false, createdAt, lastLoginAt, when, by, origin);
  }

  /** The account open again. */
  public User activated() {
    return new User(
        id, username, email, displayName, role, true, createdAt, lastLoginAt, null, null, origin);
  }
}
