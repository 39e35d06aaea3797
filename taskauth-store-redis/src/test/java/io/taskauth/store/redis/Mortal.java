package io.taskauth.store.redis;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Connections of a process that dies after so many more commands. */
final class Mortal extends PooledConnectionProvider {
  private static final RedisUrl URL = RedisUrl.parse(TestRedis.url());
  private static final JedisClientConfig CONFIG =
      DefaultJedisClientConfig.builder()
          .resp2()
          .user(URL.user())
          .password(URL.password())
          .database(URL.database())
          .build();

  private volatile int left = Integer.MAX_VALUE;

  Mortal() {
    super(URL.hosts().iterator().next(), CONFIG);
  }

  JedisClientConfig config() {
    return CONFIG;
  }

  void diesAfter(int commands) {
    left = commands;
  }

  @Override
  public Connection getConnection() {
    if (left <= 0) {
      throw new JedisConnectionException("this process is dead");
    }
    left--;
    return super.getConnection();
  }

  @Override
  public Connection getConnection(CommandArguments args) {
    return getConnection();
  }
}
