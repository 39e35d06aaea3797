package io.taskauth.store.redis;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.AuthStoreContract;

/** The same on three masters: every step keeps to one slot. */
class ClusterContractTest extends AuthStoreContract {
  @Override
  protected AuthStore createStore() {
    return TestCluster.shared().freshStore();
  }
}
