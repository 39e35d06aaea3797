package io.taskauth.admin;

import io.taskauth.password.Password;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Role;
import io.taskauth.user.Username;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account as an administrator wants it.
 *
 * @param password empty where its user shall choose one with a link
 */
public record NewAccount(
    Username username,
    @Nullable EmailAddress email,
    @Nullable String displayName,
    Role role,
    Optional<Password> password) {}
