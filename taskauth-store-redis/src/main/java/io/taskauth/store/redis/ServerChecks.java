package io.taskauth.store.redis;

import io.taskauth.store.AuthStoreException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Whether the servers can be what accounts are kept in. */
final class ServerChecks {
  private static final Logger log = LoggerFactory.getLogger(ServerChecks.class);
  private static final int MAJOR = 6;
  private static final int MINOR = 2;

  private ServerChecks() {}

  /**
   * @throws AuthStoreException where a server is too old
   */
  static void run(Servers servers) {
    try {
      servers.masters().forEach(master -> check(servers, master));
    } catch (JedisException e) {
      throw Failures.of("be asked for its version", e);
    }
  }

  private static void check(Servers servers, HostAndPort master) {
    try (Connection connection = servers.connection(master)) {
      Map<String, String> info = info(connection);
      checkVersion(info, master);
      warnOfEviction(info, master);
      warnOfMissingPersistence(connection, info, master);
    }
  }

  private static Map<String, String> info(Connection connection) {
    try {
      String text = Replies.text(connection.executeCommand(Protocol.Command.INFO));
      return text.lines()
          .map(line -> line.split(":", 2))
          .filter(pair -> pair.length == 2)
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, same) -> one));
    } catch (JedisConnectionException e) {
      throw e;
    } catch (JedisDataException e) {
      log.debug("the server does not let this user read INFO; nothing is checked", e);
      return Map.of();
    }
  }

  private static void checkVersion(Map<String, String> info, HostAndPort master) {
    String version = info.get("redis_version");
    if (version != null && isTooOld(version)) {
      throw new AuthStoreException(
          "the server at "
              + master
              + " is Redis "
              + version
              + "; taskauth needs Redis "
              + MAJOR
              + "."
              + MINOR
              + " or later, or Valkey: upgrade it",
          null);
    }
  }

  /** Valkey says which version of Redis it is compatible with. */
  static boolean isTooOld(String version) {
    String[] parts = version.split("[.-]", 3);
    try {
      int major = Integer.parseInt(parts[0]);
      int minor = parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
      return major < MAJOR || (major == MAJOR && minor < MINOR);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void warnOfEviction(Map<String, String> info, HostAndPort master) {
    String policy = info.getOrDefault("maxmemory_policy", "noeviction");
    if (policy.startsWith("allkeys-")) {
      log.warn(
          "Redis at {} has maxmemory-policy {}: when its memory is full it throws accounts away."
              + " Use noeviction, or a server of its own",
          master,
          policy);
    }
  }

  private static void warnOfMissingPersistence(
      Connection connection, Map<String, String> info, HostAndPort master) {
    if (!"0".equals(info.get("aof_enabled"))) {
      return;
    }
    try {
      List<String> save =
          Replies.texts(
              connection.executeCommand(
                  new redis.clients.jedis.CommandArguments(Protocol.Command.CONFIG)
                      .add("GET")
                      .add("save")));
      if (save.size() > 1 && save.get(1).isBlank()) {
        log.warn(
            "Redis at {} saves nothing to disk: a restart loses every account. Set appendonly yes",
            master);
      } else {
        log.warn(
            "Redis at {} saves snapshots only: a crash brings back what was revoked since the last"
                + " one. Set appendonly yes",
            master);
      }
    } catch (JedisConnectionException e) {
      throw e;
    } catch (JedisDataException e) {
      log.info(
          "Redis at {} has appendonly no, and does not say whether it saves snapshots: what was"
              + " changed last may be lost with the server",
          master);
    }
  }
}
