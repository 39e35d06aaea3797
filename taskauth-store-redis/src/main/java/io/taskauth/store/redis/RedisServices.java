package io.taskauth.store.redis;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.service.ServiceSecret;
import io.taskauth.store.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/** The service accounts, all in one slot: a step can count them, and a list is one round trip. */
final class RedisServices implements ServiceAccountStore {
  private final Redis redis;
  private final Keys keys;
  private final Changes changes;

  RedisServices(Redis redis, Keys keys, Changes changes) {
    this.redis = redis;
    this.keys = keys;
    this.changes = changes;
  }

  @Override
  public Creation create(ServiceAccount account, int atMost) {
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments, account.name().value(), account.id().toString(), String.valueOf(atMost));
    arguments.addAll(ServiceRow.fields(account));
    Object answer =
        redis.run(
            "make a service account", Step.of(Script.CREATE_SERVICE, keys.services(), arguments));
    return Creation.valueOf(Replies.text(answer));
  }

  @Override
  public Optional<ServiceAccount> find(UUID id) {
    Step step = Step.of(Protocol.Command.HGETALL, keys.service(id));
    Fields row = Replies.fields(redis.run("find a service account", step));
    return row.isEmpty() ? Optional.empty() : Optional.of(ServiceRow.account(id, row));
  }

  @Override
  public List<ServiceAccount> all() {
    return Replies.list(redis.run("list service accounts", Script.LIST_SERVICES, keys.services()))
        .stream()
        .map(Replies::list)
        .map(
            row ->
                ServiceRow.account(
                    UUID.fromString(Replies.text(row.get(0))), Replies.fields(row.get(1))))
        .sorted(Comparator.comparing(account -> account.name().value()))
        .toList();
  }

  @Override
  public Rotation rotate(UUID id, TokenId current, ServiceSecret next, Instant overlapEnd) {
    String origin = changes.origin();
    Object answer =
        redis.run(
            "replace a service account's token",
            Script.ROTATE_SERVICE,
            keys.services(),
            keys.channel(),
            origin,
            id.toString(),
            current.value(),
            Fields.millis(overlapEnd),
            next.id().value(),
            next.hash(),
            Fields.millis(next.createdAt()));
    Rotation rotation = Rotation.valueOf(Replies.text(answer));
    if (rotation == Rotation.ROTATED) {
      changes.made(origin, new Change.OfService(id));
    }
    return rotation;
  }

  @Override
  public boolean delete(UUID id) {
    String origin = changes.origin();
    Object deleted =
        redis.run(
            "delete a service account",
            Script.DELETE_SERVICE,
            keys.services(),
            keys.channel(),
            origin,
            id.toString());
    if (Replies.number(deleted) == 0) {
      return false;
    }
    changes.made(origin, new Change.OfService(id));
    return true;
  }

  @Override
  public void used(Map<UUID, TokenUse> uses) {
    if (uses.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>();
    uses.forEach(
        (id, use) ->
            Collections.addAll(
                arguments,
                id.toString(),
                Fields.millis(use.at()),
                Objects.requireNonNullElse(use.ip(), "")));
    @Nullable Object unused =
        redis.run(
            "note when service accounts were used",
            Step.of(Script.NOTE_SERVICES, keys.services(), arguments));
  }
}
