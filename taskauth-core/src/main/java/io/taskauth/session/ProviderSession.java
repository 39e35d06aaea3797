package io.taskauth.session;

import io.taskauth.user.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What a session owes to an identity provider.
 *
 * @param identity who signed in
 * @param sid the provider's name for its own session (OpenID Connect Back-Channel Logout 1.0,
 *     section 2.1), or null where it gives none
 */
public record ProviderSession(Identity identity, @Nullable String sid) {}
