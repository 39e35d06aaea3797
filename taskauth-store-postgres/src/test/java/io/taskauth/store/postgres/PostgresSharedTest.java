package io.taskauth.store.postgres;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.SharedStoreContract;

class PostgresSharedTest extends SharedStoreContract {
  private final String schema = TestServer.freshSchema();

  @Override
  protected AuthStore openNode() {
    return TestServer.builder(schema).open();
  }
}
