package io.taskauth.accesstoken;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.session.SessionId;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The personal access tokens. They end with their account: closing it revokes them, deleting it
 * removes them. Each method is one atomic step; it throws {@code
 * io.taskauth.store.AuthStoreException} where the store cannot be reached or nothing is known of
 * the outcome. Implementations are shared by threads.
 */
public interface AccessTokenStore {
  /**
   * A token and whose it is, as they are now.
   *
   * @param hash SHA-256 of the token in hexadecimal; the token itself is never stored
   */
  record StoredToken(AccessToken token, String hash, User owner) {}

  /** What became of a token that was to be made. */
  enum Creation {
    CREATED,
    /** The session that asked for it has ended, or is somebody else's. */
    SESSION_ENDED,
    /** The account has as many as it may have. */
    TOO_MANY
  }

  /** What became of a token that was to be revoked. */
  enum Revocation {
    REVOKED,
    /** It was before, and nothing was changed. */
    ALREADY_REVOKED,
    NOT_FOUND
  }

  /**
   * Keeps a new token, if the session that asks for it is still there and has not come to its end
   * at the token's {@code createdAt}: whoever lost the session must not keep a token.
   *
   * @param atMost how many live tokens the account may have, this one included
   */
  Creation create(AccessToken token, String hash, SessionId by, int atMost);

  /** The token with its owner, whatever its state. */
  Optional<StoredToken> find(TokenId id);

  /**
   * A token of this owner, in one round trip: a signed token names both, so that a store can spread
   * users over servers.
   */
  default Optional<StoredToken> find(UUID owner, TokenId id) {
    return find(id).filter(found -> found.owner().id().equals(owner));
  }

  /** The tokens of a user that are not revoked, newest first; those past their end too. */
  List<AccessToken> ofUser(UUID userId);

  /**
   * All tokens that are not revoked, newest first; a page costs the same however many there are.
   *
   * @throws io.taskauth.page.BadCursorException where the cursor is not from this list
   */
  Page<StoredToken> newest(PageRequest page);

  /**
   * Revokes a token.
   *
   * @param owner whose it must be, or null for anybody's
   */
  Revocation revoke(TokenId id, @Nullable UUID owner, Instant now);

  /**
   * Notes the last use that these tokens tell of; an earlier one than on record changes nothing.
   */
  void used(Collection<AccessToken> tokens);

  /**
   * Removes tokens that were revoked or came to their end before {@code endedBefore}, {@code limit}
   * at most.
   *
   * @return how many were removed
   */
  int sweep(Instant endedBefore, int limit);
}
