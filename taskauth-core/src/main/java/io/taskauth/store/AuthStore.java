package io.taskauth.store;

import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.audit.AuditStore;
import io.taskauth.login.AttemptStore;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.session.SessionStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.UserStore;
import io.taskauth.work.WorkStore;

/**
 * Everything that must last or be shared, as parts that sit beside their domain. Every method of a
 * part is one atomic step whose answer says who won; time is always an argument. A process that is
 * killed at any instant leaves the whole step or nothing of it, and what was answered with success
 * is still there afterwards.
 *
 * <p>Whoever writes a store proves it with {@code AuthStoreContract} of taskauth-testkit. Threads
 * share a store.
 */
public interface AuthStore extends AutoCloseable {
  UserStore users();

  SessionStore sessions();

  AccessTokenStore accessTokens();

  ServiceAccountStore services();

  OneTimeSecretStore secrets();

  IdentityStore identities();

  AttemptStore attempts();

  SettingStore settings();

  AuditStore audit();

  WorkStore work();

  ChangeFeed changes();

  /**
   * Brings the schema to this version: forward only, nothing to do the second time, safe from
   * several nodes at once. Called by {@code TaskAuthBuilder.build()}.
   *
   * @throws AuthStoreException where it cannot, for instance because the schema is a newer one
   */
  void migrate();

  /** Lets go of files and connections. Nothing else may be called afterwards. */
  @Override
  void close();
}
