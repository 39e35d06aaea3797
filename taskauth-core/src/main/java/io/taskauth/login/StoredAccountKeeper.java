package io.taskauth.login;

import io.taskauth.audit.AuditTrail;
import io.taskauth.internal.Ids;
import io.taskauth.internal.Text;
import io.taskauth.login.LoginSource.Answer;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.Username;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a row in the store for whom a backend vouches. Nothing joins accounts: a name or an e-mail
 * that belongs to an account of another origin stays with that account.
 */
final class StoredAccountKeeper implements AccountKeeper {
  private static final Logger log = LoggerFactory.getLogger(StoredAccountKeeper.class);

  private final UserStore users;
  private final Roles roles;
  private final Ids ids;
  private final InstantSource clock;
  private final OutsideAccounts accounts;

  StoredAccountKeeper(
      UserStore users, Roles roles, Ids ids, InstantSource clock, AuditTrail audit) {
    this.users = users;
    this.roles = roles;
    this.ids = ids;
    this.clock = clock;
    this.accounts = new OutsideAccounts(users, roles.administrator(), audit);
  }

  @Override
  public Answer vouchedFor(
      Origin origin,
      Username username,
      @Nullable Role role,
      @Nullable EmailAddress email,
      @Nullable String displayName) {
    String label = Text.tame(displayName, 128);
    Optional<StoredUser> row = users.findByLogin(username.key());
    if (row.isEmpty()) {
      User fresh =
          User.created(
                  ids.uuidV7(),
                  username,
                  role == null ? roles.lowest() : role,
                  origin,
                  clock.instant().truncatedTo(ChronoUnit.MILLIS))
              .withEmail(email)
              .withDisplayName(label);
      return create(fresh);
    }
    return refresh(row.get(), origin, username, role, email, label);
  }

  private Answer create(User fresh) {
    if (!users.anyUser()) {
      return createFirst(fresh);
    }
    Creation unused = accounts.create(new NewUser(fresh, null), ClientInfo.LOCAL);
    // The loser of two first sign-ins at once finds the winner's row.
    return users
        .findByLogin(fresh.username().key())
        .filter(row -> row.user().origin().equals(fresh.origin()))
        .filter(row -> row.user().username().key().equals(fresh.username().key()))
        .<Answer>map(row -> new Answer.Yes(row.user(), row.credentialEpoch()))
        .orElseGet(Answer.No::new);
  }

  /** An empty store waits for its first administrator, and nobody else may come before. */
  private Answer createFirst(User fresh) {
    if (!fresh.role().equals(roles.administrator())) {
      log.warn(
          "'{}' cannot sign in yet: there is no administrator, finish the set-up first",
          fresh.username());
      return new Answer.No();
    }
    return accounts.createFirst(new NewUser(fresh, null), ClientInfo.LOCAL)
        ? new Answer.Yes(fresh, 0)
        : new Answer.No();
  }

  private Answer refresh(
      StoredUser row,
      Origin origin,
      Username username,
      @Nullable Role role,
      @Nullable EmailAddress email,
      @Nullable String label) {
    User user = row.user();
    if (!user.origin().equals(origin) || !user.username().key().equals(username.key())) {
      log.warn(
          "{} vouches for '{}', but that name belongs to an account of {}; the sign-in is refused",
          origin,
          username,
          user.origin());
      return new Answer.No();
    }
    if (!user.active()) {
      return new Answer.No();
    }
    UserChange change = UserChange.nothing();
    if (role != null && !role.equals(user.role())) {
      change = change.role(role);
    }
    if (email != null && !email.equals(user.email())) {
      change = change.email(email);
    }
    if (label != null && !Objects.equals(label, user.displayName())) {
      change = change.displayName(label);
    }
    return new Answer.Yes(accounts.change(user, change, ClientInfo.LOCAL), row.credentialEpoch());
  }
}
