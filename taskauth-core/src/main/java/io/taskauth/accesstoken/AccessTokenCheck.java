package io.taskauth.accesstoken;

import io.taskauth.user.User;
import org.jspecify.annotations.Nullable;

/** What came of checking a personal access token. */
public sealed interface AccessTokenCheck {
  /** It holds. */
  record Valid(AccessToken token, User owner) implements AccessTokenCheck {}

  /**
   * It does not.
   *
   * @param owner whose it was, for the record; null where nobody knows it
   */
  record Invalid(Reason reason, @Nullable User owner) implements AccessTokenCheck {}

  /** Why a token does not hold. */
  enum Reason {
    /** Not signed by us, or signed by us and unknown. */
    UNKNOWN,
    REVOKED,
    EXPIRED,
    /** Its owner's account is closed. */
    ACCOUNT_DEACTIVATED
  }
}
