package io.taskauth;

import io.taskauth.audit.AuditSink;
import io.taskauth.login.AuthBackend;
import io.taskauth.login.SetupCode;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.mail.Mailer;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordCheck;
import io.taskauth.password.PasswordPolicy;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.service.SharedSecrets;
import io.taskauth.service.TokenProvider;
import io.taskauth.session.SessionLifetime;
import io.taskauth.store.AuthStore;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Origin;
import io.taskauth.user.Roles;
import io.taskauth.user.Username;
import io.taskauth.webhook.WebhookEvent;
import io.taskauth.webhook.WebhookSender;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link TaskAuth}. What makes no sense by itself is refused where it is
 * set, what makes no sense together in {@link #build()}; either way with an {@code
 * IllegalArgumentException} or {@code IllegalStateException} that names the setting. Not for
 * several threads.
 */
public final class TaskAuthBuilder {
  record FixedUser(Username name, Password password, @Nullable String role) {}

  record NamedBackend(String name, AuthBackend backend) {}

  // Read by Assembly, which puts it all together.
  boolean enabled = true;
  final List<FixedUser> users = new ArrayList<>();
  final List<NamedBackend> backends = new ArrayList<>();
  SharedSecrets sharedSecrets = SharedSecrets.none();
  final List<TokenProvider> tokenProviders = new ArrayList<>();
  final List<IdentityProvider> identityProviders = new ArrayList<>();
  final Set<EmailAddress> administratorEmails = new LinkedHashSet<>();
  boolean firstFromProviderIsAdministrator;
  boolean passwordLogin = true;
  Duration backendTimeout = Duration.ofSeconds(5);
  @Nullable AuthStore store;
  @Nullable SigningKeys keys;
  String audience = "taskauth";
  Roles roles = Roles.standard();
  Duration sessionLifetime = SessionLifetime.STANDARD.absolute();
  @Nullable Duration idleTimeout;
  Argon2Parameters argon2 = Argon2Parameters.OWASP;
  int hashesAtOnce = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
  final List<String> contextWords = new ArrayList<>(List.of("taskauth"));
  final List<PasswordCheck> passwordChecks = new ArrayList<>();
  ThrottlePolicy throttle = ThrottlePolicy.STANDARD;
  @Nullable SetupCode setupCode;
  final List<AuditSink> auditSinks = new ArrayList<>();
  int auditEvents = 100_000;
  @Nullable WebhookSender webhookSender;
  final List<String> webhookEventTypes = new ArrayList<>();
  boolean housekeeping = true;
  // What background work runs on; another one lets a test be its clock.
  Supplier<ScheduledExecutorService> background = Housekeeping::daemon;
  @Nullable Mailer mailer;
  Duration cacheLife = Duration.ofSeconds(5);
  int cacheEntries = 10_000;
  InstantSource clock = InstantSource.system();
  SecureRandom random = new SecureRandom();

  TaskAuthBuilder() {}

  /**
   * One user of the configuration, with the administrator's role. May be called again for more.
   *
   * @throws IllegalArgumentException where the name breaks {@link Username#RULE}, or the password
   *     has fewer than 8 characters or more than 256
   */
  public TaskAuthBuilder user(String username, String password) {
    return addUser(username, password, null);
  }

  /** One user of the configuration with this role; see {@link #user(String, String)}. */
  public TaskAuthBuilder user(String username, String password, String role) {
    return addUser(username, password, role);
  }

