package io.taskauth.admin;

import io.taskauth.password.PasswordHash;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Role;
import io.taskauth.user.Username;
import org.jspecify.annotations.Nullable;

/**
 * An account as another system had it.
 *
 * @param active whether its user may sign in
 * @param hash what that system kept of the password, as it wrote it; null where its user shall
 *     choose one with a link
 */
public record ImportedAccount(
    Username username,
    @Nullable EmailAddress email,
    @Nullable String displayName,
    Role role,
    boolean active,
    @Nullable PasswordHash hash) {}
