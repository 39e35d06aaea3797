package io.taskauth.store.redis;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;

/**
 * Publishes what a node wants to hear from itself, in a step that writes, as changes do: a server
 * that was the master once still answers pings, but refuses this. On a connection of its own, so
 * that a busy pool does not look like a silent server. For one thread.
 */
final class Prover implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Prover.class);

  private final Connection connection;
  private final String key;
  private final String channel;

  Prover(Connection connection, String key, String channel) {
    this.connection = connection;
    this.key = key;
    this.channel = channel;
  }

  /** Where it comes back. */
  String channel() {
    return channel;
  }

  /**
   * @throws redis.clients.jedis.exceptions.JedisException where it does not get through
   */
  void send(String text) {
    connection.executeCommand(Step.of(Script.PROVE, key, channel, text).wholeCommand());
  }

  @Override
  public void close() {
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      log.debug("a connection could not be closed", e);
    }
  }
}
