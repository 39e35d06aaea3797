package io.taskauth.store.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.store.AuthStoreException;
import java.util.function.Consumer;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Connections of a process that dies, or is overtaken, after so many more commands. */
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
  private volatile Runnable meanwhile = () -> {};

  Mortal() {
    super(URL.hosts().iterator().next(), CONFIG);
  }

  JedisClientConfig config() {
    return CONFIG;
  }

  void diesAfter(int commands) {
    meetsAfter(
        commands,
        () -> {
          left = 0;
          throw new JedisConnectionException("this process is dead");
        });
  }

  /** After so many more commands, and before the next one, somebody else does this. */
  void meetsAfter(int commands, Runnable event) {
    meanwhile = event;
    left = commands;
  }

  /** Does it in a process that dies after so many commands. */
  static void dying(String prefix, int commands, Consumer<RedisAuthStore> verb) {
    try (Mortal mortal = new Mortal();
        RedisAuthStore process =
            RedisAuthStore.builder(mortal, mortal.config()).keyPrefix(prefix).open()) {
      mortal.diesAfter(commands);
      assertThatThrownBy(() -> verb.accept(process)).isInstanceOf(AuthStoreException.class);
    }
  }

  @Override
  public Connection getConnection() {
    if (left == 0) {
      left = Integer.MAX_VALUE;
      meanwhile.run();
    }
    left--;
    return super.getConnection();
  }

  @Override
  public Connection getConnection(CommandArguments args) {
    return getConnection();
  }
}
