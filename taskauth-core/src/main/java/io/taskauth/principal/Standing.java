package io.taskauth.principal;

import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.Principal.TokenUser;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionLifetime;
import io.taskauth.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody still is who they were, for whatever outlives the request that they came with.
 * Asks whoever knows, never what is remembered. Threads may share it.
 */
public final class Standing {
  /** How long a machine may pass that another system vouches for, which tells us nothing. */
  private static final Duration FOREIGN = Duration.ofMinutes(1);

  private final SessionDirectory sessions;
  private final SessionLifetime lifetime;
  private final Optional<AccessTokens> accessTokens;
  private final ServiceAuthenticator services;
  private final InstantSource clock;

  Standing(
      SessionDirectory sessions,
      SessionLifetime lifetime,
      Optional<AccessTokens> accessTokens,
      ServiceAuthenticator services,
      InstantSource clock) {
    this.sessions = sessions;
    this.lifetime = lifetime;
    this.accessTokens = accessTokens;
    this.services = services;
    this.clock = clock;
  }

  /**
   * Who it is now; empty where the credential, its account or its end says that it is nobody any
   * more. One round trip at most.
   *
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out
   * @throws io.taskauth.service.ProviderUnavailableException where another system has to be asked
   *     and is out
   */
  public Optional<Principal> now(Principal known) {
    if (known instanceof SessionUser user) {
      return sessions
          .again(user.account(), user.session())
          .filter(found -> found.user().active())
          .map(found -> new SessionUser(found.user(), found.session().ofRequest(found.user())));
    }
    if (known instanceof TokenUser user) {
      return accessTokens
          .flatMap(kept -> kept.again(user.account().id(), user.token().id(), clock.instant()))
          .map(row -> new TokenUser(row.owner(), row.token()));
    }
    if (known instanceof ServicePrincipal service && service.presented().isPresent()) {
      return services.ask(service.presented().get(), clock.instant()).map(Principal.class::cast);
    }
    return Optional.of(known);
  }

  /** Whether only another system can say whether it still is who it was. */
  public static boolean isForeign(Principal known) {
    return known instanceof ServicePrincipal service
        && service.account() == null
        && service.presented().isPresent();
  }

  /**
   * Whether they are the same, and what is allowed to the one is allowed to the other: nothing was
   * gained or lost since.
   */
  public static boolean isSame(Principal before, Principal after) {
    return before.name().equals(after.name())
        && before.user().map(User::role).equals(after.user().map(User::role))
        && before.scopes().equals(after.scopes());
  }

  /** When it has to be asked again even if nobody tells of a change; null for never. */
  public @Nullable Instant goodUntil(Principal known) {
    if (known instanceof SessionUser user) {
      Instant end = user.session().expiresAt();
      return lifetime
          .idleLimit()
          .map(limit -> sessions.lastSeen(user.session()).plus(limit))
          .filter(idle -> idle.isBefore(end))
          .orElse(end);
    }
    if (known instanceof TokenUser user) {
      return user.token().expiry().instantOrNull();
    }
    if (known instanceof ServicePrincipal service) {
      return goodUntil(service);
    }
    return null;
  }

  private @Nullable Instant goodUntil(ServicePrincipal service) {
    Instant end = service.service().expiresAt();
    if (!isForeign(service)) {
      return end;
    }
    Instant soon = clock.instant().plus(FOREIGN);
    return end == null || soon.isBefore(end) ? soon : end;
  }
}
