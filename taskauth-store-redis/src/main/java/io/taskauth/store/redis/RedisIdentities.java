package io.taskauth.store.redis;

import io.taskauth.session.ProviderLogout;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.StoredUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/** Whose identities are, in the slot of all accounts: what is said there holds. */
final class RedisIdentities implements IdentityStore {
  private final Redis redis;
  private final Keys keys;
  private final Accounts accounts;

  RedisIdentities(Redis redis, Keys keys, Accounts accounts) {
    this.redis = redis;
    this.keys = keys;
    this.accounts = accounts;
  }

  @Override
  public Optional<StoredUser> findUser(Identity identity) {
    String before = claim(identity);
    while (before != null) {
      Optional<UserRow> row = accounts.find(linked(identity, before).userId());
      String after = claim(identity);
      if (before.equals(after)) {
        return row.map(UserRow::stored);
      }
      // Unlinked in between: the epoch that was read may be the one after that, and a sign-in with
      // it would succeed.
      before = after;
    }
    return Optional.empty();
  }

  /** Whose it is and since when, as it is on record. */
  private @Nullable String claim(Identity identity) {
    Step step =
        Step.of(Protocol.Command.HGET, keys.accounts() + ":identities", identity.toString());
    return Replies.textOrNull(redis.run("find an identity", step));
  }

  private static LinkedIdentity linked(Identity identity, String claim) {
    int blank = claim.indexOf(' ');
    return new LinkedIdentity(
        identity,
        UUID.fromString(claim.substring(0, blank)),
        Instant.ofEpochMilli(Long.parseLong(claim.substring(blank + 1))));
  }

  @Override
  public List<LinkedIdentity> ofUser(UUID userId) {
    List<String> flat =
        Replies.texts(
            redis.run(
                "list identities", Script.LIST_IDENTITIES, keys.accounts(), userId.toString()));
    List<LinkedIdentity> found = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      found.add(linked(identity(flat.get(i)), flat.get(i + 1)));
    }
    return found;
  }

  /** No slot has a colon; a subject may have some. */
  private static Identity identity(String text) {
    int colon = text.indexOf(':');
    return new Identity(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public Linking link(LinkedIdentity linked) {
    Object answer =
        redis.run(
            "link an identity",
            Script.LINK_IDENTITY,
            keys.accounts(),
            linked.identity().toString(),
            linked.userId().toString(),
            Fields.millis(linked.linkedAt()));
    return Linking.valueOf(Replies.text(answer));
  }

  @Override
  public Unlinking unlink(UUID userId, Identity identity) {
    String answer = accounts.change(userId, row -> decide(row, identity)).answer();
    return answer.equals("DONE") ? Unlinking.UNLINKED : Unlinking.valueOf(answer);
  }

  private static Decision decide(UserRow row, Identity identity) {
    UUID id = row.user().id();
    List<String> conditions =
        List.of(
            id.toString(),
            String.valueOf(row.version()),
            identity.toString(),
            row.user().origin().isOauth() ? "1" : "0");
    Fields theirs =
        SessionRow.through(new ProviderLogout(identity.slot(), identity.subject(), null));
    return new Decision(
        Script.COMMIT_UNLINK, conditions, Intent.unlink(id, row.version() + 1, theirs));
  }
}
