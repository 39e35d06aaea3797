package io.taskauth.store.jdbi;

import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.audit.AuditStore;
import io.taskauth.login.AttemptStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.SettingStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.UserStore;

/** The parts of a store, over one database. Threads share them. */
public record SqlStore(
    UserStore users,
    SessionStore sessions,
    AccessTokenStore accessTokens,
    OneTimeSecretStore secrets,
    AttemptStore attempts,
    SettingStore settings,
    AuditStore audit) {

  public static SqlStore over(Database database) {
    return new SqlStore(
        new SqlUsers(database),
        new SqlSessions(database),
        new SqlAccessTokens(database),
        new SqlSecrets(database),
        new SqlAttempts(database),
        new SqlSettings(database),
        new SqlAudit(database));
  }
}
