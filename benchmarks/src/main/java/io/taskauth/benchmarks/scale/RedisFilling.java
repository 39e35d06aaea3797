package io.taskauth.benchmarks.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.session.Session;
import io.taskauth.user.NewUser;
import io.taskauth.user.User;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import redis.clients.jedis.Jedis;

/**
 * By scripts that write the keys of a {@code RedisAuthStore}, which {@link ScaleBenchmark} reads
 * back through the store before it measures anything.
 */
final class RedisFilling implements Filling {
  private static final int BUCKETS = 16;

  /** Lua takes some thousand arguments at once. */
  private static final int PER_SCRIPT = 200;

  private final Jedis jedis;
  private final String prefix;
  private final String userScript = script("fill_users.lua");
  private final String sessionScript = script("fill_sessions.lua");

  RedisFilling(String url, String prefix) {
    this.jedis = new Jedis(URI.create(url), 60_000);
    this.prefix = prefix;
  }

  @Override
  public void users(List<NewUser> users) {
    List<String> words = new ArrayList<>();
    for (NewUser each : users) {
      User user = each.user();
      Collections.addAll(
          words,
          user.id().toString(),
          user.username().value(),
          user.email() == null ? "" : user.email().value(),
          user.role().name(),
          String.valueOf(user.createdAt().toEpochMilli()),
          user.origin().value());
    }
    run(userScript, words, 6);
  }

  @Override
  public void sessions(List<Session> sessions) {
    List<String> words = new ArrayList<>();
    for (Session session : sessions) {
      String id = session.id().value();
      Collections.addAll(
          words,
          id,
          session.userId().toString(),
          String.valueOf(Math.floorMod(id.hashCode(), BUCKETS)),
          String.valueOf(session.createdAt().toEpochMilli()),
          String.valueOf(session.expiresAt().toEpochMilli()),
          String.valueOf(session.ip()),
          String.valueOf(session.userAgent()));
    }
    run(sessionScript, words, 7);
  }

  private void run(String script, List<String> words, int perRow) {
    int step = perRow * PER_SCRIPT;
    for (int from = 0; from < words.size(); from += step) {
      List<String> part = words.subList(from, Math.min(words.size(), from + step));
      Object unused = jedis.eval(script, List.of(prefix), part);
    }
  }

  private static String script(String name) {
    try (InputStream in =
        Objects.requireNonNull(RedisFilling.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    jedis.close();
  }
}
