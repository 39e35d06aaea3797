package io.taskauth.user;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which identity signs in to which account: each to one at most. An account that is made for an
 * identity gets it in the step that makes the account (see {@link NewUser}), and all of them go
 * with the account. Each method is one atomic step; it throws {@code
 * io.taskauth.store.AuthStoreException} where the store cannot be reached or nothing is known of
 * the outcome. Implementations are shared by threads.
 */
public interface IdentityStore {
  /** What became of an identity that was to be linked. */
  enum Linking {
    LINKED,
    /** It signs in to an account already, perhaps to this one. */
    TAKEN,
    NO_USER
  }

  /** What became of an identity that was to be taken off. */
  enum Unlinking {
    UNLINKED,
    /** The account has no such identity. */
    NOT_FOUND,
    /**
     * Nothing was changed: it is the last one of an account that an identity provider vouches for,
     * and nobody could sign in to it any more.
     */
    ONLY_WAY_IN
  }

  /** The account that this identity signs in to, whether it is active or not. */
  Optional<StoredUser> findUser(Identity identity);

  /** The identities of an account in the order in which they were linked. */
  List<LinkedIdentity> ofUser(UUID userId);

  /** Lets an identity sign in to an account that is there. */
  Linking link(LinkedIdentity identity);

  /**
   * Takes an identity off an account, ends the sessions that were opened through it, and raises the
   * account's credential epoch, so that a sign-in under way does not end in a session.
   */
  Unlinking unlink(UUID userId, Identity identity);
}
