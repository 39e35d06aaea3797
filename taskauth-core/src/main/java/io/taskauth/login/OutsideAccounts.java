package io.taskauth.login;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.NewUser;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserDifference;
import io.taskauth.user.UserStore;
import io.taskauth.user.UserStore.ChangeOutcome;
import io.taskauth.user.UserStore.Creation;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and changes the accounts of those whom somebody else vouches for: a backend or an identity
 * provider. Nothing joins accounts: an e-mail that belongs to another one is left out. Hosts have
 * no use for it. Threads may share it.
 */
public final class OutsideAccounts {
  private static final Logger log = LoggerFactory.getLogger(OutsideAccounts.class);

  private final UserStore users;
  private final Role administrator;
  private final AuditTrail audit;

  public OutsideAccounts(UserStore users, Role administrator, AuditTrail audit) {
    this.users = users;
    this.administrator = administrator;
    this.audit = audit;
  }

  /** As {@link UserStore#create}, but that a taken e-mail is no hindrance. */
  public Creation create(NewUser wanted, ClientInfo client) {
    NewUser fresh = wanted;
    Creation made = users.create(fresh);
    if (made == Creation.EMAIL_TAKEN) {
      log.warn(
          "the e-mail of '{}' belongs to another account and is left out",
          wanted.user().username());
      fresh = new NewUser(wanted.user().withEmail(null), null, wanted.identity());
      made = users.create(fresh);
    }
    if (made == Creation.CREATED) {
      record(fresh.user(), client);
    }
    return made;
  }

  /** As {@link UserStore#createFirst}. */
  public boolean createFirst(NewUser fresh, ClientInfo client) {
    boolean made = users.createFirst(fresh);
    if (made) {
      record(fresh.user(), client);
    }
    return made;
  }

  private void record(User fresh, ClientInfo client) {
    audit.of(
        AuditType.USER_CREATED,
        fresh,
        client,
        Map.of("by", fresh.origin().value(), "role", fresh.role().name()));
  }

  /** The account as it is after the change, or without it where it cannot be. */
  public User change(User user, UserChange change, ClientInfo client) {
    if (change.equals(UserChange.nothing())) {
      return user;
    }
    ChangeOutcome outcome = users.change(user.id(), change, administrator);
    if (outcome instanceof ChangeOutcome.LastAdministrator) {
      log.warn("'{}' stays administrator: no other active one would be left", user.username());
      return change(user, change.withoutRole(), client);
    }
    if (outcome instanceof ChangeOutcome.EmailTaken) {
      log.warn(
          "the new e-mail of '{}' belongs to another account and is left out", user.username());
      return change(user, change.withoutEmail(), client);
    }
    if (!(outcome instanceof ChangeOutcome.Changed changed)) {
      return user;
    }
    Map<String, String> details = new HashMap<>(UserDifference.between(user, changed.user()));
    details.put("by", user.origin().value());
    audit.of(AuditType.USER_UPDATED, changed.user(), client, details);
    return changed.user();
  }
}
