package io.taskauth.store.redis;

import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.ticket.OneTimeSecretStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/**
 * Single-use secrets, in the slots of their owners, so that they end in the step that ends the
 * session or the account. Who holds a secret knows its hash only: {@link Endings} knows the owner.
 */
final class RedisSecrets implements OneTimeSecretStore {
  private final Redis redis;
  private final Keys keys;
  private final Endings secrets;
  private final Endings sessions;

  RedisSecrets(Redis redis, Keys keys, Endings secrets, Endings sessions) {
    this.redis = redis;
    this.keys = keys;
    this.secrets = secrets;
    this.sessions = sessions;
  }

  @Override
  public void put(OneTimeSecret secret) {
    put(secret, "");
  }

  @Override
  public void replace(OneTimeSecret secret) {
    Objects.requireNonNull(secret.userId());
    put(secret, secret.purpose());
  }

  private void put(OneTimeSecret secret, String replaced) {
    String owner = owner(secret);
    if (owner == null) {
      // It belongs to a session that is gone, and would have ended with it.
      return;
    }
    secrets.note(secret.hash(), secret.expiresAt(), owner);
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments,
        secret.hash(),
        Objects.requireNonNullElse(secret.sessionId(), ""),
        replaced,
        Fields.millis(secret.expiresAt()));
    arguments.addAll(fields(secret));
    Object unused =
        redis.run(
            "keep a secret", Step.of(Script.PUT_SECRET, place(owner, secret.hash()), arguments));
  }

  /** The id of the account that it ends with, empty for nobody's, null where that is gone. */
  private @Nullable String owner(OneTimeSecret secret) {
    UUID user = secret.userId();
    String session = secret.sessionId();
    if (user != null) {
      return user.toString();
    }
    return session == null ? "" : sessions.owner(session);
  }

  private static List<String> fields(OneTimeSecret secret) {
    UUID user = secret.userId();
    return Fields.none()
        .with("purpose", secret.purpose())
        .with("user", user == null ? null : user.toString())
        .with("session", secret.sessionId())
        .with("payload", secret.payload())
        .with("expires", secret.expiresAt())
        .set();
  }

  /** Where a secret of that owner is. */
  private String place(String owner, String hash) {
    return owner.isEmpty() ? keys.bucketOf("secrets", hash) : keys.account(owner);
  }

  @Override
  public Optional<OneTimeSecret> find(String hash, String purpose, Instant now) {
    String owner = secrets.owner(hash);
    if (owner == null) {
      return Optional.empty();
    }
    Step step = Step.of(Protocol.Command.HGETALL, place(owner, hash) + ":secret:" + hash);
    return secret(hash, redis.run("find a secret", step))
        .filter(found -> found.purpose().equals(purpose) && found.expiresAt().isAfter(now));
  }

  @Override
  public Optional<OneTimeSecret> take(String hash, String purpose, Instant now) {
    String owner = secrets.owner(hash);
    if (owner == null) {
      return Optional.empty();
    }
    return secret(
        hash,
        redis.run(
            "take a secret",
            Script.TAKE_SECRET,
            place(owner, hash),
            hash,
            purpose,
            Fields.millis(now)));
  }

  private static Optional<OneTimeSecret> secret(String hash, @Nullable Object reply) {
    Fields row = Replies.fields(reply);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    String user = row.text("user");
    return Optional.of(
        new OneTimeSecret(
            hash,
            row.required("purpose"),
            user == null ? null : UUID.fromString(user),
            row.text("session"),
            row.required("payload"),
            row.instant("expires")));
  }

  @Override
  public int sweep(Instant now, int limit) {
    return secrets.sweep(
        now,
        limit,
        (ended, when) ->
            Step.of(
                Script.SWEEP_SECRET,
                place(ended.owner(), ended.id()),
                ended.id(),
                Fields.millis(when)));
  }
}
