package io.taskauth.webhook;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.SettingStore;
import io.taskauth.store.SettingStore.Setting;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a store, all in one document: there are few of them, each event asks for
 * all, and a change that races another is made again on what that one left. They are remembered
 * until the change feed says that they were written. Threads may share it.
 */
final class Subscriptions implements AutoCloseable {
  private static final String NAME = "webhooks";
  private static final int TRIES = 50;

  /** What was read, and how often somebody had said by then that it was written. */
  private record Known(long writes, List<Subscription> all) {}

  private final SettingStore settings;
  private final ChangeFeed feed;
  private final Runnable unsubscribe;
  private final AtomicLong writes = new AtomicLong();
  private volatile @Nullable Known known;

  Subscriptions(SettingStore settings, ChangeFeed feed) {
    this.settings = settings;
    this.feed = feed;
    this.unsubscribe = feed.subscribe(this::hear);
  }

  private void hear(Change change) {
    if (change instanceof Change.Missed
        || (change instanceof Change.OfSetting of && of.name().equals(NAME))) {
      writes.incrementAndGet();
    }
  }

  List<Subscription> all() {
    Known remembered = known;
    if (remembered != null && feed.isCurrent() && remembered.writes() == writes.get()) {
      return remembered.all();
    }
    // Before the store is asked: what is written meanwhile makes the answer an old one.
    long before = writes.get();
    List<Subscription> all = read(settings.get(NAME));
    known = new Known(before, all);
    return all;
  }

  Optional<Subscription> find(UUID id) {
    return all().stream().filter(one -> one.webhook().id().equals(id)).findFirst();
  }

  /**
   * Makes another list out of the present one, as often as somebody else is faster.
   *
   * @param change empty where nothing is to be written
   * @return whether anything was
   */
  boolean change(Function<List<Subscription>, Optional<List<Subscription>>> change) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Setting> before = settings.get(NAME);
      Optional<List<Subscription>> after = change.apply(read(before));
      if (after.isEmpty()) {
        return false;
      }
      long version = before.map(Setting::version).orElse(0L);
      if (settings.put(NAME, SubscriptionJson.write(after.get()), version).isPresent()) {
        return true;
      }
    }
    throw new AuthStoreException("too many change the webhooks at once; try again", null);
  }

  private static List<Subscription> read(Optional<Setting> setting) {
    return setting.map(Setting::document).map(SubscriptionJson::read).orElseGet(List::of);
  }

  @Override
  public void close() {
    unsubscribe.run();
  }
}
