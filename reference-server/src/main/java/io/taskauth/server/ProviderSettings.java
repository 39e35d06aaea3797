package io.taskauth.server;

import io.taskauth.user.Identity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The identity providers, and whether passwords are good beside them.
 *
 * @param firstUserAdmin whether the first to come to an empty store is its administrator
 */
record ProviderSettings(
    Optional<Client> google,
    List<String> googleDomains,
    Optional<Client> github,
    List<String> githubOrganizations,
    Optional<URI> githubBaseUrl,
    Optional<URI> githubApiUrl,
    List<Oidc> oidc,
    List<String> adminEmails,
    boolean firstUserAdmin,
    boolean passwordLogin) {

  private static final String PREFIX = "TASKAUTH_OAUTH_";
  private static final String OIDC = PREFIX + "OIDC_";
  private static final String SLOTS = OIDC + "PROVIDERS";
  static final String PASSWORD_LOGIN = "TASKAUTH_PASSWORD_LOGIN";
  static final String ADMIN_EMAILS = PREFIX + "ADMIN_EMAILS";

  private static final Set<String> KNOWN =
      Set.of(
          PREFIX + "GOOGLE_CLIENT_ID",
          PREFIX + "GOOGLE_CLIENT_SECRET",
          PREFIX + "GOOGLE_CLIENT_SECRET_FILE",
          PREFIX + "GOOGLE_ALLOWED_DOMAINS",
          PREFIX + "GITHUB_CLIENT_ID",
          PREFIX + "GITHUB_CLIENT_SECRET",
          PREFIX + "GITHUB_CLIENT_SECRET_FILE",
          PREFIX + "GITHUB_ALLOWED_ORGS",
          PREFIX + "GITHUB_BASE_URL",
          PREFIX + "GITHUB_API_URL",
          SLOTS,
          ADMIN_EMAILS,
          PREFIX + "FIRST_USER_ADMIN",
          PASSWORD_LOGIN);

  private static final Set<String> OF_A_SLOT =
      Set.of(
          "CLIENT_ID",
          "CLIENT_SECRET",
          "CLIENT_SECRET_FILE",
          "DISCOVERY_URL",
          "LABEL",
          "ALLOWED_DOMAINS",
          "REQUIRED_CLAIMS",
          "ROLES",
          "ROLES_AT",
          "SCOPES",
          "LOGOUT");

  /** How a provider knows this server. */
  record Client(String id, @Nullable String secret) {
    @Override
    public String toString() {
      return id + " [redacted]";
    }
  }

  /** A claim that has a value, such as {@code groups=admins}. */
  record Claim(String name, String value) {}

  /** A role for those of whom a claim has a value, such as {@code groups=admins:admin}. */
  record ClaimedRole(Claim claim, String role) {}

  /**
   * One OpenID provider.
   *
   * @param variables what the names of its variables begin with
   */
  record Oidc(
      String slot,
      String variables,
      Client client,
      URI discoveryUrl,
      Optional<String> label,
      List<String> allowedDomains,
      List<Claim> requiredClaims,
      List<ClaimedRole> roles,
      boolean rolesAtEachLogin,
      List<String> scopes,
      boolean localLogout) {}

  /** Whether a variable of that name is one of these. */
  static boolean isOne(String name, Environment environment) {
    return KNOWN.contains(name)
        || slots(environment).stream()
            .map(ProviderSettings::variables)
            .anyMatch(of -> name.startsWith(of) && OF_A_SLOT.contains(name.substring(of.length())));
  }

  /** Whether anybody can sign in with one of them. */
  boolean areThere() {
    return google.isPresent() || github.isPresent() || !oidc.isEmpty();
  }

  /**
   * @throws ConfigException where a value makes no sense
   */
  static ProviderSettings read(Environment environment) {
    ProviderSettings read =
        new ProviderSettings(
            client(environment, PREFIX + "GOOGLE_"),
            environment.list(PREFIX + "GOOGLE_ALLOWED_DOMAINS"),
            client(environment, PREFIX + "GITHUB_"),
            environment.list(PREFIX + "GITHUB_ALLOWED_ORGS"),
            environment.uri(PREFIX + "GITHUB_BASE_URL"),
            environment.uri(PREFIX + "GITHUB_API_URL"),
            slots(environment).stream().map(slot -> oidc(environment, slot)).toList(),
            environment.list(ADMIN_EMAILS),
            environment.oneOf(PREFIX + "FIRST_USER_ADMIN", false, "true", "false"),
            environment.oneOf(PASSWORD_LOGIN, true, "true", "false"));
    if (!read.adminEmails.isEmpty() && !read.areThere()) {
      throw new ConfigException(
          ADMIN_EMAILS,
          "is for identity providers, and there is none; set one up with " + PREFIX + "…");
    }
    if (!read.passwordLogin && !read.areThere()) {
      throw new ConfigException(
          PASSWORD_LOGIN,
          "is false and there is no identity provider, so nobody could sign in; set up one with "
              + PREFIX
              + "…, or leave passwords on");
    }
    return read;
  }

  private static Optional<Client> client(Environment environment, String variables) {
    Optional<String> id = environment.text(variables + "CLIENT_ID");
    Optional<String> secret = environment.secret(variables + "CLIENT_SECRET");
    boolean wanted =
        KNOWN.stream()
            .filter(name -> name.startsWith(variables))
            .anyMatch(name -> environment.text(name).isPresent());
    if (wanted && (id.isEmpty() || secret.isEmpty())) {
      throw new ConfigException(
          variables + (id.isPresent() ? "CLIENT_SECRET" : "CLIENT_ID"),
          "is missing; the provider gives both an id and a secret, and the other settings do nothing"
              + " without them");
    }
    return id.map(text -> new Client(text, secret.orElseThrow()));
  }

  private static List<String> slots(Environment environment) {
    List<String> slots = environment.list(SLOTS);
    Set<String> variables = new TreeSet<>();
    for (String slot : slots) {
      if (!Identity.isSlot(slot) || Set.of("google", "github").contains(slot)) {
        throw new ConfigException(
            SLOTS,
            "names providers with "
                + Identity.SLOT_RULE
                + ", 'google' or 'github'; not '"
                + slot
                + "'");
      }
      if (!variables.add(variables(slot))) {
        throw new ConfigException(SLOTS, "has '" + slot + "' twice, or one that is spelt alike");
      }
    }
    return slots;
  }

  private static String variables(String slot) {
    return OIDC + slot.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
  }

  private static Oidc oidc(Environment environment, String slot) {
    String variables = variables(slot);
    String id = required(environment.text(variables + "CLIENT_ID"), variables + "CLIENT_ID");
    return new Oidc(
        slot,
        variables,
        new Client(id, environment.secret(variables + "CLIENT_SECRET").orElse(null)),
        required(environment.uri(variables + "DISCOVERY_URL"), variables + "DISCOVERY_URL"),
        environment.text(variables + "LABEL"),
        environment.list(variables + "ALLOWED_DOMAINS"),
        claims(environment, variables + "REQUIRED_CLAIMS"),
        roles(environment, variables + "ROLES"),
        environment.oneOf(variables + "ROLES_AT", false, "each-login", "first-login"),
        environment.list(variables + "SCOPES"),
        environment.oneOf(variables + "LOGOUT", false, "local", "provider"));
  }

  private static <T> T required(Optional<T> value, String variable) {
    return value.orElseThrow(
        () -> new ConfigException(variable, "is missing; " + SLOTS + " names its provider"));
  }

  private static List<Claim> claims(Environment environment, String variable) {
    return environment.list(variable).stream().map(text -> claim(variable, text)).toList();
  }

  private static Claim claim(String variable, String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new ConfigException(variable, "must be like groups=staff, not '" + text + "'");
    }
    return new Claim(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  private static List<ClaimedRole> roles(Environment environment, String variable) {
    List<ClaimedRole> roles = new ArrayList<>();
    for (String text : environment.list(variable)) {
      int colon = text.lastIndexOf(':');
      if (colon < 1 || colon == text.length() - 1) {
        throw new ConfigException(variable, "must be like groups=admins:admin, not '" + text + "'");
      }
      roles.add(
          new ClaimedRole(
              claim(variable, text.substring(0, colon)), text.substring(colon + 1).strip()));
    }
    return roles;
  }
}
