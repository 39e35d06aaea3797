package io.taskauth.store.postgres;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.AuthStoreContract;

class PostgresContractTest extends AuthStoreContract {
  @Override
  protected AuthStore createStore() {
    return TestServer.builder(TestServer.freshSchema()).maxConnections(20).open();
  }
}
