package io.taskauth.login;

import io.taskauth.audit.AuditTrail;
import io.taskauth.internal.Ids;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHasher;
import io.taskauth.password.PasswordPolicy;
import io.taskauth.session.SessionDirectory;
import io.taskauth.session.SessionStore;
import io.taskauth.session.StoredSessions;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import io.taskauth.user.User;
import io.taskauth.user.UserStore;
import io.taskauth.user.Username;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of this package together, for {@code TaskAuth.Builder}; hosts have no use for it.
 */
public final class LoginWiring implements AutoCloseable {
  private static final int THREADS_PER_BACKEND = 8;

  private final PasswordHasher hasher;
  private final boolean passwords;
  private final NewPasswords newPasswords;
  private final Roles roles;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final FixedAccounts fixed;
  private boolean hasFixed;
  private final Map<String, AuthBackend> backends = new LinkedHashMap<>();
  private final List<ExecutorService> pools = new ArrayList<>();

  /**
   * @param passwords whether anybody signs in with one
   */
  @SuppressWarnings("exports") // For taskauth's own modules.
  public LoginWiring(
      boolean passwords,
      PasswordHasher hasher,
      PasswordPolicy policy,
      Roles roles,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    this.passwords = passwords;
    this.hasher = hasher;
    this.newPasswords = new NewPasswords(policy, hasher);
    this.roles = roles;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
    this.fixed = new FixedAccounts(hasher);
  }

  public void fixedUser(Username name, Password password, Role role) {
    fixed.add(name, password, role);
    hasFixed = true;
  }

  public void backend(String name, AuthBackend backend) {
    if (backends.putIfAbsent(name, backend) != null) {
      throw new IllegalArgumentException("backend(\"" + name + "\", …) is given twice");
    }
  }

  /**
   * What is known of an account now, for sessions without a store: the configuration's accounts are
   * as the configuration says, the others as they were.
   */
  public Optional<User> standing(Optional<User> signedIn) {
    return signedIn.flatMap(
        user ->
            user.origin().equals(FixedAccounts.ORIGIN)
                ? fixed.find(user.username()).filter(now -> now.id().equals(user.id()))
                : Optional.of(user));
  }

  /**
   * @param users the accounts in the store, or null where there is none
   */
  public Logins logins(
      @Nullable UserStore users,
      SessionDirectory sessions,
      LoginThrottle throttle,
      Duration backendTimeout) {
    List<LoginSource> sources = new ArrayList<>();
    if (users != null) {
      sources.add(new StoreAccounts(users, hasher));
    }
    if (hasFixed) {
      sources.add(fixed);
    }
    if (!backends.isEmpty()) {
      AccountKeeper keeper =
          users == null
              ? new StatelessAccountKeeper(roles.lowest())
              : new StoredAccountKeeper(users, roles, ids, clock, audit);
      backends.forEach(
          (name, backend) -> {
            // A pool each: one that hangs must not keep the others from answering.
            ExecutorService pool = backendThreads(name);
            pools.add(pool);
            sources.add(new BackendSource(name, backend, roles, backendTimeout, pool, keeper));
          });
    }
    return new Logins(passwords, sources, throttle, sessions, audit);
  }

  public Setup setup(
      UserStore users, SessionDirectory sessions, LoginThrottle throttle, SetupCode code) {
    return new Setup(
        passwords,
        users,
        sessions,
        hasher,
        newPasswords,
        throttle,
        code,
        roles.administrator(),
        ids,
        clock,
        audit);
  }

  public PasswordChange passwordChange(
      UserStore users, SessionStore sessions, LoginThrottle throttle) {
    return new PasswordChange(passwords, users, sessions, hasher, newPasswords, throttle, audit);
  }

  public PasswordReset passwordReset(
      UserStore users, SessionStore sessions, OneTimeSecretStore secrets, LoginThrottle throttle) {
    return new PasswordReset(
        passwords, users, sessions, secrets, newPasswords, throttle, ids, clock, audit);
  }

  public AuthorizationCodes authorizationCodes(
      UserStore users,
      StoredSessions sessions,
      OneTimeSecretStore secrets,
      LoginThrottle throttle) {
    return new AuthorizationCodes(users, sessions, secrets, throttle, ids, clock, audit);
  }

  public NewPasswords newPasswords() {
    return newPasswords;
  }

  private static ExecutorService backendThreads(String name) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        THREADS_PER_BACKEND,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "taskauth-" + name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void close() {
    pools.forEach(ExecutorService::shutdownNow);
  }
}
