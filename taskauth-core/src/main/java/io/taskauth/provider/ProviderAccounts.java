package io.taskauth.provider;

import io.taskauth.internal.Ids;
import io.taskauth.internal.Text;
import io.taskauth.login.OutsideAccounts;
import io.taskauth.provider.ProviderAnswer.GrantedRole;
import io.taskauth.provider.ProviderAnswer.Vouched;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.NewUser;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.Username;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account of an identity: found by slot and subject and by nothing else, made the first time.
 * An e-mail joins no accounts: whoever can get an address at any provider would get the account.
 */
final class ProviderAccounts {
  /** What came of looking for an account. */
  sealed interface Found {
    record Account(User user, long credentialEpoch) implements Found {}

    /**
     * @param reason for the record
     */
    record None(String reason) implements Found {}
  }

  private final UserStore users;
  private final IdentityStore identities;
  private final OutsideAccounts accounts;
  private final Newcomers newcomers;
  private final Ids ids;
  private final InstantSource clock;

  ProviderAccounts(
      UserStore users,
      IdentityStore identities,
      OutsideAccounts accounts,
      Newcomers newcomers,
      Ids ids,
      InstantSource clock) {
    this.users = users;
    this.identities = identities;
    this.accounts = accounts;
    this.newcomers = newcomers;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * @throws IllegalStateException where the provider grants a role that there is not
   */
  void requireKnownRole(ProviderAnswer answer) {
    if (answer instanceof Vouched vouched) {
      Role unused = newcomers.granted(vouched.role());
    }
  }

  Found of(Identity identity, Vouched vouched, ClientInfo client) {
    EmailAddress email =
        vouched.emailVerified() ? EmailAddress.parse(vouched.email()).orElse(null) : null;
    Optional<StoredUser> known = identities.findUser(identity);
    if (known.isPresent()) {
      return refresh(known.get(), identity, vouched, email, client);
    }
    Optional<String> hindrance = make(identity, vouched, email, client);
    if (hindrance.isPresent()) {
      return new Found.None(hindrance.get());
    }
    // The loser of two first sign-ins at once finds the winner's account.
    return identities
        .findUser(identity)
        .filter(row -> row.user().active())
        .<Found>map(row -> new Found.Account(row.user(), row.credentialEpoch()))
        .orElseGet(() -> new Found.None("changed"));
  }

  /** Why there is no account now; empty where there is. */
  private Optional<String> make(
      Identity identity, Vouched vouched, @Nullable EmailAddress email, ClientInfo client) {
    Role administrator = newcomers.roles().administrator();
    Role granted = newcomers.granted(vouched.role());
    boolean named = newcomers.areNamed(email);
    if (!users.anyUser()) {
      boolean mayBeFirst =
          named
              || administrator.equals(granted)
              || (newcomers.firstIsAdministrator() && email != null);
      if (!mayBeFirst) {
        return Optional.of("setup_required");
      }
      if (accounts.createFirst(fresh(identity, vouched, administrator, email), client)) {
        return Optional.empty();
      }
    }
    Role role = named ? administrator : granted == null ? newcomers.roles().lowest() : granted;
    Creation made = accounts.create(fresh(identity, vouched, role, email), client);
    // Of an account that this identity was taken off, or whose subject differs in case only.
    boolean nameTaken = made == Creation.NAME_TAKEN && identities.findUser(identity).isEmpty();
    return nameTaken ? Optional.of("name_taken") : Optional.empty();
  }

  private NewUser fresh(
      Identity identity, Vouched vouched, Role role, @Nullable EmailAddress email) {
    User user =
        User.created(
                ids.uuidV7(),
                Username.of(identity),
                role,
                identity.origin(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .withEmail(email)
            .withDisplayName(label(vouched));
    return new NewUser(user, null, identity);
  }

  private static @Nullable String label(Vouched vouched) {
    String name = Text.tame(vouched.displayName(), 128);
    return name == null || name.isBlank() ? null : name.strip();
  }

  private Found refresh(
      StoredUser row,
      Identity identity,
      Vouched vouched,
      @Nullable EmailAddress email,
      ClientInfo client) {
    User user = row.user();
    if (!user.active()) {
      return new Found.None("deactivated");
    }
    // Of an account that it was linked to, an administrator keeps name, address and role.
    boolean own = user.username().equals(Username.of(identity));
    User now = own ? accounts.change(user, changes(user, vouched, email), client) : user;
    return new Found.Account(now, row.credentialEpoch());
  }

  private UserChange changes(User user, Vouched vouched, @Nullable EmailAddress email) {
    UserChange change = UserChange.nothing();
    if (email != null && !email.equals(user.email())) {
      change = change.email(email);
    }
    String label = label(vouched);
    if (label != null && !label.equals(user.displayName())) {
      change = change.displayName(label);
    }
    GrantedRole granted = vouched.role();
    if (granted != null
        && granted.atEachLogin()
        && !newcomers.areNamed(email)
        && !newcomers.areNamed(user.email())) {
      Role role = newcomers.granted(granted);
      change = role == null || role.equals(user.role()) ? change : change.role(role);
    }
    return change;
  }
}
