package io.taskauth.admin;

import io.taskauth.user.User;

/** What came of something that an administrator wanted done to an account. */
public sealed interface AccountOutcome {
  /**
   * @param user the account as it is now; as it was last, where it was deleted
   */
  record Done(User user) implements AccountOutcome {}

  record NotFound() implements AccountOutcome {}

  /** The user name belongs to another account. */
  record NameTaken() implements AccountOutcome {}

  /** The e-mail belongs to another account. */
  record EmailTaken() implements AccountOutcome {}

  /**
   * @param objection what is wrong with the password, as a sentence for people
   */
  record BadPassword(String objection) implements AccountOutcome {}

  /** The password is kept elsewhere: a backend's or an identity provider's account. */
  record KeptElsewhere() implements AccountOutcome {}

  /** Nobody signs in with a password here, so that nobody is given one. */
  record PasswordsRefused() implements AccountOutcome {}

  /** Nobody may do that to their own account. */
  record OwnAccount() implements AccountOutcome {}

  /** Nothing was changed: no active administrator would have been left. */
  record LastAdministrator() implements AccountOutcome {}
}
