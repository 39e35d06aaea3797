package io.taskauth.login;

import io.taskauth.internal.Ids;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHash;
import io.taskauth.password.PasswordHasher;
import io.taskauth.user.LoginKey;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts that the host's configuration lists, for a console with one or a few users.
 * Passwords are hashed at once, so that a dump of the heap shows none.
 */
final class FixedAccounts implements LoginSource {
  static final Origin ORIGIN = Origin.backend("config");

  private record Account(User user, PasswordHash hash) {}

  private final Map<LoginKey, Account> accounts = new HashMap<>();
  private final PasswordHasher hasher;

  FixedAccounts(PasswordHasher hasher) {
    this.hasher = hasher;
  }

  void add(Username name, Password password, Role role) {
    User user =
        User.created(Ids.uuidOf(ORIGIN + "/" + name.key()), name, role, ORIGIN, Instant.EPOCH);
    if (accounts.putIfAbsent(name.key(), new Account(user, hasher.hash(password))) != null) {
      throw new IllegalArgumentException("user(\"" + name + "\", …) is given twice");
    }
  }

  /** The account as the configuration has it now. */
  Optional<User> find(Username name) {
    return Optional.ofNullable(accounts.get(name.key())).map(Account::user);
  }

  @Override
  public Answer check(String typedName, Password password) {
    Account account = accounts.get(LoginKey.of(typedName));
    if (account == null) {
      hasher.verifyAgainstNothing(password);
      return new Answer.NotMine();
    }
    return hasher.verify(password, account.hash())
        ? new Answer.Yes(account.user(), 0)
        : new Answer.No();
  }
}
