package io.taskauth.user;

import io.taskauth.password.PasswordHash;
import org.jspecify.annotations.Nullable;

/**
 * An account to be created.
 *
 * @param passwordHash null where somebody else checks the password, or where none is chosen yet
 */
public record NewUser(User user, @Nullable PasswordHash passwordHash) {}
