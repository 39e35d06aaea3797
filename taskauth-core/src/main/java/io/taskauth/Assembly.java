package io.taskauth;

import io.taskauth.TaskAuthBuilder.FixedUser;
import io.taskauth.access.CsrfTokens;
import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.TokenUses;
import io.taskauth.admin.IdentityAdministration;
import io.taskauth.admin.UserAdministration;
import io.taskauth.audit.AuditLog;
import io.taskauth.audit.AuditSink;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.LoggingAuditSink;
import io.taskauth.audit.StoreAuditSink;
import io.taskauth.internal.ClassPathLibraries;
import io.taskauth.internal.Ids;
import io.taskauth.live.InternalCredential;
import io.taskauth.live.LiveRegistry;
import io.taskauth.live.WebSocketTickets;
import io.taskauth.login.AttemptStore;
import io.taskauth.login.AuthorizationCodes;
import io.taskauth.login.LoginThrottle;
import io.taskauth.login.LoginWiring;
import io.taskauth.login.Setup;
import io.taskauth.login.SetupCode;
import io.taskauth.mail.LinkMails;
import io.taskauth.metrics.Measurements;
import io.taskauth.metrics.ObservedStore;
import io.taskauth.metrics.SessionCount;
import io.taskauth.metrics.StoreCalls;
import io.taskauth.password.PasswordHasher;
import io.taskauth.password.PasswordPolicy;
import io.taskauth.principal.Authenticator;
import io.taskauth.principal.Authenticator.Directories;
import io.taskauth.provider.IdentityProviders;
import io.taskauth.provider.Newcomers;
import io.taskauth.service.ServiceAccounts;
import io.taskauth.service.TokenProvider;
import io.taskauth.service.TokenProviders;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionLifetime;
import io.taskauth.session.SessionMaker;
import io.taskauth.session.StatelessSessions;
import io.taskauth.session.StoredSessions;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.InMemoryAttempts;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.token.Sealer;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.user.Role;
import io.taskauth.webhook.WebhookAuditSink;
import io.taskauth.webhook.WebhookSender;
import io.taskauth.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a {@link TaskAuth} together out of the settings of a builder. */
final class Assembly {
  private static final Logger log = LoggerFactory.getLogger(TaskAuth.class);

  private final TaskAuthBuilder settings;
  private final Ids ids;
  private final List<AutoCloseable> closeables = new ArrayList<>();
  private final StoreCalls storeCalls = new StoreCalls();

  Assembly(TaskAuthBuilder settings) {
    this.settings = settings;
    this.ids = new Ids(settings.clock, settings.random);
  }

  /** What needs a store, and what is there without one. */
  private record Kept(
      SessionDirectory sessions,
      Optional<AccessTokens> accessTokens,
      Optional<ServiceAccounts> serviceAccounts,
      Optional<AuditLog> auditLog,
      Optional<Upkeep> upkeep,
      ChangeFeed feed,
      int remembered) {}

  TaskAuth build() {
    AuthStore store = settings.store == null ? null : new ObservedStore(settings.store, storeCalls);
    requireSomebody(store);
    // Loading Argon2's native part and opening a schema both take a while, and neither needs the
    // other.
    CompletableFuture<PasswordHasher> hasher = CompletableFuture.supplyAsync(this::hasher);
    if (store != null) {
      store.migrate();
    }
    WebhookAuditSink events = new WebhookAuditSink();
    AuditTrail audit = new AuditTrail(sinks(store, events), ids, settings.clock);
    try {
      return assemble(store, hasher, audit, events);
    } catch (RuntimeException e) {
      // Threads that were started must not outlive what they were started for.
      closeables.forEach(TaskAuth::closeQuietly);
      audit.close();
      throw e;
    }
  }

