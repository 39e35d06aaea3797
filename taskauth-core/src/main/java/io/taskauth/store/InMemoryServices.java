package io.taskauth.store;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.service.ServiceSecret;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class InMemoryServices implements ServiceAccountStore {
  private final InMemoryTables tables;
  private final LocalChangeFeed feed;

  InMemoryServices(InMemoryTables tables, LocalChangeFeed feed) {
    this.tables = tables;
    this.feed = feed;
  }

  @Override
  public Creation create(ServiceAccount account, int atMost) {
    return tables.atomically(
        () -> {
          if (tables.services.values().stream().anyMatch(a -> a.name().equals(account.name()))) {
            return Creation.NAME_TAKEN;
          }
          if (tables.services.size() >= atMost) {
            return Creation.TOO_MANY;
          }
          tables.services.put(account.id(), account);
          return Creation.CREATED;
        });
  }

  @Override
  public Optional<ServiceAccount> find(UUID id) {
    return tables.atomically(() -> Optional.ofNullable(tables.services.get(id)));
  }

  @Override
  public List<ServiceAccount> all() {
    return tables.atomically(
        () ->
            tables.services.values().stream()
                .sorted(Comparator.comparing(account -> account.name().value()))
                .toList());
  }

  @Override
  public Rotation rotate(UUID id, TokenId current, ServiceSecret next, Instant overlapEnd) {
    Rotation done =
        tables.atomically(
            () -> {
              ServiceAccount account = tables.services.get(id);
              if (account == null) {
                return Rotation.NOT_FOUND;
              }
              if (!account.secret().id().equals(current)) {
                return Rotation.ANOTHER_TOKEN;
              }
              tables.services.put(id, account.rotated(next, overlapEnd));
              return Rotation.ROTATED;
            });
    if (done == Rotation.ROTATED) {
      feed.publish(new Change.OfService(id));
    }
    return done;
  }

  @Override
  public boolean delete(UUID id) {
    boolean there = tables.atomically(() -> tables.services.remove(id) != null);
    if (there) {
      feed.publish(new Change.OfService(id));
    }
    return there;
  }

  @Override
  public void used(Map<UUID, TokenUse> uses) {
    tables.atomically(
        () -> {
          uses.forEach(this::used);
          return uses.size();
        });
  }

  private void used(UUID id, TokenUse use) {
    ServiceAccount account = tables.services.get(id);
    if (account != null && isLater(use, account)) {
      tables.services.put(id, account.used(use));
    }
  }

  private static boolean isLater(TokenUse use, ServiceAccount account) {
    TokenUse known = account.lastUse();
    return known == null || use.at().isAfter(known.at());
  }
}
