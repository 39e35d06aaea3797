package io.taskauth.server.task.settings;

import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.SettingStore;
import io.taskauth.store.SettingStore.Setting;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Settings of the store that this node knows by heart. What another node writes is noticed through
 * the change feed and read by the next {@link #refresh}; what this node writes is known at once.
 * Threads may share it.
 */
public final class LiveSettings implements AutoCloseable {
  private static final Setting NEVER_WRITTEN = new Setting(0, "{}");

  private final SettingStore store;
  private final ChangeFeed feed;
  private final Set<String> names;
  private final Map<String, Setting> known = new ConcurrentHashMap<>();
  private final Set<String> stale = ConcurrentHashMap.newKeySet();
  private final Runnable unsubscribe;

  /**
   * @param names those that are kept in memory, and no others
   */
  public LiveSettings(SettingStore store, ChangeFeed feed, Collection<String> names) {
    this.store = store;
    this.feed = feed;
    this.names = Set.copyOf(names);
    this.stale.addAll(names);
    this.unsubscribe = feed.subscribe(this::heard);
  }

  /** On the feed's thread, which must not ask the store. */
  private void heard(Change change) {
    if (change instanceof Change.OfSetting written && names.contains(written.name())) {
      stale.add(written.name());
    } else if (change instanceof Change.Missed) {
      stale.addAll(names);
    }
  }

  /**
   * Reads what has changed; everything, where the feed cannot say what that is.
   *
   * @throws io.taskauth.store.AuthStoreException where the store is out; what is left is read then
   */
  public void refresh() {
    for (String name : feed.isCurrent() ? Set.copyOf(stale) : names) {
      // First, so that what is written while it is read is read again.
      stale.remove(name);
      try {
        Setting unused = read(name);
      } catch (RuntimeException e) {
        stale.add(name);
        throw e;
      }
    }
  }

  /** As this node knows it; version 0 where it was never written. */
  public Setting current(String name) {
    return known.getOrDefault(name, NEVER_WRITTEN);
  }

  /** As it is in the store. */
  public Setting read(String name) {
    return remember(name, store.get(name).orElse(NEVER_WRITTEN));
  }

  /**
   * Writes it if it is still the version that was read.
   *
   * @return as it is now; empty where somebody else was faster
   */
  public Optional<Setting> write(String name, String document, long expectedVersion) {
    return store
        .put(name, document, expectedVersion)
        .map(version -> remember(name, new Setting(version, document)));
  }

  /** Two threads may come back from the store in another order than they went. */
  private Setting remember(String name, Setting read) {
    return known.merge(
        name, read, (before, now) -> now.version() >= before.version() ? now : before);
  }

  @Override
  public void close() {
    unsubscribe.run();
  }
}
