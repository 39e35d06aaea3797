package io.taskauth.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.taskauth.benchmarks.Stores;
import java.net.URI;
import java.util.Map;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Six commands, one after the other: HGETALL before the request, five after it. */
final class RedisSessionImitation extends SessionLibraryImitation {
  private static final long LIFE = 1800;
  private static final byte[] ATTRIBUTE_NAME = "sessionAttr:CONTEXT".getBytes(US_ASCII);

  private final String prefix = Stores.freshName() + ":";
  private final RedisClient redis;

  RedisSessionImitation(String url) {
    URI server = URI.create(url);
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    // As many as a RedisAuthStore has.
    pool.setMaxTotal(16);
    pool.setMaxIdle(16);
    redis =
        RedisClient.builder()
            .hostAndPort(server.getHost(), server.getPort())
            .poolConfig(pool)
            .build();
  }

  private byte[] key(String id) {
    return (prefix + "sessions:" + id).getBytes(US_ASCII);
  }

  @Override
  void create(String id) {
    redis.hset(key(id), Map.of(ATTRIBUTE_NAME, ATTRIBUTE));
    touch(id);
  }

  @Override
  boolean read(String id) {
    return redis.hgetAll(key(id)).size() == 2;
  }

  @Override
  void touch(String id) {
    byte[] key = key(id);
    long now = System.currentTimeMillis();
    String minute = prefix + "expirations:" + (now / 60_000 + LIFE / 60);
    redis.hset(key, "lastAccessedTime".getBytes(US_ASCII), Long.toString(now).getBytes(US_ASCII));
    redis.sadd(minute, id);
    redis.expire(minute, LIFE + 300);
    redis.set(prefix + "expires:" + id, "", SetParams.setParams().ex(LIFE));
    redis.expire(key, LIFE + 300);
  }

  @Override
  public void close() {
    redis.close();
  }
}
