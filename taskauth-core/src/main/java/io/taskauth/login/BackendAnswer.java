package io.taskauth.login;

import org.jspecify.annotations.Nullable;

/** What an {@link AuthBackend} says: yes, no, or not mine. Immutable. */
public sealed interface BackendAnswer {
  /**
   * The password is right.
   *
   * @param username the account's name, in the spelling that it shall have
   * @param role a role of the host's, or null for the lowest; heeded on every sign-in
   * @param email or null where it is not known
   * @param displayName or null where it is not known
   */
  record Accepted(
      String username, @Nullable String role, @Nullable String email, @Nullable String displayName)
      implements BackendAnswer {

    public Accepted role(String newRole) {
      return new Accepted(username, newRole, email, displayName);
    }

    public Accepted email(@Nullable String newEmail) {
      return new Accepted(username, role, newEmail, displayName);
    }

    public Accepted displayName(@Nullable String newName) {
      return new Accepted(username, role, email, newName);
    }
  }

  /** The account is mine and the password is wrong: nobody else is asked. */
  record Refused() implements BackendAnswer {}

  /** I know no such account: the next backend is asked. */
  record NotMine() implements BackendAnswer {}

  static Accepted accepted(String username) {
    return new Accepted(username, null, null, null);
  }

  static BackendAnswer refused() {
    return new Refused();
  }

  static BackendAnswer notMine() {
    return new NotMine();
  }
}
