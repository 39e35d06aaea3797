package io.taskauth.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that an operator can set: the one list from which the server reads, {@code --help}
 * prints, and the tables in {@code docs/configuration.md} are made. What is not here cannot be
 * read.
 */
enum Setting {
  PORT(Group.LISTEN, "TASKAUTH_PORT", is("8080"), "the port; `0` takes a free one"),
  HOST(Group.LISTEN, "TASKAUTH_HOST", is("127.0.0.1"), "the address to listen on"),
  WATCHER(
      Group.LISTEN,
      "TASKAUTH_WATCHER",
      is("on"),
      "a small child process that logs a line when the server has not answered for ten seconds, and"
          + " when it is back; `off` starts none"),

  STORE(
      Group.STORE,
      "TASKAUTH_STORE",
      is("duckdb:data/taskauth.duckdb").secret(),
      "`memory`, `duckdb:<file>`, `jdbc:postgresql://…`, `redis://…` or `rediss://…`; see"
          + " [Stores](stores.md)"),
  STORE_FEED(
      Group.STORE,
      "TASKAUTH_STORE_FEED",
      described("as `TASKAUTH_STORE`").secret(),
      "a direct address of the same PostgreSQL, where `TASKAUTH_STORE` leads through a pooler such"
          + " as PgBouncer"),
  SECRET_KEY(
      Group.STORE,
      "TASKAUTH_SECRET_KEY",
      described("made at the first start; must be set with PostgreSQL or Redis").secret(),
      "what sessions and tokens are signed with, 32 bytes or more, the same on all nodes; several,"
          + " separated by commas: the first signs, all verify"),

  ADMIN_USER(
      Group.PEOPLE,
      "TASKAUTH_ADMIN_USER",
      none(),
      "an administrator who is made at start if there is no such user"),
  ADMIN_PASSWORD(
      Group.PEOPLE,
      "TASKAUTH_ADMIN_PASSWORD",
      none().secret(),
      "the password of a new `TASKAUTH_ADMIN_USER`; it does not change that of one who is there"),
  SETUP_CODE(
      Group.PEOPLE,
      "TASKAUTH_SETUP_CODE",
      described("a random one, printed as a link"),
      "the code of the set-up link; `none` lets the first who comes set up"),
  SESSION_TTL(
      Group.PEOPLE,
      "TASKAUTH_SESSION_TTL",
      is("PT24H"),
      "how long a session lasts, an ISO-8601 duration"),
  IDLE_TIMEOUT(
      Group.PEOPLE,
      "TASKAUTH_IDLE_TIMEOUT",
      none(),
      "how long a session may stay unused, `PT2M` or more"),
  PASSWORD_LOGIN(
      Group.PEOPLE,
      "TASKAUTH_PASSWORD_LOGIN",
      is("true"),
      "`false` refuses [passwords](single-sign-on.md#without-passwords) everywhere; takes an"
          + " identity provider, and no `TASKAUTH_ADMIN_USER`"),
  SERVICE_TOKENS(
      Group.PEOPLE,
      "TASKAUTH_SERVICE_TOKENS",
      none().secret(),
      "[machines](machines.md) that come with a shared secret: `name:secret:scope+scope`, separated"
          + " by commas; 43 random characters for each secret"),

  PUBLIC_URL(
      Group.WEB,
      "TASKAUTH_PUBLIC_URL",
      described("the listening address"),
      "the address that users know: links in mails begin with it,"
          + " [identity providers](single-sign-on.md#the-address-of-your-application) send browsers"
          + " back to it, and WebSockets are opened under this name (or by IP address or"
          + " `localhost`) only"),
  TRUSTED_PROXIES(
      Group.WEB,
      "TASKAUTH_TRUSTED_PROXIES",
      none(),
      "addresses or networks, separated by commas, whose forwarded headers count; see"
          + " [Behind a proxy](operations.md#behind-a-proxy)"),
  SAME_SITE(
      Group.WEB,
      "TASKAUTH_SAME_SITE",
      is("strict"),
      "`lax`: links of other sites bring the session along, so that nobody has to load the page once"
          + " more; both work with identity providers"),
  AUTH(
      Group.WEB,
      "TASKAUTH_AUTH",
      is("on"),
      "`off` opens everything to everybody who can reach the server"),
  ALLOW_INSECURE(
      Group.WEB,
      "TASKAUTH_ALLOW_INSECURE",
      is("false"),
      "`true` lets `TASKAUTH_AUTH=off` listen beyond loopback"),

