package io.taskauth.provider;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of asking a provider who somebody is. */
public sealed interface ProviderAnswer {
  /**
   * The provider vouches for somebody who may come in.
   *
   * @param subject see {@link io.taskauth.user.Identity}
   * @param email null where the provider names none
   * @param emailVerified whether the provider says that the address is theirs; any other address
   *     counts for nothing
   * @param displayName null where the provider names none
   * @param role null where the provider has nothing to say about it
   * @param sid the provider's name for its session, or null; see {@link
   *     io.taskauth.session.ProviderSession}
   */
  record Vouched(
      String subject,
      @Nullable String email,
      boolean emailVerified,
      @Nullable String displayName,
      @Nullable GrantedRole role,
      @Nullable String sid)
      implements ProviderAnswer {
    public Vouched {
      // A provider that names nobody fails where it can be caught, as a provider.
      Objects.requireNonNull(subject, "subject");
    }
  }

  /**
   * The person said no, or is none of those who may come in.
   *
   * @param reason for the record: a word such as {@code domain}, never text of the provider's
   * @param subject whom it is about where that is known, for the record
   */
  record Denied(String reason, @Nullable String subject) implements ProviderAnswer {}

  /**
   * What came is not to be believed.
   *
   * @param reason for the record: a word such as {@code nonce}, never text of the provider's
   */
  record Failed(String reason) implements ProviderAnswer {}

  /**
   * A role that follows from what a provider says.
   *
   * @param role null for the lowest
   * @param atEachLogin whether it replaces the role that the account has; else it is for accounts
   *     that are made now
   */
  record GrantedRole(@Nullable String role, boolean atEachLogin) {}
}
