package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.taskauth.user.Role;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets up an {@link OpenIdProvider}. Address and client id are needed; a value that makes no sense
 * is refused with an {@link IllegalArgumentException} that names the setting. For one thread.
 */
public final class OpenIdProviderBuilder {
  private final String slot;
  private final String type;
  private String label;
  private @Nullable URI issuer;
  private @Nullable ClientID clientId;
  private @Nullable Secret secret;
  private Scope scopes = new Scope("openid", "email", "profile");
  private final Set<String> domains = new LinkedHashSet<>();
  private final Map<String, Set<String>> required = new LinkedHashMap<>();
  private final List<Admission.RoleRule> roles = new ArrayList<>();
  private @Nullable String otherwiseRole;
  private boolean rolesAtEachLogin;
  private @Nullable Duration maxAge;
  private boolean localLogoutOnly;
  private InstantSource clock = InstantSource.system();
  private Duration deadline = ProviderHttp.DEADLINE;

  OpenIdProviderBuilder(String slot, String type) {
    this.slot = Setting.slot(slot);
    this.type = type;
    label = slot;
  }

  /** What the provider is called on pages; the slot unless set. */
  public OpenIdProviderBuilder label(String newLabel) {
    label = Setting.text("label", newLabel);
    return this;
  }

  /**
   * The provider's issuer, or that with {@code /.well-known/openid-configuration} behind it. What
   * the provider calls itself must be the same to the letter: where it ends in a slash, give the
   * issuer.
   */
  public OpenIdProviderBuilder discoveryUrl(URI url) {
    issuer = OpenIdSettings.issuerOf(Endpoints.configured("discoveryUrl", url));
    return this;
  }

  /** What the provider calls this application. */
  public OpenIdProviderBuilder clientId(String id) {
    clientId = new ClientID(Setting.text("clientId", id));
    return this;
  }

  /** How the provider knows this application; without one it is a public client. */
  public OpenIdProviderBuilder clientSecret(String newSecret) {
    secret = new Secret(Setting.text("clientSecret", newSecret));
    return this;
  }

  /** Only people with a verified e-mail address at one of these domains; their subdomains not. */
  public OpenIdProviderBuilder allowedDomains(String... allowed) {
    for (String domain : allowed) {
      domains.add(Setting.domain("allowedDomains", domain));
    }
    return this;
  }

  /**
   * Only people about whom the provider says this, the value alone or in an array such as {@code
   * groups}. Of several values of a claim one is enough; of several claims each is needed.
   */
  public OpenIdProviderBuilder requireClaim(String claim, String value) {
    required
        .computeIfAbsent(Setting.text("requireClaim", claim), c -> new LinkedHashSet<>())
        .add(Setting.text("requireClaim", value));
    return this;
  }

  /** The role of people about whom the provider says this. The first that fits decides. */
  public OpenIdProviderBuilder role(String claim, String value, String role) {
    roles.add(
        new Admission.RoleRule(
            Setting.text("role", claim), Setting.text("role", value), new Role(role).name()));
    return this;
  }

  /** The role of those whom no {@link #role} fits; the lowest unless set. */
  public OpenIdProviderBuilder otherwiseRole(String role) {
    otherwiseRole = new Role(role).name();
    return this;
  }

  /** Whether roles follow the provider at each sign-in, and not only when an account is made. */
  public OpenIdProviderBuilder rolesAtEachLogin(boolean each) {
    rolesAtEachLogin = each;
    return this;
  }

  /** What to ask for, instead of {@code email profile}; {@code openid} is always there. */
  public OpenIdProviderBuilder scopes(String... wanted) {
    scopes = new Scope("openid");
    for (String scope : wanted) {
      scopes.add(Setting.scope("scopes", scope));
    }
    return this;
  }

  /** How long ago the person may have signed in at the provider; any time unless set. */
  public OpenIdProviderBuilder maxAge(Duration age) {
    if (age.isNegative() || age.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("maxAge must be between 0 and 365 days");
    }
    maxAge = age;
    return this;
  }

  /** Signing out here leaves the person signed in at the provider. */
  public OpenIdProviderBuilder localLogoutOnly() {
    localLogoutOnly = true;
    return this;
  }

  /** Where the time comes from; the system unless set. */
  public OpenIdProviderBuilder clock(InstantSource newClock) {
    clock = newClock;
    return this;
  }

  OpenIdProviderBuilder deadline(Duration newDeadline) {
    deadline = newDeadline;
    return this;
  }

  /**
   * The provider; nobody is asked yet.
   *
   * @throws IllegalArgumentException where a setting is missing
   */
  public OpenIdProvider build() {
    Map<String, Set<String>> claims = new LinkedHashMap<>();
    required.forEach((claim, values) -> claims.put(claim, Set.copyOf(values)));
    return new OpenIdProvider(
        new OpenIdSettings(
            slot,
            type,
            label,
            Setting.present("discoveryUrl", issuer),
            Setting.present("clientId", clientId),
            secret,
            Scope.parse(scopes.toString()),
            new Admission(
                Set.copyOf(domains),
                Map.copyOf(claims),
                List.copyOf(roles),
                otherwiseRole,
                rolesAtEachLogin),
            maxAge,
            localLogoutOnly,
            type.equals(GoogleProvider.TYPE),
            clock,
            deadline));
  }
}
