package io.taskauth.store.redis;

import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisException;

/** Opens a {@link RedisAuthStore} that is not as usual. Each method gives the builder back. */
public final class RedisAuthStoreBuilder {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Duration SHORTEST = Duration.ofMillis(40);

  private final Function<Duration, Connecting> connections;
  private String keyPrefix = "taskauth";
  private Duration timeout = Duration.ofSeconds(2);

  RedisAuthStoreBuilder(Function<Duration, Connecting> connections) {
    this.connections = connections;
  }

  /** What all keys begin with, so that several stores share a server; {@code taskauth} if unset. */
  public RedisAuthStoreBuilder keyPrefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a key prefix is 1 to 64 letters, digits, or any of . _ : -, not '" + prefix + "'");
    }
    this.keyPrefix = prefix;
    return this;
  }

  /**
   * How long a call may take in all; then it fails with an {@link AuthStoreException}. Two seconds
   * if unset.
   */
  public RedisAuthStoreBuilder timeout(Duration limit) {
    if (limit.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "a timeout is " + SHORTEST.toMillis() + " ms at least, not " + limit.toMillis());
    }
    this.timeout = limit;
    return this;
  }

  /**
   * Opens the store.
   *
   * @throws AuthStoreException where no server answers
   */
  public RedisAuthStore open() {
    Connecting connecting = connect();
    try {
      RedisAuthStore store = new RedisAuthStore(connecting, new Keys(keyPrefix), timeout);
      store.start();
      return store;
    } catch (JedisException e) {
      connecting.close();
      throw Failures.of("be opened at " + connecting.where(), e);
    } catch (RuntimeException e) {
      connecting.close();
      throw e;
    }
  }

  private Connecting connect() {
    try {
      return connections.apply(timeout);
    } catch (JedisException e) {
      throw Failures.of("be opened", e);
    }
  }
}
