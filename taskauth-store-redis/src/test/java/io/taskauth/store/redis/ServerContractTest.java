package io.taskauth.store.redis;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.AuthStoreContract;

class ServerContractTest extends AuthStoreContract {
  @Override
  protected AuthStore createStore() {
    return TestRedis.freshStore();
  }
}
