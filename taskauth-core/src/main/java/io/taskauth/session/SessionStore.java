package io.taskauth.session;

import io.taskauth.password.PasswordHash;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sessions, and the passwords that they rest on. Each method is one atomic step; it throws
 * {@code io.taskauth.store.AuthStoreException} where the store cannot be reached or nothing is
 * known of the outcome. Implementations are shared by threads.
 */
public interface SessionStore {
  /** A session and whose it is, as they are now. */
  record SessionOfUser(Session session, User user) {}

  /**
   * Opens a session if the account is still active and its credential epoch is still the one at
   * which the password was checked; notes the sign-in as the account's last.
   *
   * @param atMost how many sessions the account may have; the oldest beyond that end
   * @return false, and nothing changed, where the account is closed, gone or has a new password
   */
  boolean open(Session session, long credentialEpoch, int atMost);

  /**
   * A session of this user with the user, in one round trip, whether or not it has come to its end.
   * Whoever asks knows both from a signed token, so that a store can spread users over servers.
   */
  Optional<SessionOfUser> find(UUID userId, SessionId id);

  /** The sessions of a user that have not come to their end at {@code now}, newest first. */
  List<Session> ofUser(UUID userId, Instant now);

  /**
   * Ends a session of this user.
   *
   * @return false where the user has no such session
   */
  boolean end(UUID userId, SessionId id);

  /**
   * Ends all sessions of a user.
   *
   * @param except the one to keep, or null
   * @return how many ended
   */
  int endAll(UUID userId, @Nullable SessionId except);

  /**
   * Ends the sessions that an identity provider says are over, whosever they are.
   *
   * @return how many ended
   */
  int endThrough(ProviderLogout logout);

  /**
   * Notes the last use that these sessions tell of; an earlier one than on record changes nothing.
   */
  void seen(Collection<Session> sessions);

  /**
   * Gives the account a new password, raises its credential epoch, and ends its single-use secrets
   * and its sessions but {@code keep}.
   *
   * @param expectedEpoch the epoch that the old password was checked at; empty where the old
   *     password does not matter
   * @return the number of sessions that ended; empty, and nothing changed, where there is no such
   *     account or its epoch is another by now
   */
  Optional<Integer> changePassword(
      UUID userId, OptionalLong expectedEpoch, PasswordHash next, @Nullable SessionId keep);

  /**
   * How many sessions have not come to their end at {@code now}. May cost a look at each of them; a
   * number that is a minute old will do.
   */
  long running(Instant now);

  /**
   * Removes sessions whose end is past, {@code limit} at most.
   *
   * @return how many were removed
   */
  int sweep(Instant now, int limit);
}
