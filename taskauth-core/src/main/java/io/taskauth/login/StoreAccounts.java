package io.taskauth.login;

import io.taskauth.password.Password;
import io.taskauth.password.PasswordHash;
import io.taskauth.password.PasswordHasher;
import io.taskauth.user.LoginKey;
import io.taskauth.user.StoredUser;
import io.taskauth.user.UserStore;
import java.util.Optional;

/** The accounts whose password hash is in the store. Costs one hash, whoever is asked for. */
final class StoreAccounts implements LoginSource {
  private final UserStore users;
  private final PasswordHasher hasher;

  StoreAccounts(UserStore users, PasswordHasher hasher) {
    this.users = users;
    this.hasher = hasher;
  }

  @Override
  public Answer check(String typedName, Password password) {
    Optional<StoredUser> row = users.findByLogin(LoginKey.of(typedName));
    PasswordHash hash = row.map(StoredUser::passwordHash).orElse(null);
    if (row.isEmpty() || hash == null) {
      hasher.verifyAgainstNothing(password);
      return new Answer.NotMine();
    }
    if (!hasher.verify(password, hash)) {
      return new Answer.No();
    }
    if (!row.get().user().active()) {
      return new Answer.No();
    }
    if (hasher.needsRehash(hash)) {
      boolean unused = users.rehash(row.get().user().id(), hash, hasher.hash(password));
    }
    return new Answer.Yes(row.get().user(), row.get().credentialEpoch());
  }
}
