package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.TaskAuthBuilder;
import io.taskauth.login.SetupCode;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHasher;
import io.taskauth.testkit.SettableClock;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A running application with its gate, its accounts, and a clock that can be moved. */
final class Site {
  static final String PASSWORD = "correct horse battery";

  /** Of a machine that stands in the configuration, with the scope {@code drain}. */
  static final String CONFIG_SECRET = "x7Kq2mWc9RtYp4LsVb8NzHd3JfGu6TeAoQi5SrXk1Mw";

  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1);
  private static final PasswordHasher HASHER =
      PasswordHasher.argon2id(CHEAP, 2, new SecureRandom());
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final Kind kind;
  final Mount mount;
  final SwitchableStore store = new SwitchableStore();
  final SettableClock clock = new SettableClock();
  final FickleProvider cloud = new FickleProvider();
  final RecordingProvider platform = new RecordingProvider();
  final StubProvider corp = new StubProvider("corp", "Corp & Sons", clock);
  final StubProvider other = new StubProvider("other", "Other", clock);
  final TaskAuth auth;
  private final Map<String, SignedIn> known = new ConcurrentHashMap<>();
  private final Map<String, MadeToken> tokens = new ConcurrentHashMap<>();
  private final Container container;

  private Site(
      Kind kind,
      Mount mount,
      UnaryOperator<TaskAuthBuilder> more,
      BiFunction<Mount, TaskAuth, Container> start) {
    this.kind = kind;
    this.mount = mount;
    TaskAuthBuilder builder =
        builder()
            .store(store)
            .clock(clock)
            .setupCode(SetupCode.none())
            .serviceToken("deployer", CONFIG_SECRET, "drain")
            .tokenProvider(cloud)
            .tokenProvider(platform)
            .identityProvider(corp)
            .identityProvider(other);
    this.auth = more.apply(builder).build();
    this.container = start.apply(mount, auth);
  }

  static TaskAuthBuilder builder() {
    return TaskAuth.builder()
        .secretKeys("0123456789abcdefghijklmnopqrstuvwxyz!")
        .argon2(CHEAP)
        .throttle(new ThrottlePolicy(10, 100, 100_000, Duration.ofMinutes(15)));
  }

  /** Nobody has an account yet. */
  static Site empty(Kind kind, Mount mount) {
    return new Site(kind, mount, UnaryOperator.identity(), kind::start);
  }

  /** In Jetty, with settings of its own, and nobody has an account yet. */
  static Site emptyWith(UnaryOperator<TaskAuthBuilder> settings) {
    return new Site(Kind.JETTY, Mount.ROOT, settings, Kind.JETTY::start);
  }

  /** In Jetty, with another filter or another way to start it. */
  static Site special(Mount mount, BiFunction<Mount, TaskAuth, Container> start) {
    return new Site(Kind.JETTY, mount, UnaryOperator.identity(), start).withAccounts();
  }

  /** In Jetty, with settings of its own. */
  static Site custom(
      Mount mount, UnaryOperator<TaskAuthBuilder> settings, UnaryOperator<WebOptions> options) {
    return new Site(
            Kind.JETTY,
            mount,
            settings,
            (where, auth) -> {
              WebOptions web = options.apply(HostApp.options(where));
              return Kind.JETTY.start(where, new TaskAuthFilter(auth, web));
            })
        .withAccounts();
  }

  /** In Jetty, for a test that moves the clock or counts what is there. */
  static Site ofItsOwn() {
    return of(Kind.JETTY, Mount.ROOT);
  }

  static Site of(Kind kind, Mount mount) {
    return empty(kind, mount).withAccounts();
  }

  private Site withAccounts() {
    account("ada", "admin");
    account("olga", "operator");
    account("vera", "viewer");
    return this;
  }

  String account(String name, String role) {
    User user =
        User.created(
            auth.ids().uuidV7(),
            new Username(name),
            new Role(role),
            Origin.PASSWORD,
            clock.instant());
    store.users().create(new NewUser(user, HASHER.hash(Password.of(PASSWORD))));
    return name;
  }

  /** An account that no other test has to do with. */
  String freshAccount(String role) {
    return account("user" + NUMBER.incrementAndGet(), role);
  }

  UUID id(String name) {
    return store.users().findByLogin(LoginKey.of(name)).orElseThrow().user().id();
  }

  void change(String name, UserChange change) {
    store.users().change(id(name), change, new Role("admin"));
  }

  /** The full path of one of the application's or the library's. */
  String path(String path) {
    return mount.base() + path;
  }

  Call get(String path) {
    return call("GET", path);
  }

  Call post(String path) {
    return call("POST", path);
  }

  Call call(String method, String path) {
    return raw(method, path(path));
  }

  /** With a request target as it stands. */
  Call raw(String method, String target) {
    return new Call(port(), method, target);
  }

  int port() {
    return container.port();
  }

  /** Somebody who stays signed in: for tests that end no session. */
  SignedIn known(String name) {
    return known.computeIfAbsent(name, this::signIn);
  }

  /** A token of a user's that nobody revokes; without scopes it is not limited. */
  MadeToken token(String name, String... scopes) {
    return tokens.computeIfAbsent(
        name + List.of(scopes), key -> makeToken(known(name), "token of " + name, scopes));
  }

  MadeToken makeToken(SignedIn who, String name, String... scopes) {
    Answer made =
        post("/api/auth/tokens").meantBy(who).object("name", name, "scopes", scopes).send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return new MadeToken(made.json().get("id").asString(), made.json().get("token").asString());
  }

  /** An account for a machine, with its token. */
  MadeToken service(String name, String... scopes) {
    Answer made =
        post("/api/auth/admin/services")
            .meantBy(known("ada"))
            .object("name", name, "scopes", scopes)
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return new MadeToken(made.json().get("id").asString(), made.json().get("token").asString());
  }

  /** Where the API has the account of that name. */
  String userPath(String name) {
    return "/api/auth/users/" + id(name);
  }

  SignedIn signIn(String name) {
    return signIn(name, PASSWORD);
  }

  SignedIn signIn(String name, String password) {
    Answer answer = post("/api/auth/login").json(credentials(name, password)).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return signedIn(answer);
  }

  static SignedIn signedIn(Answer answer) {
    return new SignedIn(
        answer.cookie("taskauth_session").orElseThrow(),
        answer.cookie("taskauth_csrf").orElseThrow(),
        answer.json().at("/session/id").asString());
  }

  static String credentials(String name, String password) {
    return "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}";
  }

  /** Not close(): JUnit would close what tests share. */
  void stop() {
    container.stop();
    auth.close();
  }

  @Override
  public String toString() {
    return kind + " " + mount;
  }
}
