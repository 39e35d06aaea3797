package io.taskauth.servlet.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param query what the names and e-mails begin with, empty for all
 * @param passwords whether anybody signs in with one
 */
public record UsersView(
    String query,
    List<UserRow> users,
    Paging paging,
    List<String> roles,
    boolean passwords,
    NewUserForm typed,
    @Nullable String notice,
    @Nullable String error) {}
