package io.taskauth.store.redis;

import java.util.Set;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;
import redis.clients.jedis.util.Pool;

/** One server with everything, which may be another after a failover. */
final class OneMaster implements Servers {
  private final ConnectionProvider pool;
  private final Supplier<HostAndPort> master;
  private final JedisClientConfig config;

  private OneMaster(
      ConnectionProvider pool, Supplier<HostAndPort> master, JedisClientConfig config) {
    this.pool = pool;
    this.master = master;
    this.config = config;
  }

  static OneMaster at(PooledConnectionProvider pool, JedisClientConfig config) {
    HostAndPort address;
    try (Connection any = pool.getConnection()) {
      address = any.getHostAndPort();
    }
    return new OneMaster(pool, () -> address, config);
  }

  static OneMaster behind(SentineledConnectionProvider sentinels, JedisClientConfig config) {
    return new OneMaster(sentinels, sentinels::getCurrentMaster, config);
  }

  @Override
  public HostAndPort serverOf(CommandArguments command) {
    return master.get();
  }

  @Override
  public Connection connection(HostAndPort server) {
    return pool.getConnection();
  }

  @Override
  public Set<HostAndPort> masters() {
    return Set.of(master.get());
  }

  @Override
  public Connection subscriber(HostAndPort server) {
    return new Connection(server, config);
  }

  @Override
  public void learn() {}

  @Override
  public void learnFrom(Connection connection) {}

  @Override
  public void dropIdle() {
    for (Object each : pool.getConnectionMap().values()) {
      if (each instanceof Pool<?> idle) {
        idle.clear();
      }
    }
  }
}
