package io.taskauth.store.redis;

import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/** Servers that share the slots of a Redis Cluster. */
final class ClusterMasters implements Servers {
  private final ClusterConnectionProvider pools;
  private final JedisClientConfig config;

  ClusterMasters(ClusterConnectionProvider pools, JedisClientConfig config) {
    this.pools = pools;
    this.config = config;
  }

  @Override
  public HostAndPort serverOf(CommandArguments command) {
    int slot = command.getKeyHashSlots().iterator().next();
    HostAndPort server = pools.getNode(slot);
    if (server == null) {
      throw new JedisClusterOperationException("no server is known that has slot " + slot);
    }
    return server;
  }

  @Override
  public Connection connection(HostAndPort server) {
    return pools.getConnection(server);
  }

  @Override
  public Set<HostAndPort> masters() {
    return pools.getPrimaryNodes().keySet().stream()
        .map(HostAndPort::from)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Connection subscriber(HostAndPort master) {
    return new Connection(master, config);
  }

  @Override
  public void learn() {
    pools.renewSlotCache();
  }

  @Override
  public void learnFrom(Connection connection) {
    pools.renewSlotCache(connection);
  }

  @Override
  public void dropIdle() {
    pools.getNodes().values().forEach(ConnectionPool::clear);
  }
}
