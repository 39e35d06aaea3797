package io.taskauth.testkit;

import io.taskauth.store.AuthStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every {@link AuthStore} must keep, as tests: whoever writes a store extends this class and
 * says how to make one. There is nothing to opt out of, because the rest of taskauth relies on all
 * of it. Tests of the same instance never run side by side.
 */
public abstract class AuthStoreContract
    implements MigrationContract,
        UserStoreContract,
        UserNamesContract,
        UserChangeContract,
        UserListContract,
        UserSearchContract,
        AdministratorContract,
        SessionStoreContract,
        SessionRacesContract,
        PasswordChangeContract,
        AccessTokenContract,
        AccessTokenUseContract,
        AccessTokenRevocationContract,
        AccessTokenListContract,
        AccessTokenRacesContract,
        ServiceAccountContract,
        ServiceRotationContract,
        ServiceRacesContract,
        IdentityContract,
        IdentitySessionContract,
        IdentityRacesContract,
        OneTimeSecretContract,
        AttemptStoreContract,
        SettingStoreContract,
        AuditStoreContract,
        AuditFilterContract,
        WorkStoreContract,
        WorkRacesContract,
        ChangeFeedContract {
  private AuthStore store;

  /** For the store's own test. */
  protected AuthStoreContract() {}

  /** A fresh and empty store; its schema need not be there yet. Each test closes its own. */
  protected abstract AuthStore createStore();

  @BeforeEach
  final void openStore() {
    store = createStore();
    store.migrate();
    store.migrate();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  @Override
  public final AuthStore store() {
    return store;
  }
}