  private TaskAuthBuilder addUser(String username, String password, @Nullable String role) {
    Username name =
        Username.parse(username)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "user(…): the user name must be " + Username.RULE));
    new PasswordPolicy(contextWords, List.of())
        .objection(Password.of(password), List.of(username))
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException("user(\"" + name + "\", …): " + objection);
            });
    users.add(new FixedUser(name, Password.of(password), role));
    return this;
  }

  /** Asks the host who may sign in; as {@link #backend(String, AuthBackend)} with "host". */
  public TaskAuthBuilder backend(AuthBackend backend) {
    return backend("host", backend);
  }

  /**
   * Asks the host who may sign in. Several are asked in the order of registration, after the
   * store's own accounts.
   *
   * @param name what the accounts' origin shall be called: 1 to 32 characters a-z, 0-9, _ or -
   */
  public TaskAuthBuilder backend(String name, AuthBackend backend) {
    if (Origin.backend(name).value().equals("backend:config")) {
      throw new IllegalArgumentException(
          "backend(\"config\", …): that name is kept for user(…), choose another one");
    }
    backends.add(new NamedBackend(name, backend));
    return this;
  }

  /** How long a backend may take; 5 seconds unless set. Beyond it the sign-in gets a 503. */
  public TaskAuthBuilder backendTimeout(Duration timeout) {
    requirePositive("backendTimeout", timeout);
    this.backendTimeout = timeout;
    return this;
  }

  /**
   * Keeps accounts and sessions here. Without a store sessions are checked by their signature and
   * end alone. The {@code TaskAuth} closes the store when it is closed.
   */
  public TaskAuthBuilder store(AuthStore authStore) {
    this.store = authStore;
    return this;
  }

  /**
   * A machine that comes with this secret as its bearer token. May be called again: for other
   * machines, and for the same one while its secret is being replaced.
   *
   * @param name 1 to 64 characters a-z, 0-9, {@code .}, {@code _} or {@code -}
   * @param secret at least 43 random characters, or others that are as hard to guess as 128 bits
   * @param scopes what it may do; without any, what takes no scope
   */
  public TaskAuthBuilder serviceToken(String name, String secret, String... scopes) {
    try {
      this.sharedSecrets = sharedSecrets.with(name, secret, Set.of(scopes));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("serviceToken(…): " + e.getMessage(), e);
    }
    return this;
  }

  /**
   * Lets the machines of another system in. Several are asked in the order of registration, after
   * {@link #serviceToken}, and the first that knows a token decides. One that does not work stops
   * {@link #build()}.
   */
  public TaskAuthBuilder tokenProvider(TokenProvider provider) {
    tokenProviders.add(provider);
    return this;
  }

  /**
   * Lets people sign in with an identity provider: one of {@code taskauth-oauth}, or one of the
   * host's. Their buttons stand on the login page in the order of registration. Takes a store.
   */
  public TaskAuthBuilder identityProvider(IdentityProvider provider) {
    identityProviders.add(provider);
    return this;
  }

  /**
   * Whoever an identity provider says has one of these addresses, verified, is an administrator
   * from the first sign-in on. All others get the lowest role, unless a provider grants another.
   */
  public TaskAuthBuilder administratorEmails(String... addresses) {
    for (String address : addresses) {
      administratorEmails.add(
          EmailAddress.parse(address)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "administratorEmails(…): '" + address + "' is no e-mail address")));
    }
    return this;
  }

  /**
   * Makes the very first account an administrator's if it comes from an identity provider with a
   * verified e-mail. Off unless set: anybody with an account at the provider could claim a fresh
   * server, so use it with allowed domains or organisations only.
   */
  public TaskAuthBuilder firstUserFromProviderIsAdministrator() {
    this.firstFromProviderIsAdministrator = true;
    return this;
  }

  /**
   * Refuses passwords wherever one could be given: sign-in, set-up, change, reset. Takes an
   * identity provider.
   */
  public TaskAuthBuilder withoutPasswordLogin() {
    this.passwordLogin = false;
    return this;
  }

  /**
   * The secrets that tokens are signed with, at least 32 bytes each: the first signs, all verify.
   * Without one a random secret is made, and everybody is signed out when the process ends.
   */
  public TaskAuthBuilder secretKeys(String... secrets) {
    try {
      this.keys = new SigningKeys(List.of(secrets).stream().map(SigningKey::of).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("secretKeys(…): " + e.getMessage(), e);
    }
    return this;
  }

  /**
   * What tokens are good for; "taskauth" unless set. Give each application its own where several
   * share a secret, so that none accepts another's tokens.
   */
  public TaskAuthBuilder audience(String name) {
    if (name.isBlank() || name.length() > 128) {
      throw new IllegalArgumentException("audience(…) must be 1 to 128 characters");
    }
    this.audience = name;
    return this;
  }

  /** The roles, lowest first, the last one being the administrator's. */
  public TaskAuthBuilder roles(String... ascending) {
    this.roles = Roles.of(ascending);
    return this;
  }

  /** How long a session lasts, whatever its user does; 24 hours unless set. */
  public TaskAuthBuilder sessionLifetime(Duration lifetime) {
    this.sessionLifetime = new SessionLifetime(lifetime, null).absolute();
    return this;
  }

  /** How long a session may stay unused; no limit unless set, two minutes at least. */
  public TaskAuthBuilder idleTimeout(Duration limit) {
    this.idleTimeout = new SessionLifetime(SessionLifetime.STANDARD.absolute(), limit).idle();
    return this;
  }

  /** What a password hash costs. */
  public TaskAuthBuilder argon2(Argon2Parameters parameters) {
    this.argon2 = parameters;
    return this;
  }

  /** How many passwords may be hashed at once; the number of processors unless set, 4 at most. */
  public TaskAuthBuilder hashesAtOnce(int number) {
    if (number < 1 || number > 256) {
      throw new IllegalArgumentException("hashesAtOnce(…) must be 1 to 256, not " + number);
    }
    this.hashesAtOnce = number;
    return this;
  }

  /** Words that make a poor password here, such as the product's or the company's name. */
  public TaskAuthBuilder passwordContextWords(String... words) {
    contextWords.addAll(List.of(words));
    return this;
  }

  /** One more objection to new passwords, such as a list of breached ones. */
  public TaskAuthBuilder passwordCheck(PasswordCheck check) {
    passwordChecks.add(check);
    return this;
  }

  /** How many failed sign-ins are let pass. */
  public TaskAuthBuilder throttle(ThrottlePolicy policy) {
    this.throttle = policy;
    return this;
  }

  /**
   * What has to be known to make the first administrator. Unless set, a random one is made and
   * logged, as long as there is nobody yet.
   */
  public TaskAuthBuilder setupCode(SetupCode code) {
    this.setupCode = code;
    return this;
  }

  /**
   * Sends security events here, besides the log and the store. A sink that is {@code AutoCloseable}
   * is closed with the {@code TaskAuth}.
   */
  public TaskAuthBuilder auditSink(AuditSink sink) {
    auditSinks.add(sink);
    return this;
  }

  /**
   * Lets administrators subscribe other programs to what happens; takes a store. {@code
   * HttpWebhookSender.create(false)} sends over HTTP, to public addresses only.
   *
   * @param sender closed with the {@code TaskAuth}
   * @param moreTypes the types of events that the host publishes itself, as in {@code task.failed};
   *     those of accounts and access are known
   * @throws IllegalArgumentException where one of them is no type of an event
   */
  public TaskAuthBuilder webhooks(WebhookSender sender, String... moreTypes) {
    for (String type : moreTypes) {
      WebhookEvent.requireType(type);
    }
    this.webhookSender = sender;
    webhookEventTypes.addAll(List.of(moreTypes));
    return this;
  }

  /** How many security events the store keeps for the audit page; 100 000 unless set. */
  public TaskAuthBuilder auditEvents(int kept) {
    if (kept < 100 || kept > 10_000_000) {
      throw new IllegalArgumentException("auditEvents(…) must be 100 to 10 000 000, not " + kept);
    }
    this.auditEvents = kept;
    return this;
  }

  /**
   * Leaves it to the host to remove what has ended: it calls {@link TaskAuth#upkeep()}, from a
   * scheduler of its own for instance, every minute or so. Whoever calls nothing keeps every
   * session and every security event for good. When sessions and tokens were last used is still
   * written down, as that is nobody else's to know.
   */
  public TaskAuthBuilder withoutHousekeeping() {
    this.housekeeping = false;
    return this;
  }

  /** Sends links for choosing a password to accounts with an e-mail; without one nobody is sent. */
  public TaskAuthBuilder mailer(Mailer how) {
    this.mailer = how;
    return this;
  }

  /**
   * How long and how many verified sessions are remembered; 5 seconds and 10 000 unless set.
   * Revocation does not wait for it: what changes is forgotten at once.
   *
   * @param life zero to one minute
   */
  public TaskAuthBuilder cache(Duration life, int entries) {
    if (life.isNegative() || life.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("cache(…): the life must be 0 to 60 seconds, not " + life);
    }
    if (entries < 0) {
      throw new IllegalArgumentException("cache(…): the number of entries must not be negative");
    }
    this.cacheLife = life;
    this.cacheEntries = entries;
    return this;
  }

  /** Turns authentication off: everything is open to everybody who can reach it. */
  public TaskAuthBuilder withoutAuthentication() {
    this.enabled = false;
    return this;
  }

  /** The source of time, for tests. */
  public TaskAuthBuilder clock(InstantSource source) {
    this.clock = source;
    return this;
  }

  /** The source of randomness. */
  public TaskAuthBuilder random(SecureRandom source) {
    this.random = source;
    return this;
  }

  /**
   * Puts it together, brings the store's schema to this version and starts the background work.
   *
   * @throws IllegalStateException where the settings do not fit together
   * @throws io.taskauth.store.AuthStoreException where the store cannot be reached
   */
  public TaskAuth build() {
    return new Assembly(this).build();
  }

  private static void requirePositive(String setting, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(setting + "(…) must be more than zero, not " + duration);
    }
  }
}
