package io.taskauth.testkit;

import io.taskauth.store.AuthStore;
import io.taskauth.store.InMemoryAuthStore;

// docs:begin contract
class InMemoryAuthStoreTest extends AuthStoreContract {
  @Override
  protected AuthStore createStore() {
    return new InMemoryAuthStore();
  }
}
// docs:end contract
