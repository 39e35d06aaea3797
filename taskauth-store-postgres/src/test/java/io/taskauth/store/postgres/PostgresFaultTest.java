package io.taskauth.store.postgres;

import io.taskauth.store.AuthStore;
import io.taskauth.testkit.FaultContract;
import java.net.InetSocketAddress;

class PostgresFaultTest extends FaultContract {
  private final String schema = TestServer.freshSchema();

  @Override
  protected InetSocketAddress server() {
    return TestServer.address();
  }

  @Override
  protected AuthStore openAt(int port) {
    return PostgresAuthStore.builder()
        .url(TestServer.jdbcUrlAt(port))
        .schema(schema)
        .maxConnections(8)
        .open();
  }
}
