package io.taskauth.login;

import io.taskauth.password.Password;

/**
 * Are these the right user name and password? A host writes one for its database, its LDAP server
 * or whatever else knows; a lambda will do:
 *
 * <pre>{@code
 * AuthBackend ldap = (username, password) ->
 *     directory.bind(username, password.reveal())
 *         ? BackendAnswer.accepted(username)
 *         : BackendAnswer.refused();
 * }</pre>
 *
 * Users that a backend accepts get an account of their own on first sight, so that sessions,
 * deactivation and the audit log work for them as for all others. Several backends are asked in the
 * order of registration.
 *
 * <p>Called on a thread of taskauth's own, with a limit of time (five seconds unless set
 * otherwise). Must be safe for use by several threads.
 */
@FunctionalInterface
public interface AuthBackend {
  /**
   * Checks a password.
   *
   * @param username as it was typed, without the white space around it; an e-mail address where the
   *     user typed one. Anything may stand in it: escape it before it goes into a query.
   * @param password never null, at most 256 characters, never logged
   * @throws Exception where the answer is not known, such as a server that is out: the user sees
   *     "try again" (503), never "wrong password"
   */
  BackendAnswer authenticate(String username, Password password) throws Exception;
}
