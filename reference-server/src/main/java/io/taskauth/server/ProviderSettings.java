package io.taskauth.server;

import io.taskauth.user.Identity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

  static final String ADMIN_EMAILS = Setting.ADMIN_EMAILS.variable();
  private static final String SLOTS = Setting.OIDC_PROVIDERS.variable();

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

  /** The slots of OpenID providers, as they are spelt in the names of their variables. */
  static List<String> spelt(Environment environment) {
    return slots(environment).stream().map(ProviderSettings::spelt).toList();
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
            client(
                environment,
                Setting.GOOGLE_CLIENT_ID,
                Setting.GOOGLE_CLIENT_SECRET,
                Setting.GOOGLE_ALLOWED_DOMAINS),
            environment.list(Setting.GOOGLE_ALLOWED_DOMAINS),
            client(
                environment,
                Setting.GITHUB_CLIENT_ID,
                Setting.GITHUB_CLIENT_SECRET,
                Setting.GITHUB_ALLOWED_ORGS,
                Setting.GITHUB_BASE_URL,
                Setting.GITHUB_API_URL),
            environment.list(Setting.GITHUB_ALLOWED_ORGS),
            environment.uri(Setting.GITHUB_BASE_URL),
            environment.uri(Setting.GITHUB_API_URL),
            slots(environment).stream().map(slot -> oidc(environment, slot)).toList(),
            environment.list(Setting.ADMIN_EMAILS),
            environment.oneOf(Setting.FIRST_USER_ADMIN, "true", "false"),
            environment.oneOf(Setting.PASSWORD_LOGIN, "true", "false"));
    if (!read.adminEmails.isEmpty() && !read.areThere()) {
      throw new ConfigException(
          ADMIN_EMAILS,
          "is for identity providers, and there is none; set one up with TASKAUTH_OAUTH_…");
    }
    if (!read.passwordLogin && !read.areThere()) {
      throw new ConfigException(
          Setting.PASSWORD_LOGIN.variable(),
          "is false and there is no identity provider, so nobody could sign in; set up one with"
              + " TASKAUTH_OAUTH_…, or leave passwords on");
    }
    return read;
  }

  /**
   * @param others what does nothing without the id and the secret
   */
  private static Optional<Client> client(
      Environment environment, Setting idSetting, Setting secretSetting, Setting... others) {
    Optional<String> id = environment.text(idSetting);
    Optional<String> secret = environment.secret(secretSetting);
    boolean wanted =
        id.isPresent() || secret.isPresent() || Stream.of(others).anyMatch(environment::isSet);
    if (wanted && (id.isEmpty() || secret.isEmpty())) {
      throw new ConfigException(
          (id.isPresent() ? secretSetting : idSetting).variable(),
          "is missing; the provider gives both an id and a secret, and the other settings do nothing"
              + " without them");
    }
    return id.map(text -> new Client(text, secret.orElseThrow()));
  }

  private static List<String> slots(Environment environment) {
    List<String> slots = environment.list(Setting.OIDC_PROVIDERS);
    Set<String> spellings = new TreeSet<>();
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
      if (!spellings.add(spelt(slot))) {
        throw new ConfigException(SLOTS, "has '" + slot + "' twice, or one that is spelt alike");
      }
    }
    return slots;
  }

  private static String spelt(String slot) {
    return slot.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static Oidc oidc(Environment all, String slot) {
    Environment environment = all.ofSlot(spelt(slot));
    String id =
        required(environment.text(Setting.OIDC_CLIENT_ID), environment, Setting.OIDC_CLIENT_ID);
    return new Oidc(
        slot,
        "TASKAUTH_OAUTH_OIDC_" + spelt(slot) + "_",
        new Client(id, environment.secret(Setting.OIDC_CLIENT_SECRET).orElse(null)),
        required(
            environment.uri(Setting.OIDC_DISCOVERY_URL), environment, Setting.OIDC_DISCOVERY_URL),
        environment.text(Setting.OIDC_LABEL),
        environment.list(Setting.OIDC_ALLOWED_DOMAINS),
        claims(environment, Setting.OIDC_REQUIRED_CLAIMS),
        roles(environment, Setting.OIDC_ROLES),
        environment.oneOf(Setting.OIDC_ROLES_AT, "each-login", "first-login"),
        environment.list(Setting.OIDC_SCOPES),
        environment.oneOf(Setting.OIDC_LOGOUT, "local", "provider"));
  }

  private static <T> T required(Optional<T> value, Environment environment, Setting setting) {
    return value.orElseThrow(
        () ->
            new ConfigException(
                environment.name(setting), "is missing; " + SLOTS + " names its provider"));
  }

  private static List<Claim> claims(Environment environment, Setting setting) {
    return environment.list(setting).stream()
        .map(text -> claim(environment.name(setting), text))
        .toList();
  }

  private static Claim claim(String variable, String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new ConfigException(variable, "must be like groups=staff, not '" + text + "'");
    }
    return new Claim(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  private static List<ClaimedRole> roles(Environment environment, Setting setting) {
    String variable = environment.name(setting);
    List<ClaimedRole> roles = new ArrayList<>();
    for (String text : environment.list(setting)) {
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
