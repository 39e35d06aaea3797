package io.taskauth.servlet.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param own whether it is the account of whoever looks at it
 * @param passwords whether the account may be given one
 * @param slots of the identity providers that there are
 * @param link a link for choosing a password that was just made, or null
 */
public record UserView(
    UserRow user,
    UserFields fields,
    boolean own,
    List<String> roles,
    boolean passwords,
    List<ProviderChoice> slots,
    List<IdentityRow> identities,
    @Nullable String link,
    boolean emailSent,
    @Nullable String notice,
    @Nullable String error) {}
