package io.taskauth.provider;

import io.taskauth.audit.AuditTrail;
import io.taskauth.internal.Ids;
import io.taskauth.login.LoginThrottle;
import io.taskauth.login.OutsideAccounts;
import io.taskauth.session.SessionDirectory;
import io.taskauth.store.AuthStore;
import io.taskauth.user.Identity;
import io.taskauth.user.Roles;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The identity providers of an application, in the order of its login page. Threads may share it.
 */
public final class IdentityProviders {
  private final Map<String, IdentityProvider> bySlot = new LinkedHashMap<>();
  private final ProviderSignIns signIns;
  private final ProviderLogouts logouts;
  private final Newcomers newcomers;
  private final AuthStore store;

  /**
   * For {@code TaskAuthBuilder}.
   *
   * @throws IllegalArgumentException where a provider's slot is none, or is given twice, or where
   *     it may grant a role that there is not
   */
  @SuppressWarnings("exports") // For taskauth's own modules.
  public IdentityProviders(
      List<IdentityProvider> providers,
      AuthStore store,
      SessionDirectory sessions,
      LoginThrottle throttle,
      Newcomers newcomers,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    providers.forEach(provider -> add(provider, newcomers.roles()));
    this.newcomers = newcomers;
    this.store = store;
    OutsideAccounts outside =
        new OutsideAccounts(store.users(), newcomers.roles().administrator(), audit);
    ProviderAccounts accounts =
        new ProviderAccounts(store.users(), store.identities(), outside, newcomers, ids, clock);
    this.signIns =
        new ProviderSignIns(
            new Departures(store.secrets(), ids, clock), accounts, sessions, throttle, audit);
    this.logouts = new ProviderLogouts(store.sessions(), store.secrets(), clock, audit);
  }

  private void add(IdentityProvider provider, Roles roles) {
    String slot = provider.slot();
    if (!Identity.isSlot(slot)) {
      throw new IllegalArgumentException(
          "identityProvider(…): a slot is " + Identity.SLOT_RULE + "; not '" + slot + "'");
    }
    if (bySlot.putIfAbsent(slot, provider) != null) {
      throw new IllegalArgumentException(
          "identityProvider(…): the slot '" + slot + "' is given twice");
    }
    for (String role : provider.roles()) {
      if (roles.find(role).isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                "identityProvider(…): '%s' grants the role '%s', which is none of %s",
                slot, role, roles.ascending()));
      }
    }
  }

  /** All of them, in the order in which they were given. */
  public List<IdentityProvider> all() {
    return List.copyOf(bySlot.values());
  }

  /** The provider of that slot; empty where there is none. */
  public Optional<IdentityProvider> find(String slot) {
    return Optional.ofNullable(bySlot.get(slot));
  }

  /**
   * Whether an administrator can come in through one of them, now or by signing in for the first
   * time. Looks through accounts: for the start.
   *
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public boolean bringAnAdministrator() {
    return (mayBringTheFirst() && (!newcomers.isForTheFirstOnly() || !store.users().anyUser()))
        || WayIn.isThere(
            bySlot.keySet(), store.users(), store.identities(), newcomers.roles().administrator());
  }

  /** Whether the first administrator may come through one of them, as far as is known here. */
  public boolean mayBringTheFirst() {
    return !bySlot.isEmpty()
        && (newcomers.mayBeAdministrators()
            || bySlot.values().stream()
                .anyMatch(p -> p.roles().contains(newcomers.roles().administrator().name())));
  }

  public ProviderSignIns signIns() {
    return signIns;
  }

  public ProviderLogouts logouts() {
    return logouts;
  }
}
