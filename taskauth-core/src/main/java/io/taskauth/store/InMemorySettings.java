package io.taskauth.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

final class InMemorySettings implements SettingStore {
  private final Map<String, Setting> settings = new ConcurrentHashMap<>();
  private final LocalChangeFeed feed;

  InMemorySettings(LocalChangeFeed feed) {
    this.feed = feed;
  }

  @Override
  public Optional<Setting> get(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  @Override
  public Optional<Long> put(String name, String document, long expectedVersion) {
    Setting next = new Setting(expectedVersion + 1, document);
    AtomicBoolean written = new AtomicBoolean();
    settings.compute(
        name,
        (same, before) -> {
          written.set((before == null ? 0 : before.version()) == expectedVersion);
          return written.get() ? next : before;
        });
    if (!written.get()) {
      return Optional.empty();
    }
    feed.publish(new Change.OfSetting(name));
    return Optional.of(next.version());
  }
}
