package io.taskauth.principal;

import java.util.Locale;

/**
 * What came of a request's credential. Presented and bad is {@link Rejected}, never {@link
 * Anonymous}.
 */
public sealed interface Authentication {
  /** Nothing was presented. */
  record Anonymous() implements Authentication {}

  /** It is this one. */
  record Authenticated(Principal principal) implements Authentication {}

  /** What was presented does not hold. */
  record Rejected(Reason reason) implements Authentication {}

  /** Why a credential does not hold. */
  enum Reason {
    /** Ours, but its session has ended. */
    SESSION_EXPIRED,
    /** Ours, but its account is closed. */
    ACCOUNT_DEACTIVATED,
    /** Not ours, or malformed. */
    INVALID_TOKEN,
    /** A personal access token that was never ours, or whose account is gone. */
    ACCESS_TOKEN_UNKNOWN,
    /** A personal access token that was revoked. */
    ACCESS_TOKEN_REVOKED,
    /** A personal access token that is past its end. */
    ACCESS_TOKEN_EXPIRED,
    /** What a machine presented is no token, or none that anybody knows or knows any more. */
    SERVICE_TOKEN_UNKNOWN;

    /** As it stands in the record. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
