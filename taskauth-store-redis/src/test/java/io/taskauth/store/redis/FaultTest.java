package io.taskauth.store.redis;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.FaultContract;
import java.net.InetSocketAddress;
import java.net.URI;

class FaultTest extends FaultContract {
  private final String prefix = TestRedis.freshPrefix();

  @Override
  protected InetSocketAddress server() {
    URI url = URI.create(TestRedis.url());
    return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort());
  }

  @Override
  protected AuthStore openAt(int port) {
    return RedisAuthStore.builder("redis://127.0.0.1:" + port).keyPrefix(prefix).open();
  }
}
