package io.taskauth.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/**
 * One real server for all tests of this JVM, or the one that {@code TASKAUTH_TEST_REDIS_URL} names.
 */
final class TestRedis {
  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static @Nullable String url;

  private TestRedis() {}

  static synchronized String url() {
    if (url == null) {
      String given = System.getenv("TASKAUTH_TEST_REDIS_URL");
      url = given == null || given.isBlank() ? "redis://127.0.0.1:" + start() : given;
    }
    return url;
  }

  /** A look behind the store's back. */
  static Jedis jedis() {
    return new Jedis(URI.create(url()));
  }

  private static int start() {
    int port = freePort();
    RedisServer unused = start(port);
    return port;
  }

  /** Ends with the JVM at the latest. */
  static RedisServer start(int port, String... settings) {
    try {
      var builder =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("daemonize no")
              .setting(
                  "dir "
                      + Files.createTempDirectory(
                              Files.createDirectories(Path.of("target")), "redis-" + port + "-")
                          .toAbsolutePath())
              .setting("save 3600 1")
              .setting("appendonly no");
      for (String setting : settings) {
        builder.setting(setting);
      }
      RedisServer server = builder.build();
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void stop(RedisServer server) {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that no other test has, nor another run on the same server. */
  static String freshPrefix() {
    return "test-" + ProcessHandle.current().pid() + "-" + PREFIXES.incrementAndGet();
  }

  /** A store with nothing in it. */
  static RedisAuthStore freshStore() {
    return RedisAuthStore.builder(url()).keyPrefix(freshPrefix()).open();
  }
}
