package io.taskauth.store.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The simplest pool that a host might have: one connection, which it lends as it is and does not
 * look at when it comes back.
 */
final class HostPool implements AutoCloseable {
  private final Connection connection;
  private final Semaphore free = new Semaphore(1);
  private final AtomicInteger lent = new AtomicInteger();

  HostPool(Connection connection) {
    this.connection = connection;
  }

  /** The connection itself, for looking at. */
  Connection connection() {
    return connection;
  }

  int lent() {
    return lent.get();
  }

  DataSource source() {
    return (DataSource)
        Proxy.newProxyInstance(
            HostPool.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return lend();
            });
  }

  private Connection lend() throws SQLException {
    free.acquireUninterruptibly();
    lent.incrementAndGet();
    return (Connection)
        Proxy.newProxyInstance(
            HostPool.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().equals("close")) {
                free.release();
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