  private TaskAuth assemble(
      @Nullable AuthStore store,
      CompletableFuture<PasswordHasher> hasher,
      AuditTrail audit,
      WebhookAuditSink events) {
    SigningKeys keys = settings.keys != null ? settings.keys : temporaryKeys();
    ClassPathLibraries.makeReadable();
    SignedTokens tokens = new SignedTokens(keys, settings.audience, settings.clock);
    SessionLifetime lifetime = new SessionLifetime(settings.sessionLifetime, settings.idleTimeout);
    SessionMaker maker = new SessionMaker(ids, settings.clock, tokens, lifetime);
    LoginWiring wiring = wiring(hasher.join(), audit);
    closeables.add(wiring);
    AttemptStore attempts = store != null ? store.attempts() : new InMemoryAttempts();
    LoginThrottle throttle = new LoginThrottle(attempts, settings.throttle, settings.clock);
    Kept kept =
        store != null ? kept(store, maker, tokens, throttle, audit) : nothingKept(maker, wiring);
    Authenticator authenticator =
        new Authenticator(
            tokens,
            new Directories(
                kept.sessions(), kept.accessTokens(), kept.serviceAccounts(), tokenProviders()),
            lifetime,
            audit,
            kept.feed(),
            settings.cacheLife,
            kept.remembered(),
            settings.clock);
    LiveRegistry live = new LiveRegistry(kept.feed(), authenticator.standing(), settings.clock);
    // Streams first, while there is still somebody to ask.
    closeables.add(live);
    closeables.add(authenticator);
    Optional<Webhooks> webhooks =
        store == null ? Optional.empty() : webhooks(store, keys, audit, events);
    webhooks.ifPresent(closeables::add);
    // After whatever makes events, before the store that keeps them.
    closeables.add(audit);
    if (store != null) {
      closeables.add(store);
    }
    Optional<AuthStore> accounts = Optional.ofNullable(store);
    Optional<IdentityProviders> identityProviders =
        accounts.map(s -> identityProviders(s, kept.sessions(), throttle, audit));
    return new TaskAuth(
        new TaskAuth.Parts(
            settings.enabled,
            settings.passwordLogin,
            settings.roles,
            settings.clock,
            ids,
            audit,
            new CsrfTokens(keys),
            purpose -> new Sealer(keys, purpose, settings.random),
            kept.sessions(),
            wiring.logins(
                store == null ? null : store.users(),
                kept.sessions(),
                throttle,
                settings.backendTimeout),
            accounts.map(s -> setup(s, wiring, kept.sessions(), throttle)),
            accounts.map(s -> wiring.passwordChange(s.users(), s.sessions(), throttle)),
            accounts.map(s -> wiring.passwordReset(s.users(), s.sessions(), s.secrets(), throttle)),
            accounts.flatMap(s -> authorizationCodes(s, kept, wiring, throttle)),
            accounts.map(s -> userAdministration(s, wiring, audit)),
            identityProviders,
            accounts.map(
                s ->
                    new IdentityAdministration(
                        settings.passwordLogin, s.identities(), settings.clock, audit)),
            kept.accessTokens(),
            kept.serviceAccounts(),
            kept.auditLog(),
            webhooks,
            kept.upkeep(),
            new LinkMails(settings.mailer, audit),
            new InternalCredential(ids),
            tickets(store, kept, authenticator, audit),
            live,
            () -> health(store),
            measurements(store, kept, hasher.join(), authenticator, live, audit, webhooks),
            authenticator,
            List.copyOf(closeables)));
  }

  private Measurements measurements(
      @Nullable AuthStore store,
      Kept kept,
      PasswordHasher hasher,
      Authenticator authenticator,
      LiveRegistry live,
      AuditTrail audit,
      Optional<Webhooks> webhooks) {
    return new Measurements(
        new Measurements.Sources(
            audit::count,
            authenticator::cacheHits,
            authenticator::cacheMisses,
            hasher::waiting,
            live::count,
            store == null
                ? OptionalLong::empty
                : new SessionCount(store.sessions(), settings.clock),
            kept.feed()::behind,
            () -> webhooks.map(Webhooks::pending).orElseGet(OptionalLong::empty),
            storeCalls));
  }

  private static Health health(@Nullable AuthStore store) {
    if (store == null) {
      return new Health(true, true);
    }
    try {
      boolean unused = store.users().anyUser();
      return new Health(true, store.changes().isCurrent());
    } catch (AuthStoreException e) {
      log.warn("the store cannot be reached: {}", e.toString());
      return new Health(false, false);
    }
  }

