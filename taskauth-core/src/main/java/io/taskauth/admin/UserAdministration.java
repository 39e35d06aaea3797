package io.taskauth.admin;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Ids;
import io.taskauth.login.NewPasswords;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.password.ForeignHash;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHash;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionStore;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserDifference;
import io.taskauth.user.UserStore;
import io.taskauth.user.UserStore.ChangeOutcome;
import io.taskauth.user.Username;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks after accounts. Whoever calls it has checked that {@code by} is an administrator; the
 * safeguards are kept here and in the store: nobody closes or deletes their own account, and one
 * active administrator always remains. Every method throws {@code
 * io.taskauth.store.AuthStoreException} where the store is out. Threads may share it.
 */
public final class UserAdministration {
  private final UserStore users;
  private final SessionStore sessions;
  private final NewPasswords newPasswords;
  private final Role administrator;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final boolean passwords;

  /**
   * @param passwords whether anybody signs in with one
   */
  @SuppressWarnings("exports") // For taskauth's own modules.
  public UserAdministration(
      boolean passwords,
      UserStore users,
      SessionStore sessions,
      NewPasswords newPasswords,
      Role administrator,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    this.passwords = passwords;
    this.users = users;
    this.sessions = sessions;
    this.newPasswords = newPasswords;
    this.administrator = administrator;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  public Optional<User> find(UUID id) {
    return users.find(id);
  }

  /** The account of that user name or e-mail, in any case. */
  public Optional<User> findByLogin(String typed) {
    return users.findByLogin(LoginKey.of(typed)).map(row -> row.user());
  }

  /** All accounts, newest first. */
  public Page<User> newest(PageRequest page) {
    return users.newest(page);
  }

  /** The accounts whose user name or e-mail begins with what was typed, in that order. */
  public Page<User> startingWith(String typed, PageRequest page) {
    return users.startingWith(LoginKey.of(typed), page);
  }

  /**
   * Makes an account: {@code Done}, {@code NameTaken}, {@code EmailTaken}, {@code BadPassword} or,
   * where one was given, {@code PasswordsRefused}.
   *
   * @throws io.taskauth.password.OverloadedException where too many passwords wait to be hashed
   */
  public AccountOutcome create(User by, NewAccount wanted, ClientInfo client) {
    if (!passwords && wanted.password().isPresent()) {
      return new AccountOutcome.PasswordsRefused();
    }
    User fresh = fresh(wanted.username(), wanted.email(), wanted.displayName(), wanted.role());
    Optional<String> objection =
        wanted.password().flatMap(password -> newPasswords.objection(password, fresh));
    if (objection.isPresent()) {
      return new AccountOutcome.BadPassword(objection.get());
    }
    PasswordHash hash = wanted.password().map(newPasswords::hash).orElse(null);
    AccountOutcome outcome = keep(fresh, hash);
    if (outcome instanceof AccountOutcome.Done) {
      audit.of(AuditType.USER_CREATED, by, fresh, client, Map.of("role", fresh.role().name()));
    }
    return outcome;
  }

  /**
   * Makes an account as another system had it, with the password that its user has there: {@code
   * Done}, {@code NameTaken}, {@code EmailTaken}, {@code BadPassword} where the hash is none that
   * is taken over (see {@link ForeignHash}) or, where one was given, {@code PasswordsRefused}.
   */
  public AccountOutcome importAccount(User by, ImportedAccount wanted, ClientInfo client) {
    AccountOutcome outcome = taken(wanted, by.id());
    if (outcome instanceof AccountOutcome.Done done) {
      User user = done.user();
      audit.of(AuditType.USER_CREATED, by, user, client, imported(user));
    }
    return outcome;
  }

  /**
   * The same, by the process itself.
   *
   * @param by what does it, for the record, such as {@code task import-users}
   */
  public AccountOutcome importAccount(String by, ImportedAccount wanted) {
    AccountOutcome outcome = taken(wanted, null);
    if (outcome instanceof AccountOutcome.Done done) {
      Map<String, String> details = imported(done.user());
      details.put("by", by);
      audit.of(AuditType.USER_CREATED, done.user(), ClientInfo.LOCAL, details);
    }
    return outcome;
  }

  private AccountOutcome taken(ImportedAccount wanted, @Nullable UUID by) {
    ForeignHash hash = ForeignHash.read(wanted.hash());
    if (hash instanceof ForeignHash.Unusable unusable) {
      return new AccountOutcome.BadPassword(unusable.reason());
    }
    if (!passwords && hash instanceof ForeignHash.Usable) {
      return new AccountOutcome.PasswordsRefused();
    }
    User fresh = fresh(wanted.username(), wanted.email(), wanted.displayName(), wanted.role());
    return keep(
        wanted.active() ? fresh : fresh.deactivated(fresh.createdAt(), by),
        hash instanceof ForeignHash.Usable usable ? usable.hash() : null);
  }

  private static Map<String, String> imported(User user) {
    Map<String, String> details = new HashMap<>();
    details.put("role", user.role().name());
    details.put("imported", "true");
    if (!user.active()) {
      details.put("active", "false");
    }
    return details;
  }

  private User fresh(
      Username name, @Nullable EmailAddress email, @Nullable String displayName, Role role) {
    if (Username.parse(name.value()).isEmpty()) {
      // An identity that nobody has proved would be somebody's account.
      throw new IllegalArgumentException(
          "names with a colon are made for identities at providers, and for nobody else");
    }
    return User.created(
            ids.uuidV7(),
            name,
            role,
            Origin.PASSWORD,
            clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .withEmail(email)
        .withDisplayName(displayName);
  }

  private AccountOutcome keep(User fresh, @Nullable PasswordHash hash) {
    return switch (users.create(new NewUser(fresh, hash))) {
      case CREATED -> new AccountOutcome.Done(fresh);
      case NAME_TAKEN -> new AccountOutcome.NameTaken();
      case EMAIL_TAKEN -> new AccountOutcome.EmailTaken();
      case IDENTITY_TAKEN -> throw new IllegalStateException("it was to have none");
    };
  }

  /**
   * Changes an account: {@code Done}, {@code NotFound}, {@code EmailTaken}, {@code OwnAccount} or
   * {@code LastAdministrator}.
   */
  public AccountOutcome change(User by, UUID id, UserChange change, ClientInfo client) {
    if (change.activity() instanceof UserChange.Activity.Deactivate && id.equals(by.id())) {
      return new AccountOutcome.OwnAccount();
    }
    Optional<User> before = users.find(id);
    if (before.isEmpty()) {
      return new AccountOutcome.NotFound();
    }
    ChangeOutcome outcome = users.change(id, change, administrator);
    if (outcome instanceof ChangeOutcome.Changed changed) {
      record(by, before.get(), changed.user(), client);
      return new AccountOutcome.Done(changed.user());
    }
    if (outcome instanceof ChangeOutcome.LastAdministrator) {
      return new AccountOutcome.LastAdministrator();
    }
    return outcome instanceof ChangeOutcome.EmailTaken
        ? new AccountOutcome.EmailTaken()
        : new AccountOutcome.NotFound();
  }

  private void record(User by, User before, User after, ClientInfo client) {
    Map<String, String> details = UserDifference.between(before, after);
    if (!details.isEmpty()) {
      audit.of(AuditType.USER_UPDATED, by, after, client, details);
    }
    if (before.active() != after.active()) {
      AuditType type = after.active() ? AuditType.USER_ACTIVATED : AuditType.USER_DEACTIVATED;
      audit.of(type, by, after, client, Map.of());
    }
  }

  /** Closes an account; its sessions, tokens and tickets end at once. As {@link #change}. */
  public AccountOutcome deactivate(User by, UUID id, ClientInfo client) {
    UserChange close =
        UserChange.nothing().deactivate(clock.instant().truncatedTo(ChronoUnit.MILLIS), by.id());
    return change(by, id, close, client);
  }

  /**
   * Deletes an account with its sessions, tokens and tickets: {@code Done}, {@code NotFound},
   * {@code OwnAccount} or {@code LastAdministrator}.
   */
  public AccountOutcome delete(User by, UUID id, ClientInfo client) {
    if (id.equals(by.id())) {
      return new AccountOutcome.OwnAccount();
    }
    Optional<User> account = users.find(id);
    if (account.isEmpty()) {
      return new AccountOutcome.NotFound();
    }
    return switch (users.delete(id, administrator)) {
      case DELETED -> {
        audit.of(AuditType.USER_DELETED, by, account.get(), client, Map.of());
        yield new AccountOutcome.Done(account.get());
      }
      case NOT_FOUND -> new AccountOutcome.NotFound();
      case LAST_ADMINISTRATOR -> new AccountOutcome.LastAdministrator();
    };
  }

  /**
   * Gives an account another password and ends its sessions: {@code Done}, {@code NotFound}, {@code
   * BadPassword}, {@code KeptElsewhere}, {@code PasswordsRefused}, or {@code OwnAccount}, because
   * one's own takes the old one.
   *
   * @throws io.taskauth.password.OverloadedException where too many passwords wait to be hashed
   */
  public AccountOutcome setPassword(User by, UUID id, Password next, ClientInfo client) {
    if (!passwords) {
      return new AccountOutcome.PasswordsRefused();
    }
    if (id.equals(by.id())) {
      return new AccountOutcome.OwnAccount();
    }
    Optional<User> account = users.find(id);
    if (account.isEmpty()) {
      return new AccountOutcome.NotFound();
    }
    if (!account.get().origin().equals(Origin.PASSWORD)) {
      return new AccountOutcome.KeptElsewhere();
    }
    Optional<String> objection = newPasswords.objection(next, account.get());
    if (objection.isPresent()) {
      return new AccountOutcome.BadPassword(objection.get());
    }
    Optional<Integer> ended =
        sessions.changePassword(id, OptionalLong.empty(), newPasswords.hash(next), null);
    if (ended.isEmpty()) {
      return new AccountOutcome.NotFound();
    }
    audit.of(
        AuditType.PASSWORD_CHANGED,
        by,
        account.get(),
        client,
        Map.of("sessions_revoked", String.valueOf(ended.get())));
    return new AccountOutcome.Done(account.get());
  }

  /**
   * Ends all sessions of an account; its tokens stay.
   *
   * @return how many ended; empty where there is no such account
   */
  public Optional<Integer> endSessions(User by, UUID id, ClientInfo client) {
    Optional<User> account = users.find(id);
    if (account.isEmpty()) {
      return Optional.empty();
    }
    int ended = sessions.endAll(id, null);
    audit.of(
        AuditType.SESSION_REVOKED,
        by,
        account.get(),
        client,
        Map.of("sessions", String.valueOf(ended)));
    return Optional.of(ended);
  }
}
