package io.taskauth.admin;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.User;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Lets identities at providers sign in to accounts, and no longer. Whoever calls it has checked
 * that {@code by} is an administrator: nothing else joins an identity to an account that was there
 * before. Every method throws {@code io.taskauth.store.AuthStoreException} where the store is out.
 * Threads may share it.
 */
public final class IdentityAdministration {
  private final boolean passwords;
  private final IdentityStore identities;
  private final InstantSource clock;
  private final AuditTrail audit;

  /**
   * @param passwords whether anybody signs in with one
   */
  public IdentityAdministration(
      boolean passwords, IdentityStore identities, InstantSource clock, AuditTrail audit) {
    this.passwords = passwords;
    this.identities = identities;
    this.clock = clock;
    this.audit = audit;
  }

  /** The identities that sign in to an account, in the order in which they were linked. */
  public List<LinkedIdentity> of(UUID userId) {
    return identities.ofUser(userId);
  }

  public Linking link(User by, User account, Identity identity, ClientInfo client) {
    LinkedIdentity linked =
        new LinkedIdentity(identity, account.id(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    Linking outcome = identities.link(linked);
    if (outcome == Linking.LINKED) {
      record(AuditType.IDENTITY_LINKED, by, account, identity, client);
    }
    return outcome;
  }

  /** Takes an identity off; the sessions that were opened through it end. */
  public Unlinking unlink(User by, User account, Identity identity, ClientInfo client) {
    if (!passwords && isLast(account, identity)) {
      return Unlinking.ONLY_WAY_IN;
    }
    Unlinking outcome = identities.unlink(account.id(), identity);
    if (outcome == Unlinking.UNLINKED) {
      record(AuditType.IDENTITY_UNLINKED, by, account, identity, client);
    }
    return outcome;
  }

  /** The store knows it of accounts that have no password; here nobody's password helps. */
  private boolean isLast(User account, Identity identity) {
    List<LinkedIdentity> all = identities.ofUser(account.id());
    return all.size() == 1 && all.get(0).identity().equals(identity);
  }

  private void record(AuditType type, User by, User account, Identity identity, ClientInfo client) {
    audit.of(
        type, by, account, client, Map.of("slot", identity.slot(), "subject", identity.subject()));
  }
}