  AUDIT_LOG(
      Group.OUTWARDS,
      "TASKAUTH_AUDIT_LOG",
      none(),
      "a file to which [security events](audit.md) go as lines of JSON, besides the store and the"
          + " log; turned over at 5 MB, three kept"),
  SMTP_URL(
      Group.OUTWARDS,
      "TASKAUTH_SMTP_URL",
      none().secret(),
      "how links for choosing a password are mailed: `smtps://user:password@host`, or `smtp://…` for"
          + " STARTTLS; user and password percent-encoded"),
  MAIL_FROM(
      Group.OUTWARDS,
      "TASKAUTH_MAIL_FROM",
      none(),
      "who mail comes from: `robot@example.com` or `Console <robot@example.com>`"),
  WEBHOOKS_ALLOW_PRIVATE(
      Group.OUTWARDS,
      "TASKAUTH_WEBHOOKS_ALLOW_PRIVATE",
      is("false"),
      "`true` lets webhooks go to loopback and private networks, for receivers on the inside; the"
          + " metadata services of clouds are refused even then"),

  GOOGLE_CLIENT_ID(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_GOOGLE_CLIENT_ID",
      none(),
      "with its secret, a button for Google on the login page, in the slot `google`"),
  GOOGLE_CLIENT_SECRET(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_GOOGLE_CLIENT_SECRET",
      none().secret(),
      "how Google knows this server"),
  GOOGLE_ALLOWED_DOMAINS(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_GOOGLE_ALLOWED_DOMAINS",
      described("all"),
      "domains of verified e-mail addresses that may come in; their subdomains not"),
  GITHUB_CLIENT_ID(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_GITHUB_CLIENT_ID",
      none(),
      "with its secret, a button for GitHub, in the slot `github`"),
  GITHUB_CLIENT_SECRET(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_GITHUB_CLIENT_SECRET",
      none().secret(),
      "how GitHub knows this server"),
  GITHUB_ALLOWED_ORGS(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_GITHUB_ALLOWED_ORGS",
      described("all"),
      "organisations whose members may come in, as they stand in addresses"),
  GITHUB_BASE_URL(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_GITHUB_BASE_URL",
      described("`https://github.com`"),
      "where people sign in, for GitHub Enterprise"),
  GITHUB_API_URL(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_GITHUB_API_URL",
      described("`https://api.github.com`, or `/api/v3` under the base URL"),
      "where the server asks"),
  OIDC_PROVIDERS(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_OIDC_PROVIDERS",
      none(),
      "the slots of all other providers, in the order of their buttons: a letter, then up to 31 of"
          + " `a-z 0-9 _ -`; not `google`, `github` or `service`"),
  ADMIN_EMAILS(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_ADMIN_EMAILS",
      none(),
      "whose holders, if a provider says that the address is verified, are administrators from their"
          + " first sign-in on"),
  FIRST_USER_ADMIN(
      Group.PROVIDERS,
      "TASKAUTH_OAUTH_FIRST_USER_ADMIN",
      is("false"),
      "`true` makes the first account of an empty store an administrator's, whoever comes first with"
          + " a verified address. With allowed domains or organisations only"),

