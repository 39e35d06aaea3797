package io.taskauth.store;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.session.SessionId;
import java.util.UUID;

/** Something in the store that a node may have remembered otherwise. */
public sealed interface Change {
  /** The account, its password or all of its sessions. */
  record OfUser(UUID userId) implements Change {}

  /** One session came to its end. */
  record OfSession(UUID userId, SessionId sessionId) implements Change {}

  /** A service account was given another token, or removed. */
  record OfService(UUID accountId) implements Change {}

  /** A personal access token was revoked. */
  record OfToken(UUID userId, TokenId tokenId) implements Change {}

  /**
   * The feed was interrupted and begins anew: whatever a node remembers may no longer be so. Told
   * before the feed is current again.
   */
  record Missed() implements Change {}

  /** A piece of work was added, taken or ended, or is further than it was. */
  record OfWork(String pool, UUID id) implements Change {}

  /** A setting was written. */
  record OfSetting(String name) implements Change {}
}
