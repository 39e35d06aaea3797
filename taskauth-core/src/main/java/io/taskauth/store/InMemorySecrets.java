package io.taskauth.store;

import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

final class InMemorySecrets implements OneTimeSecretStore {
  private final InMemoryTables tables;

  InMemorySecrets(InMemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public void put(OneTimeSecret secret) {
    tables.atomically(() -> tables.secrets.put(secret.hash(), secret));
  }

  @Override
  public void replace(OneTimeSecret secret) {
    UUID user = Objects.requireNonNull(secret.userId());
    tables.atomically(
        () -> {
          tables
              .secrets
              .values()
              .removeIf(s -> user.equals(s.userId()) && s.purpose().equals(secret.purpose()));
          return tables.secrets.put(secret.hash(), secret);
        });
  }

  @Override
  public Optional<OneTimeSecret> find(String hash, String purpose, Instant now) {
    return tables.atomically(() -> good(hash, purpose, now));
  }

  @Override
  public Optional<OneTimeSecret> take(String hash, String purpose, Instant now) {
    return tables.atomically(
        () -> {
          Optional<OneTimeSecret> secret = good(hash, purpose, now);
          secret.ifPresent(taken -> tables.secrets.remove(taken.hash()));
          return secret;
        });
  }

  private Optional<OneTimeSecret> good(String hash, String purpose, Instant now) {
    return Optional.ofNullable(tables.secrets.get(hash))
        .filter(secret -> secret.purpose().equals(purpose) && secret.expiresAt().isAfter(now));
  }

  @Override
  public int sweep(Instant now, int limit) {
    return tables.atomically(
        () -> {
          List<String> past =
              tables.secrets.values().stream()
                  .filter(s -> !s.expiresAt().isAfter(now))
                  .limit(limit)
                  .map(OneTimeSecret::hash)
                  .toList();
          past.forEach(tables.secrets::remove);
          return past.size();
        });
  }
}