  OIDC_CLIENT_ID(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_CLIENT_ID",
      described("needed"),
      "what the provider calls this server"),
  OIDC_CLIENT_SECRET(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_CLIENT_SECRET",
      described("none: a public client").secret(),
      "how the provider knows it"),
  OIDC_DISCOVERY_URL(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_DISCOVERY_URL",
      described("needed"),
      "the issuer, or the issuer with `/.well-known/openid-configuration` behind it; `https`, or"
          + " `http` on loopback"),
  OIDC_LABEL(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_LABEL",
      described("the slot"),
      "what the button says after \"Sign in with\""),
  OIDC_ALLOWED_DOMAINS(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_ALLOWED_DOMAINS",
      described("all"),
      "as for Google"),
  OIDC_REQUIRED_CLAIMS(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_REQUIRED_CLAIMS",
      none(),
      "`groups=staff,acr=high`: of several values of one claim one is enough, of several claims each"
          + " is needed"),
  OIDC_ROLES(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_ROLES",
      none(),
      "`groups=admins:admin,groups=ops:operator`: the first that fits decides"),
  OIDC_ROLES_AT(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_ROLES_AT",
      is("first-login"),
      "`each-login` lets roles follow the provider; whom no rule fits gets the lowest one"),
  OIDC_SCOPES(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_SCOPES",
      is("email,profile"),
      "what to ask for; `openid` is always there"),
  OIDC_LOGOUT(
      Group.PROVIDER,
      "TASKAUTH_OAUTH_OIDC_<SLOT>_LOGOUT",
      is("provider"),
      "`local` leaves people signed in there when they sign out here");

  /** What belongs together on a page. */
  enum Group {
    LISTEN,
    STORE,
    PEOPLE,
    WEB,
    OUTWARDS,
    PROVIDERS,
    /** Once for each slot of {@link Setting#OIDC_PROVIDERS}. */
    PROVIDER
  }

  /**
   * What holds where the operator says nothing.
   *
   * @param value what is read then; empty where nothing is
   * @param text the same for people
   * @param isSecret whether the setting may stand in a file instead
   */
  private record Otherwise(Optional<String> value, String text, boolean isSecret) {
    Otherwise secret() {
      return new Otherwise(value, text, true);
    }
  }

  private static final String SLOT = "<SLOT>";

  private final Group group;
  private final String variable;
  private final Optional<String> standard;
  private final String standardText;
  private final boolean secret;
  private final String meaning;

  Setting(Group group, String variable, Otherwise otherwise, String meaning) {
    this.group = group;
    this.variable = variable;
    this.standard = otherwise.value;
    this.standardText = otherwise.text;
    this.secret = otherwise.isSecret;
    this.meaning = meaning;
  }

  private static Otherwise is(String value) {
    return new Otherwise(Optional.of(value), "`" + value + "`", false);
  }

  private static Otherwise described(String text) {
    return new Otherwise(Optional.empty(), text, false);
  }

  private static Otherwise none() {
    return described("none");
  }

  /** All variables that a server with these slots knows, those that name a file too. */
  static List<String> variables(List<String> slots) {
    List<String> variables = new ArrayList<>();
    for (Setting setting : values()) {
      Stream<String> each =
          setting.group == Group.PROVIDER
              ? slots.stream().map(setting::variable)
              : Stream.of(setting.variable);
      each.forEach(
          name -> {
            variables.add(name);
            if (setting.isSecret()) {
              variables.add(fileOf(name));
            }
          });
    }
    return variables;
  }

  /** What names the file in which a secret stands. */
  static String fileOf(String variable) {
    return variable + "_FILE";
  }

  /** Its variable, with {@code <SLOT>} where each slot has one. */
  String variable() {
    return variable;
  }

  /**
   * The variable of one slot, which is spelt as variables are.
   *
   * @param slot no matter what, where all slots share the setting
   */
  String variable(String slot) {
    if (slot.isEmpty() && group == Group.PROVIDER) {
      throw new IllegalArgumentException(variable + " is read of one slot only");
    }
    return variable.replace(SLOT, slot);
  }

  Group group() {
    return group;
  }

  /** Whether it may also stand in a file that {@code <variable>_FILE} names. */
  boolean isSecret() {
    return secret;
  }

  /** What is read where the operator says nothing. */
  Optional<String> standard() {
    return standard;
  }

  /** The same for people, in Markdown. */
  String standardText() {
    return standardText;
  }

  /** In Markdown. */
  String meaning() {
    return meaning;
  }
}
