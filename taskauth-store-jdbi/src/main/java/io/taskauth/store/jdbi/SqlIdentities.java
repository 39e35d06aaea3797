package io.taskauth.store.jdbi;

import io.taskauth.session.ProviderLogout;
import io.taskauth.store.Change;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.StoredUser;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

final class SqlIdentities implements IdentityStore {
  private final Database database;

  SqlIdentities(Database database) {
    this.database = database;
  }

  @Override
  public Optional<StoredUser> findUser(Identity identity) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + UserRows.STORED
                        + " FROM taskauth_identity i JOIN taskauth_user u ON u.id = i.user_id"
                        + ByKey.where("i.subject = :subject", "i.slot = :slot"))
                .bind("subject", identity.subject())
                .bind("slot", identity.slot())
                .map((row, context) -> UserRows.stored(row))
                .findOne());
  }

  @Override
  public List<LinkedIdentity> ofUser(UUID userId) {
    return database.read(handle -> IdentityRows.ofUser(handle, userId));
  }

  @Override
  public Linking link(LinkedIdentity linked) {
    return database.write(
        step -> {
          Handle handle = step.handle();
          // A deletion that waits for this will find the identity, one that was first no account.
          database.lockUser(handle, linked.userId());
          if (UserRows.find(handle, linked.userId()).isEmpty()) {
            return Linking.NO_USER;
          }
          if (IdentityRows.isTaken(handle, linked.identity())) {
            return Linking.TAKEN;
          }
          IdentityRows.insert(handle, linked);
          return Linking.LINKED;
        });
  }

  @Override
  public Unlinking unlink(UUID userId, Identity identity) {
    return database.write(
        step -> {
          Handle handle = step.handle();
          // Of two who take off the last two, the second must see what the first has left.
          database.lockUser(handle, userId);
          List<Identity> all =
              IdentityRows.ofUser(handle, userId).stream().map(LinkedIdentity::identity).toList();
          if (!all.contains(identity)) {
            return Unlinking.NOT_FOUND;
          }
          if (all.size() == 1 && isVouchedFor(handle, userId)) {
            return Unlinking.ONLY_WAY_IN;
          }
          IdentityRows.delete(handle, identity);
          UserRows.raiseEpoch(handle, userId);
          List<?> unused =
              ProviderSessions.end(
                  handle, new ProviderLogout(identity.slot(), identity.subject(), null));
          step.changed(new Change.OfUser(userId));
          return Unlinking.UNLINKED;
        });
  }

  private static boolean isVouchedFor(Handle handle, UUID userId) {
    return UserRows.find(handle, userId).filter(user -> user.origin().isOauth()).isPresent();
  }
}
