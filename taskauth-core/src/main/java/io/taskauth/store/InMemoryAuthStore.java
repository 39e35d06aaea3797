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
 * A store in the memory of the process, for tests and for trying things out: it keeps every promise
 * of {@link AuthStore} but to last. Threads may share it.
 */
public final class InMemoryAuthStore implements AuthStore {
  private final LocalChangeFeed feed = new LocalChangeFeed();
  private final InMemoryUsers users;
  private final InMemorySessions sessions;
  private final InMemoryTokens tokens;
  private final InMemoryServices services;
  private final InMemorySecrets secrets;
  private final InMemoryIdentities identities;
  private final InMemoryAttempts attempts = new InMemoryAttempts();
  private final InMemorySettings settings;
  private final InMemoryAudit audit = new InMemoryAudit();
  private final InMemoryWork work;

  public InMemoryAuthStore() {
    InMemoryTables tables = new InMemoryTables();
    this.users = new InMemoryUsers(tables, feed);
    this.sessions = new InMemorySessions(tables, feed);
    this.tokens = new InMemoryTokens(tables, feed);
    this.services = new InMemoryServices(tables, feed);
    this.secrets = new InMemorySecrets(tables);
    this.identities = new InMemoryIdentities(tables, feed);
    this.settings = new InMemorySettings(feed);
    this.work = new InMemoryWork(feed);
  }

  @Override
  public UserStore users() {
    return users;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public AccessTokenStore accessTokens() {
    return tokens;
  }

  @Override
  public ServiceAccountStore services() {
    return services;
  }

  @Override
  public OneTimeSecretStore secrets() {
    return secrets;
  }

  @Override
  public IdentityStore identities() {
    return identities;
  }

  @Override
  public AttemptStore attempts() {
    return attempts;
  }

  @Override
  public SettingStore settings() {
    return settings;
  }

  @Override
  public AuditStore audit() {
    return audit;
  }

  @Override
  public WorkStore work() {
    return work;
  }

  @Override
  public ChangeFeed changes() {
    return feed;
  }

  @Override
  public void migrate() {}

  @Override
  public void close() {}
}
