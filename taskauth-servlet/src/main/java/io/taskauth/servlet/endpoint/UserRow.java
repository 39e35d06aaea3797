package io.taskauth.servlet.endpoint;

import io.taskauth.user.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as the pages for administrators show it.
 *
 * @param displayName empty where there is none, as {@code email}
 * @param origin where the password is kept, as people read it; empty for here
 * @param lastLogin or null where there was none
 */
public record UserRow(
    String id,
    String page,
    String username,
    String displayName,
    String email,
    String role,
    boolean active,
    String origin,
    Moment created,
    @Nullable Moment lastLogin,
    @Nullable Moment deactivated) {

  static UserRow of(User user, String base, Instant now) {
    Instant login = user.lastLoginAt();
    Instant end = user.deactivatedAt();
    String origin = user.origin().value();
    return new UserRow(
        user.id().toString(),
        base + UserPage.PATH + "/" + user.id(),
        user.username().value(),
        user.displayName() == null ? "" : user.displayName(),
        user.email() == null ? "" : user.email().value(),
        user.role().name(),
        user.active(),
        origin.equals("password") ? "" : origin,
        Moment.of(user.createdAt(), Times.day(user.createdAt())),
        login == null ? null : Moment.of(login, Times.ago(login, now)),
        end == null ? null : Moment.of(end, Times.minute(end)));
  }
}
