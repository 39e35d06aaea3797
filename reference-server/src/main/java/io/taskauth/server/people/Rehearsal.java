package io.taskauth.server.people;

import io.taskauth.TaskAuth;
import io.taskauth.admin.AccountOutcome;
import io.taskauth.admin.ImportedAccount;
import io.taskauth.admin.UserAdministration;
import io.taskauth.password.ForeignHash;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.Origin;
import io.taskauth.user.User;
import java.util.HashSet;
import java.util.Set;

/** Says what would come of an import, and changes nothing. For one thread. */
final class Rehearsal implements Accounts {
  private final TaskAuth auth;
  private final UserAdministration administration;
  private final Set<LoginKey> added = new HashSet<>();

  Rehearsal(TaskAuth auth) {
    this.auth = auth;
    this.administration = auth.userAdministration().orElseThrow();
  }

  @Override
  public AccountOutcome add(ImportedAccount account) {
    ForeignHash hash = ForeignHash.read(account.hash());
    if (hash instanceof ForeignHash.Unusable unusable) {
      return new AccountOutcome.BadPassword(unusable.reason());
    }
    // With authentication off nobody signs in, and accounts are kept all the same.
    boolean refused = auth.isEnabled() && !auth.isPasswordLoginEnabled();
    if (refused && hash instanceof ForeignHash.Usable) {
      return new AccountOutcome.PasswordsRefused();
    }
    String name = account.username().value();
    EmailAddress email = account.email();
    if (isTaken(name)) {
      return new AccountOutcome.NameTaken();
    }
    if (email != null && isTaken(email.value())) {
      return new AccountOutcome.EmailTaken();
    }
    added.add(LoginKey.of(name));
    if (email != null) {
      added.add(email.key());
    }
    return new AccountOutcome.Done(
        User.created(
            auth.ids().uuidV7(),
            account.username(),
            account.role(),
            Origin.PASSWORD,
            auth.clock().instant()));
  }

  private boolean isTaken(String login) {
    return added.contains(LoginKey.of(login)) || administration.findByLogin(login).isPresent();
  }
}
