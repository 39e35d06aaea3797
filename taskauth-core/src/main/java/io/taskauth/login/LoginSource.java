package io.taskauth.login;

import io.taskauth.password.Password;
import io.taskauth.user.User;

/**
 * One place that can say whether a password is right: the accounts in the store, the accounts of
 * the configuration, or a backend of the host's.
 */
interface LoginSource {
  /** What a source says; the three answers of {@link BackendAnswer}, with our own account in it. */
  sealed interface Answer {
    /**
     * @param credentialEpoch the epoch of the account at which the password was checked
     */
    record Yes(User user, long credentialEpoch) implements Answer {}

    record No() implements Answer {}

    record NotMine() implements Answer {}
  }

  /**
   * @throws BackendUnavailableException where there is no answer
   */
  Answer check(String typedName, Password password);
}
