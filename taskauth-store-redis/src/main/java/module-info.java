/**
 * Redis or Valkey as the store of any number of nodes: one server, Sentinel or Cluster. See {@link
 * io.taskauth.store.redis.RedisAuthStore}.
 */
// The automatic modules have names in the manifests of their jars, which last.
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.taskauth.store.redis {
  requires transitive io.taskauth;
  requires org.slf4j;
  requires transitive redis.clients.jedis;
  requires org.apache.commons.pool2; // Jedis needs it, but cannot say so: it is an automatic module

  exports io.taskauth.store.redis;
}
