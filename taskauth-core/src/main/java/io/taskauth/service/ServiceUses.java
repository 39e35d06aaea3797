package io.taskauth.service;

import io.taskauth.accesstoken.TokenUse;
import io.taskauth.internal.Slices;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers when service accounts are used, and writes it down later. Threads may share it. */
final class ServiceUses {
  private static final Duration RESOLUTION = Duration.ofMinutes(1);

  private final ServiceAccountStore store;
  private final Map<UUID, TokenUse> unwritten = new ConcurrentHashMap<>();
  private final Map<UUID, TokenUse> noted = new ConcurrentHashMap<>();

  ServiceUses(ServiceAccountStore store) {
    this.store = store;
  }

  /** Notes a use; costs no round trip. */
  void note(UUID account, @Nullable String ip, Instant now) {
    TokenUse last = noted.get(account);
    if (last != null && now.toEpochMilli() - last.at().toEpochMilli() < RESOLUTION.toMillis()) {
      return;
    }
    TokenUse use = new TokenUse(now, ip);
    noted.put(account, use);
    unwritten.put(account, use);
  }

  /** The account with its last use, as far as this process knows. */
  ServiceAccount withLastUse(ServiceAccount account) {
    return Optional.ofNullable(noted.get(account.id()))
        .filter(use -> account.lastUse() == null || use.at().isAfter(account.lastUse().at()))
        .map(account::used)
        .orElse(account);
  }

  /** It is gone, and what was noted of it too. */
  void forget(UUID account) {
    noted.remove(account);
    unwritten.remove(account);
  }

  void flush() {
    Slices.of(
        unwritten,
        slice -> {
          store.used(slice);
          slice.forEach(unwritten::remove);
        });
  }
}