  private PasswordHasher hasher() {
    return PasswordHasher.argon2id(settings.argon2, settings.hashesAtOnce, settings.random);
  }

  private void requireSomebody(@Nullable AuthStore store) {
    if (settings.enabled
        && store == null
        && settings.users.isEmpty()
        && settings.backends.isEmpty()) {
      throw new IllegalStateException(
          "nobody could sign in: set user(…), backend(…) or store(…), or say"
              + " withoutAuthentication()");
    }
    if (store == null && !settings.identityProviders.isEmpty()) {
      throw new IllegalStateException(
          "identityProvider(…) takes store(…): the accounts that providers vouch for are kept"
              + " there");
    }
    if (store == null && settings.webhookSender != null) {
      throw new IllegalStateException(
          "webhooks(…) takes store(…): what is to be sent is kept there");
    }
    if (settings.enabled && !settings.passwordLogin && settings.identityProviders.isEmpty()) {
      throw new IllegalStateException(
          "nobody could sign in: withoutPasswordLogin() takes identityProvider(…)");
    }
    if (store != null && !settings.users.isEmpty()) {
      throw new IllegalStateException(
          "user(…) and store(…) exclude each other: with a store, accounts are kept there; make the"
              + " first one with setup().ensureAdministrator(…)");
    }
  }

  /** Starts to send what waits as soon as it is made. */
  private Optional<Webhooks> webhooks(
      AuthStore store, SigningKeys keys, AuditTrail audit, WebhookAuditSink events) {
    WebhookSender sender = settings.webhookSender;
    if (sender == null) {
      return Optional.empty();
    }
    Webhooks webhooks =
        new Webhooks(
            store,
            sender,
            new Sealer(keys, "webhooks", settings.random),
            settings.webhookEventTypes,
            audit,
            ids,
            settings.random,
            settings.clock);
    events.publishTo(webhooks);
    webhooks.start(settings.housekeeping);
    return Optional.of(webhooks);
  }

  private List<AuditSink> sinks(@Nullable AuthStore store, WebhookAuditSink events) {
    List<AuditSink> sinks = new ArrayList<>(List.of(new LoggingAuditSink()));
    if (store != null) {
      sinks.add(new StoreAuditSink(store.audit()));
    }
    if (settings.webhookSender != null) {
      sinks.add(events);
    }
    sinks.addAll(settings.auditSinks);
    return sinks;
  }

  private SigningKeys temporaryKeys() {
    if (settings.enabled) {
      log.warn(
          "No secret key is set (secretKeys): a random one is used, so everybody is signed out and"
              + " every token is void when this process ends, and several processes do not know"
              + " each other's sessions.");
    }
    return new SigningKeys(List.of(SigningKey.random(settings.random)));
  }

  private LoginWiring wiring(PasswordHasher hasher, AuditTrail audit) {
    PasswordPolicy policy = new PasswordPolicy(settings.contextWords, settings.passwordChecks);
    LoginWiring wiring =
        new LoginWiring(
            settings.passwordLogin, hasher, policy, settings.roles, ids, settings.clock, audit);
    settings.users.forEach(user -> wiring.fixedUser(user.name(), user.password(), role(user)));
    settings.backends.forEach(named -> wiring.backend(named.name(), named.backend()));
    return wiring;
  }

