package io.taskauth.store.postgres;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.AuthStoreContract;

class PostgresContractTest extends AuthStoreContract {
  @Override
  protected AuthStore createStore() {
    return PostgresAuthStore.builder()
        .url(TestServer.jdbcUrl())
        .schema(TestServer.freshSchema())
        .maxConnections(20)
        .open();
  }
}
