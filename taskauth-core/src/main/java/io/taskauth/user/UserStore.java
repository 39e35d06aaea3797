package io.taskauth.user;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.password.PasswordHash;
import java.util.Optional;
import java.util.UUID;

/**
 * The accounts. Each method is one atomic step, and the answer to a race is in what it returns; it
 * throws {@code io.taskauth.store.AuthStoreException} where the store cannot be reached or nothing
 * is known of the outcome. Implementations are shared by threads.
 */
public interface UserStore {
  /** What became of an account that was to be created. */
  enum Creation {
    CREATED,
    /** The name, or the e-mail of the same letters, belongs to another account. */
    NAME_TAKEN,
    /** The e-mail, or the name of the same letters, belongs to another account. */
    EMAIL_TAKEN,
    /** The identity signs in to another account. */
    IDENTITY_TAKEN
  }

  /** What became of a change. */
  sealed interface ChangeOutcome {
    /** The account as it is now. */
    record Changed(User user) implements ChangeOutcome {}

    record NotFound() implements ChangeOutcome {}

    /** Nothing was changed: no active administrator would have been left. */
    record LastAdministrator() implements ChangeOutcome {}

    /** Nothing was changed: the e-mail belongs to another account. */
    record EmailTaken() implements ChangeOutcome {}
  }

  /** What became of an account that was to be deleted. */
  enum Deletion {
    DELETED,
    NOT_FOUND,
    /** Nothing was deleted: no active administrator, or nobody at all, would have been left. */
    LAST_ADMINISTRATOR
  }

  /** Whether there is any account at all. Once true it stays true. */
  boolean anyUser();

  /** Creates the account if there is none yet. Of any number of callers exactly one gets true. */
  boolean createFirst(NewUser user);

  /** Creates the account unless its name, e-mail or identity is taken, names in whatever case. */
  Creation create(NewUser user);

  Optional<User> find(UUID id);

  /** The account whose name or e-mail this is. */
  Optional<StoredUser> findByLogin(LoginKey login);

  /**
   * All accounts, newest first; a page costs the same however many there are.
   *
   * @throws io.taskauth.page.BadCursorException where the cursor is not from this list
   */
  Page<User> newest(PageRequest page);

  /**
   * The accounts whose name or e-mail begins with {@code prefix}, each once, in the order of what
   * it begins with: letters, digits and signs mean themselves.
   */
  Page<User> startingWith(LoginKey prefix, PageRequest page);

  /**
   * Changes an account while at least one active administrator remains who can sign in: one who has
   * not chosen a password yet does not count. Closing an account ends its sessions and single-use
   * secrets, revokes its access tokens and raises its credential epoch in the same step.
   *
   * @param administrator the role of which one active holder must remain
   */
  ChangeOutcome change(UUID id, UserChange change, Role administrator);

  /**
   * Deletes an account, its sessions, access tokens, secrets and identities while an active
   * administrator remains. The only account there is stays, whatever its role: an empty store would
   * be set up anew by whoever comes first.
   */
  Deletion delete(UUID id, Role administrator);

  /**
   * Replaces the hash of an unchanged password by a stronger one; the epoch stays.
   *
   * @return false, and nothing changed, where the hash is no longer {@code seen}
   */
  boolean rehash(UUID id, PasswordHash seen, PasswordHash next);
}
