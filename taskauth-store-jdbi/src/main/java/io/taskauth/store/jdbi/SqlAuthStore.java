package io.taskauth.store.jdbi;

import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.audit.AuditStore;
import io.taskauth.login.AttemptStore;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStore;
import io.taskauth.store.SettingStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.UserStore;
import io.taskauth.work.WorkStore;

/** The parts of a store, over one database; what is left is its own. Threads share it. */
public abstract class SqlAuthStore implements AuthStore {
  private final UserStore users;
  private final SessionStore sessions;
  private final AccessTokenStore accessTokens;
  private final ServiceAccountStore services;
  private final OneTimeSecretStore secrets;
  private final IdentityStore identities;
  private final AttemptStore attempts;
  private final SettingStore settings;
  private final AuditStore audit;
  private final WorkStore work;

  protected SqlAuthStore(Database database) {
    this.users = new SqlUsers(database);
    this.sessions = new SqlSessions(database);
    this.accessTokens = new SqlAccessTokens(database);
    this.services = new SqlServices(database);
    this.secrets = new SqlSecrets(database);
    this.identities = new SqlIdentities(database);
    this.attempts = new SqlAttempts(database);
    this.settings = new SqlSettings(database);
    this.audit = new SqlAudit(database);
    this.work = new SqlWork(database);
  }

  @Override
  public final UserStore users() {
    return users;
  }

  @Override
  public final SessionStore sessions() {
    return sessions;
  }

  @Override
  public final AccessTokenStore accessTokens() {
    return accessTokens;
  }

  @Override
  public final ServiceAccountStore services() {
    return services;
  }

  @Override
  public final OneTimeSecretStore secrets() {
    return secrets;
  }

  @Override
  public final IdentityStore identities() {
    return identities;
  }

  @Override
  public final AttemptStore attempts() {
    return attempts;
  }

  @Override
  public final SettingStore settings() {
    return settings;
  }

  @Override
  public final AuditStore audit() {
    return audit;
  }

  @Override
  public final WorkStore work() {
    return work;
  }
}
