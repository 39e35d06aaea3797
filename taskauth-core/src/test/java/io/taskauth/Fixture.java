package io.taskauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.login.LoginOutcome;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHash;
import io.taskauth.password.PasswordHasher;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A store that can be watched, a clock that can be moved, and what is built on them. */
final class Fixture implements AutoCloseable {
  static final String SECRET = "first-0123456789-abcdefghijklmnopqrstuvwxyz";
  static final String OTHER_SECRET = "second-0123456789-abcdefghijklmnopqrstuvwxyz";
  static final String PASSWORD = "correct horse battery";
  static final Argon2Parameters CHEAP = new Argon2Parameters(8, 1, 1);
  static final Role ADMIN = new Role("admin");
  static final Role VIEWER = new Role("viewer");
  static final ClientInfo HERE = new ClientInfo("192.0.2.1", "test");
  static final ClientInfo ELSEWHERE = new ClientInfo("198.51.100.2", "test");

  private static final PasswordHasher HASHER =
      PasswordHasher.argon2id(CHEAP, 8, new SecureRandom());

  final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00.250Z"));
  final WatchedStore store = new WatchedStore(new InMemoryAuthStore());
  private final List<TaskAuth> built = new ArrayList<>();

  /** Everything but who can sign in. */
  TaskAuthBuilder settings() {
    return TaskAuth.builder().secretKeys(SECRET).clock(now::get).argon2(CHEAP).hashesAtOnce(16);
  }

  TaskAuthBuilder withStore() {
    return settings().store(store);
  }

  TaskAuth build(TaskAuthBuilder builder) {
    TaskAuth auth = builder.build();
    built.add(auth);
    return auth;
  }

  void advance(Duration by) {
    now.updateAndGet(before -> before.plus(by));
  }

  /** An account in the store with {@link #PASSWORD}. */
  User account(String name, Role role) {
    return account(name, role, null, HASHER.hash(Password.of(PASSWORD)));
  }

  User account(String name, Role role, String email, PasswordHash hash) {
    User user =
        User.created(UUID.randomUUID(), new Username(name), role, Origin.PASSWORD, now.get())
            .withEmail(email == null ? null : new EmailAddress(email));
    store.users().create(new NewUser(user, hash));
    return user;
  }

  static PasswordHash hash(String password) {
    return HASHER.hash(Password.of(password));
  }

  /** A token of the session's user that does not end by itself. */
  static Outcome.Created token(TaskAuth auth, Opened session) {
    return token(auth, session, Expiry.never());
  }

  static Outcome.Created token(TaskAuth auth, Opened session, Expiry expiry) {
    Outcome outcome = makeToken(auth, session, expiry);
    assertThat(outcome).isInstanceOf(Outcome.Created.class);
    return (Outcome.Created) outcome;
  }

  static Outcome makeToken(TaskAuth auth, Opened session, Expiry expiry) {
    return auth.accessTokens()
        .orElseThrow()
        .create(session.user(), session.session().id(), "backup", Scopes.unlimited(), expiry, HERE);
  }

  static Authentication authenticate(TaskAuth auth, Outcome.Created token) {
    return authenticate(auth, token.secret().reveal());
  }

  /** With {@code Authorization: Bearer}. */
  static Authentication authenticate(TaskAuth auth, String bearer) {
    return auth.authenticate(new Credential.Bearer(bearer), HERE);
  }

  static boolean isIn(TaskAuth auth, Outcome.Created token) {
    return authenticate(auth, token) instanceof Authentication.Authenticated;
  }

  /** What is on record so far, oldest first. */
  List<AuditEvent> events(AuditTrail trail) {
    assertThat(trail.settle(Duration.ofSeconds(30))).isTrue();
    List<AuditEvent> events = new ArrayList<>();
    PageRequest request = PageRequest.first(PageRequest.MAX_LIMIT);
    while (request != null) {
      Page<AuditEvent> page = store.audit().newest(AuditFilter.NONE, request);
      events.addAll(page.items());
      request = page.next().map(c -> new PageRequest(PageRequest.MAX_LIMIT, c)).orElse(null);
    }
    Collections.reverse(events);
    return events;
  }

  List<AuditEvent> events(TaskAuth auth, AuditType type) {
    return events(auth.audit()).stream().filter(event -> event.type() == type).toList();
  }

  static LoginOutcome signIn(TaskAuth auth, String name, String password) {
    return auth.logins().signIn(name, Password.of(password), HERE);
  }

  static Opened signedIn(TaskAuth auth, String name) {
    return signedIn(auth, name, PASSWORD);
  }

  static Opened signedIn(TaskAuth auth, String name, String password) {
    LoginOutcome outcome = signIn(auth, name, password);
    assertThat(outcome).isInstanceOf(LoginOutcome.SignedIn.class);
    return ((LoginOutcome.SignedIn) outcome).session();
  }

  static Authentication authenticate(TaskAuth auth, Opened session) {
    return auth.authenticate(new Credential.SessionCookie(session.token().reveal()));
  }

  static boolean isIn(TaskAuth auth, Opened session) {
    return authenticate(auth, session) instanceof Authentication.Authenticated;
  }

  /** The user whose request this would be. */
  static User user(TaskAuth auth, Opened session) {
    Authentication answer = authenticate(auth, session);
    assertThat(answer).isInstanceOf(Authentication.Authenticated.class);
    Principal principal = ((Authentication.Authenticated) answer).principal();
    return principal.user().orElseThrow();
  }

  @Override
  public void close() {
    built.forEach(TaskAuth::close);
  }
}
