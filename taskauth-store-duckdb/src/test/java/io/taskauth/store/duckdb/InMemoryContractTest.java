package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.AuthStoreContract;

class InMemoryContractTest extends AuthStoreContract {
  @Override
  protected AuthStore createStore() {
    return DuckDbAuthStore.inMemory();
  }
}
