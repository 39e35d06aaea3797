package io.taskauth.store.redis;

import java.time.Duration;
import java.util.Objects;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * The connections of a store.
 *
 * @param provider what they come out of
 * @param config how to make one more
 * @param where for messages
 * @param owned whether they end with the store
 */
record Connecting(
    ConnectionProvider provider, JedisClientConfig config, String where, boolean owned) {
  private static final int MAX_CONNECTIONS = 16;

  /**
   * Those that a URL asks for.
   *
   * @param timeout for a whole call: waiting for a connection, making it, and waiting for the
   *     answer
   */
  static Connecting to(RedisUrl url, Duration timeout) {
    JedisClientConfig config =
        basics(url, timeout)
            .user(url.user())
            .password(url.password())
            .database(url.database())
            .build();
    return new Connecting(provider(url, timeout, config), config, url.toString(), true);
  }

  private static ConnectionProvider provider(
      RedisUrl url, Duration timeout, JedisClientConfig config) {
    return switch (url.kind()) {
      case SERVER ->
          new PooledConnectionProvider(url.hosts().iterator().next(), config, pool(timeout));
      case SENTINEL ->
          new SentineledConnectionProvider(
              Objects.requireNonNull(url.master()),
              config,
              pool(timeout),
              url.hosts(),
              basics(url, timeout).build());
      case CLUSTER -> new ClusterConnectionProvider(url.hosts(), config, pool(timeout));
    };
  }

  Servers servers() {
    if (provider instanceof PooledConnectionProvider pool) {
      return OneMaster.at(pool, config);
    }
    if (provider instanceof SentineledConnectionProvider sentinels) {
      return OneMaster.behind(sentinels, config);
    }
    if (provider instanceof ClusterConnectionProvider cluster) {
      return new ClusterMasters(cluster, config);
    }
    throw new IllegalArgumentException(
        "connections come from a PooledConnectionProvider, a SentineledConnectionProvider or a"
            + " ClusterConnectionProvider, not from a "
            + provider.getClass().getSimpleName());
  }

  void close() {
    if (owned) {
      Quietly.close(provider);
    }
  }

  /** Without the login, which is that of the servers and not of the sentinels. */
  private static DefaultJedisClientConfig.Builder basics(RedisUrl url, Duration timeout) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .protocol(RedisProtocol.RESP2)
            .connectionTimeoutMillis(part(timeout, 4))
            .socketTimeoutMillis(part(timeout, 2))
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    // The chain and the name of the certificate are checked, which plain ssl(true) leaves out.
    return url.tls()
        ? config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build())
        : config;
  }

  private static int part(Duration timeout, int divisor) {
    return (int) Math.max(1, timeout.dividedBy(divisor).toMillis());
  }

  private static ConnectionPoolConfig pool(Duration timeout) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(MAX_CONNECTIONS);
    pool.setMaxIdle(MAX_CONNECTIONS);
    pool.setMaxWait(timeout.dividedBy(4));
    return pool;
  }
}
