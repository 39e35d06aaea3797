package io.taskauth.store.redis;

import io.taskauth.store.AuthStoreException;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** What went wrong, in words that help, and without what was sent. */
final class Failures {
  private Failures() {}

  /**
   * @param what continues "Redis could not"
   */
  static AuthStoreException of(String what, JedisException failure) {
    if (failure.getCause() instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new AuthStoreException("Redis could not " + what + ": " + why(failure), failure);
  }

  private static String why(JedisException failure) {
    if (failure instanceof JedisAccessControlException) {
      return "the server refuses this user ("
          + code(failure)
          + "); check the user and password of the connection, and its ACL";
    }
    if (failure instanceof JedisClusterOperationException) {
      return "the cluster has no server for it that answers; check the addresses, and its state";
    }
    if (failure instanceof JedisRedirectionException) {
      return "the cluster is moving its slot to another server; try again in a moment";
    }
    if (failure instanceof JedisDataException) {
      return "the server answered with " + code(failure);
    }
    if (failure instanceof JedisConnectionException) {
      return "the server cannot be reached or gave no answer; check that it runs, and its address";
    }
    return "no connection to use; the server is out of reach, or slower than what is asked of it";
  }

  /** The first word: the rest may repeat parts of the command. */
  private static String code(JedisException failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf(' ');
    return end < 0 ? message : message.substring(0, end);
  }
}
