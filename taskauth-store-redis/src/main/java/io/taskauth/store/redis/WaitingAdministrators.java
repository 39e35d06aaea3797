package io.taskauth.store.redis;

import io.taskauth.user.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/**
 * Accounts that have no way to sign in yet, because nobody has chosen a password for them. Their
 * slot learns of a first password before the slot of all accounts does, so a process that dies in
 * between leaves an administrator who does not count: that is the safe side, and mended here.
 */
final class WaitingAdministrators {
  private final Redis redis;
  private final Keys keys;

  WaitingAdministrators(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** Notes that an account can sign in from now on. */
  void noLonger(UUID id) {
    Step step = Step.of(Protocol.Command.SREM, waiting(), id.toString());
    Object unused = redis.run("note a first password", step);
  }

  /**
   * Looks whether those who do not count still have no password.
   *
   * @return whether one of them counts now
   */
  boolean lookAgain(Role administrator) {
    Step both =
        Step.of(
            Protocol.Command.SINTER, waiting(), keys.accounts() + ":role:" + administrator.name());
    List<UUID> ids =
        Replies.texts(redis.run("read administrators", both)).stream()
            .map(UUID::fromString)
            .toList();
    List<Step> steps =
        ids.stream().map(id -> Step.of(Protocol.Command.HGET, keys.user(id), "hash")).toList();
    List<@Nullable Object> hashes = redis.runAll("read administrators", steps);
    List<UUID> ready = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (hashes.get(i) != null) {
        ready.add(ids.get(i));
      }
    }
    ready.forEach(this::noLonger);
    return !ready.isEmpty();
  }

  private String waiting() {
    return keys.accounts() + ":waiting";
  }
}
