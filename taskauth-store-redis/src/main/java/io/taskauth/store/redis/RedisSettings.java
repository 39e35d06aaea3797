package io.taskauth.store.redis;

import io.taskauth.store.Change;
import io.taskauth.store.SettingStore;
import java.util.Optional;
import redis.clients.jedis.Protocol;

/** The settings, each in a slot of its own. */
final class RedisSettings implements SettingStore {
  private final Redis redis;
  private final Keys keys;
  private final Changes changes;

  RedisSettings(Redis redis, Keys keys, Changes changes) {
    this.redis = redis;
    this.keys = keys;
    this.changes = changes;
  }

  @Override
  public Optional<Setting> get(String name) {
    Step step = Step.of(Protocol.Command.HGETALL, keys.setting(name));
    Fields row = Replies.fields(redis.run("read a setting", step));
    return row.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Setting(Long.parseLong(row.required("version")), row.required("document")));
  }

  @Override
  public Optional<Long> put(String name, String document, long expectedVersion) {
    String origin = changes.origin();
    Object version =
        redis.run(
            "write a setting",
            Script.PUT_SETTING,
            keys.setting(name),
            keys.channel(),
            origin,
            name,
            String.valueOf(expectedVersion),
            document);
    if (version == null) {
      return Optional.empty();
    }
    changes.made(origin, new Change.OfSetting(name));
    return Optional.of(Replies.number(version));
  }
}
