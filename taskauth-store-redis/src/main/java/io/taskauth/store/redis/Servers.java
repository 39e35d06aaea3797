package io.taskauth.store.redis;

import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

/** Which servers there are, and connections to them. Threads share it. */
sealed interface Servers permits OneMaster, ClusterMasters {
  /** The server that has the key of this command, as far as is known. */
  HostAndPort serverOf(CommandArguments command);

  /** A connection out of the pool; closing it gives it back. */
  Connection connection(HostAndPort server);

  /** The servers that changes are made on, as far as is known. */
  Set<HostAndPort> masters();

  /** A connection of one's own, for a subscription. */
  Connection subscriber(HostAndPort master);

  /** Asks who the masters are. */
  void learn();

  /** Asks the server that has just said that a key is elsewhere. */
  void learnFrom(Connection connection);

  /** Closes the connections that nobody uses: one of them was found dead, so others may be. */
  void dropIdle();
}
