package io.taskauth.service;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The accounts of machines. Each method is one atomic step; it throws {@code
 * io.taskauth.store.AuthStoreException} where the store cannot be reached. Implementations are
 * shared by threads. There are dozens of these accounts, not thousands: a list is read as a whole.
 */
public interface ServiceAccountStore {
  /** What became of an account that was to be made. */
  enum Creation {
    CREATED,
    /** Another account has the name. */
    NAME_TAKEN,
    /** There are as many as there may be. */
    TOO_MANY
  }

  /** What became of a token that was to be replaced. */
  enum Rotation {
    ROTATED,
    /** The account has another token by now: somebody else was faster. */
    ANOTHER_TOKEN,
    NOT_FOUND
  }

  /**
   * Keeps a new account.
   *
   * @param atMost how many accounts there may be, this one included; those past their end count
   */
  Creation create(ServiceAccount account, int atMost);

  /** The account, whether or not it has come to its end. One round trip. */
  Optional<ServiceAccount> find(UUID id);

  /** All accounts by name. */
  List<ServiceAccount> all();

  /**
   * Gives the account a new token, as {@link ServiceAccount#rotated} does, if its token is still
   * {@code current}. The change is told ({@code Change.OfService}).
   *
   * @param overlapEnd until when the token that is replaced stays good
   */
  Rotation rotate(UUID id, TokenId current, ServiceSecret next, Instant overlapEnd);

  /**
   * Removes the account with its tokens. The change is told ({@code Change.OfService}).
   *
   * @return false where there is none
   */
  boolean delete(UUID id);

  /**
   * Notes last uses; an earlier one than on record changes nothing, nor does that of an account
   * that is gone. Nothing is told.
   */
  void used(Map<UUID, TokenUse> uses);
}
