package io.taskauth.store.redis;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.SharedStoreContract;

class SharedTest extends SharedStoreContract {
  private final String prefix = TestRedis.freshPrefix();

  @Override
  protected AuthStore openNode() {
    return RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
  }
}