  private Role role(FixedUser user) {
    if (user.role() == null) {
      return settings.roles.administrator();
    }
    return settings
        .roles
        .find(user.role())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    String.format(
                        "user(\"%s\", …, \"%s\"): the roles are %s",
                        user.name(), user.role(), settings.roles.ascending())));
  }

  private Kept kept(
      AuthStore store,
      SessionMaker maker,
      SignedTokens tokens,
      LoginThrottle throttle,
      AuditTrail audit) {
    StoredSessions sessions = new StoredSessions(store.sessions(), maker);
    TokenUses uses = new TokenUses(store.accessTokens(), audit);
    AccessTokens accessTokens =
        new AccessTokens(store.accessTokens(), tokens, uses, throttle, ids, settings.clock, audit);
    ServiceAccounts services =
        new ServiceAccounts(store.services(), tokens, ids, settings.clock, audit);
    Upkeep upkeep = new Upkeep(store, settings.auditEvents, settings.clock);
    Housekeeping housekeeping =
        new Housekeeping(
            List.of(sessions::flush, uses::flush, services::flush),
            upkeep,
            new SweepTurn(store.settings(), settings.clock),
            settings.background.get());
    closeables.add(housekeeping);
    housekeeping.scheduleFlushes();
    if (settings.housekeeping) {
      housekeeping.scheduleSweeping();
    }
    return new Kept(
        sessions,
        Optional.of(accessTokens),
        Optional.of(services),
        Optional.of(new AuditLog(audit, store.audit())),
        Optional.of(upkeep),
        store.changes(),
        settings.cacheEntries);
  }

  /** Without a store there is nothing to save a trip to, and nobody to say what has changed. */
  private static Kept nothingKept(SessionMaker maker, LoginWiring wiring) {
    LocalChangeFeed feed = new LocalChangeFeed();
    return new Kept(
        new StatelessSessions(
            maker,
            wiring::standing,
            (user, session) ->
                feed.publish(
                    session == null
                        ? new Change.OfUser(user)
                        : new Change.OfSession(user, session))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        feed,
        0);
  }

  private TokenProviders tokenProviders() {
    List<TokenProvider> providers = new ArrayList<>(List.of(settings.sharedSecrets));
    providers.addAll(settings.tokenProviders);
    return new TokenProviders(providers);
  }

  private WebSocketTickets tickets(
      @Nullable AuthStore store, Kept kept, Authenticator authenticator, AuditTrail audit) {
    return store != null && kept.sessions() instanceof StoredSessions sessions
        ? WebSocketTickets.stored(
            store.secrets(),
            sessions,
            kept.accessTokens().orElseThrow(),
            ids,
            settings.clock,
            audit)
        : WebSocketTickets.local(authenticator.standing(), ids, settings.clock, audit);
  }

  private static Optional<AuthorizationCodes> authorizationCodes(
      AuthStore store, Kept kept, LoginWiring wiring, LoginThrottle throttle) {
    return kept.sessions() instanceof StoredSessions sessions
        ? Optional.of(wiring.authorizationCodes(store.users(), sessions, store.secrets(), throttle))
        : Optional.empty();
  }

  private IdentityProviders identityProviders(
      AuthStore store, SessionDirectory sessions, LoginThrottle throttle, AuditTrail audit) {
    IdentityProviders providers = made(store, sessions, throttle, audit);
    if (settings.enabled && !settings.passwordLogin && !providers.bringAnAdministrator()) {
      log.warn(
          "No administrator can sign in: passwords are off, no identity at a provider belongs to an"
              + " administrator, and none becomes one. Set administratorEmails(…), or let"
              + " passwords in and link an identity to an administrator's account.");
    }
    return providers;
  }

  private IdentityProviders made(
      AuthStore store, SessionDirectory sessions, LoginThrottle throttle, AuditTrail audit) {
    Newcomers newcomers =
        new Newcomers(
            settings.roles,
            settings.administratorEmails,
            settings.firstFromProviderIsAdministrator);
    return new IdentityProviders(
        settings.identityProviders,
        store,
        sessions,
        throttle,
        newcomers,
        ids,
        settings.clock,
        audit);
  }

  private UserAdministration userAdministration(
      AuthStore store, LoginWiring wiring, AuditTrail audit) {
    return new UserAdministration(
        settings.passwordLogin,
        store.users(),
        store.sessions(),
        wiring.newPasswords(),
        settings.roles.administrator(),
        ids,
        settings.clock,
        audit);
  }

  private Setup setup(
      AuthStore store, LoginWiring wiring, SessionDirectory sessions, LoginThrottle throttle) {
    SetupCode chosen = settings.setupCode;
    String made = ids.secret256();
    SetupCode code = chosen != null ? chosen : SetupCode.of(made);
    Setup setup = wiring.setup(store.users(), sessions, throttle, code);
    if (!settings.passwordLogin) {
      return setup;
    }
    if (settings.enabled && chosen == null && setup.isRequired()) {
      log.warn(
          "There is no user yet. Make the first administrator at /auth/setup?code={} (below the"
              + " application's address), or set setupCode(…).",
          made);
    }
    return setup;
  }
}
