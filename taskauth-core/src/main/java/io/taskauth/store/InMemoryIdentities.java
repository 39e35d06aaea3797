package io.taskauth.store;

import io.taskauth.session.ProviderLogout;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.StoredUser;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class InMemoryIdentities implements IdentityStore {
  private final InMemoryTables tables;
  private final LocalChangeFeed feed;

  InMemoryIdentities(InMemoryTables tables, LocalChangeFeed feed) {
    this.tables = tables;
    this.feed = feed;
  }

  @Override
  public Optional<StoredUser> findUser(Identity identity) {
    return tables.atomically(
        () ->
            Optional.ofNullable(tables.identities.get(identity))
                .map(linked -> tables.users.get(linked.userId())));
  }

  @Override
  public List<LinkedIdentity> ofUser(UUID userId) {
    return tables.atomically(
        () ->
            tables.identities.values().stream()
                .filter(linked -> linked.userId().equals(userId))
                .toList());
  }

  @Override
  public Linking link(LinkedIdentity linked) {
    return tables.atomically(
        () -> {
          if (!tables.users.containsKey(linked.userId())) {
            return Linking.NO_USER;
          }
          return tables.identities.putIfAbsent(linked.identity(), linked) == null
              ? Linking.LINKED
              : Linking.TAKEN;
        });
  }

  @Override
  public Unlinking unlink(UUID userId, Identity identity) {
    Unlinking outcome = tables.atomically(() -> remove(userId, identity));
    if (outcome == Unlinking.UNLINKED) {
      feed.publish(new Change.OfUser(userId));
    }
    return outcome;
  }

  private Unlinking remove(UUID userId, Identity identity) {
    LinkedIdentity linked = tables.identities.get(identity);
    StoredUser row = tables.users.get(userId);
    if (linked == null || row == null || !linked.userId().equals(userId)) {
      return Unlinking.NOT_FOUND;
    }
    if (row.user().origin().isOauth() && ofUser(userId).size() == 1) {
      return Unlinking.ONLY_WAY_IN;
    }
    tables.identities.remove(identity);
    tables.put(new StoredUser(row.user(), row.passwordHash(), row.credentialEpoch() + 1));
    ProviderLogout theirs = new ProviderLogout(identity.slot(), identity.subject(), null);
    List<?> unused = tables.endSessions(session -> theirs.covers(session.through()));
    return Unlinking.UNLINKED;
  }
}
