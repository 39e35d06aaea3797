package io.taskauth.user;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What should be different about an account; what is not named stays. One value, so that a store
 * applies all of it or nothing. Immutable: each method gives a new change.
 *
 * @param role the new role, or null to leave it
 * @param activity closing or opening the account, or null to leave it
 */
public record UserChange(
    @Nullable Role role,
    Edit<EmailAddress> email,
    Edit<String> displayName,
    @Nullable Activity activity) {

  private static final UserChange NOTHING =
      new UserChange(null, new Edit.Keep<>(), new Edit.Keep<>(), null);

  /** A field that may be empty: left as it is, or set, to nothing too. */
  public sealed interface Edit<T> {
    /** The value after this edit. */
    @Nullable T applyTo(@Nullable T before);

    record Keep<T>() implements Edit<T> {
      @Override
      public @Nullable T applyTo(@Nullable T before) {
        return before;
      }
    }

    record Set<T>(@Nullable T value) implements Edit<T> {
      @Override
      public @Nullable T applyTo(@Nullable T before) {
        return value;
      }
    }
  }

  /** Closing an account, or opening it again. */
  public sealed interface Activity {
    /**
     * @param at when
     * @param by the user who did it, or null where the process did
     */
    record Deactivate(Instant at, @Nullable UUID by) implements Activity {}

    record Activate() implements Activity {}
  }

  public static UserChange nothing() {
    return NOTHING;
  }

  public UserChange role(Role newRole) {
    return new UserChange(newRole, email, displayName, activity);
  }

  /** Null takes the address off. */
  public UserChange email(@Nullable EmailAddress newEmail) {
    return new UserChange(role, new Edit.Set<>(newEmail), displayName, activity);
  }

  /** This change, with the address left as it is. */
  public UserChange withoutEmail() {
    return new UserChange(role, new Edit.Keep<>(), displayName, activity);
  }

  /** This change, with the role left as it is. */
  public UserChange withoutRole() {
    return new UserChange(null, email, displayName, activity);
  }

  /** Null takes the name off. */
  public UserChange displayName(@Nullable String newName) {
    return new UserChange(role, email, new Edit.Set<>(newName), activity);
  }

  public UserChange deactivate(Instant at, @Nullable UUID by) {
    return new UserChange(role, email, displayName, new Activity.Deactivate(at, by));
  }

  public UserChange activate() {
    return new UserChange(role, email, displayName, new Activity.Activate());
  }

  /** The account as it is after this change. */
  public User applyTo(User before) {
    User user =
        before
            .withRole(role == null ? before.role() : role)
            .withEmail(email.applyTo(before.email()))
            .withDisplayName(displayName.applyTo(before.displayName()));
    if (activity instanceof Activity.Deactivate end) {
      return user.active() ? user.deactivated(end.at(), end.by()) : user;
    }
    return activity instanceof Activity.Activate ? user.activated() : user;
  }
}
