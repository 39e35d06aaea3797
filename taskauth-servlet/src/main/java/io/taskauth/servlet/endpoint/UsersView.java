package io.taskauth.servlet.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param query what the names and e-mails begin with, empty for all
 */
public record UsersView(
    String query,
    List<UserRow> users,
    Paging paging,
    List<String> roles,
    NewUserForm typed,
    @Nullable String notice,
    @Nullable String error) {}
