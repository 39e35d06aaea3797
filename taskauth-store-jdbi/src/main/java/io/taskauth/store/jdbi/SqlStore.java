package io.taskauth.store.jdbi;

import io.taskauth.login.AttemptStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.SettingStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.UserStore;

/** The parts of a store, over one database. Threads share them. */
public record SqlStore(
    UserStore users,
    SessionStore sessions,
    OneTimeSecretStore secrets,
    AttemptStore attempts,
    SettingStore settings) {

  public static SqlStore over(Database database) {
    return new SqlStore(
        new SqlUsers(database),
        new SqlSessions(database),
        new SqlSecrets(database),
        new SqlAttempts(database),
        new SqlSettings(database));
  }
}
