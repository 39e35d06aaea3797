package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a {@link GitHubProvider}. The client's id and secret are needed; a value that makes no
 * sense is refused with an {@link IllegalArgumentException} that names the setting. For one thread.
 */
public final class GitHubProviderBuilder {
  private static final URI GITHUB = URI.create("https://github.com");
  private static final URI GITHUB_API = URI.create("https://api.github.com");

  private String slot = "github";
  private String label = "GitHub";
  private @Nullable ClientID clientId;
  private @Nullable Secret secret;
  private final Set<String> organizations = new LinkedHashSet<>();
  private URI baseUrl = GITHUB;
  private @Nullable URI apiUrl;
  private Duration deadline = ProviderHttp.DEADLINE;

  GitHubProviderBuilder() {}

  /** What it is called in addresses and accounts; see {@link io.taskauth.user.Identity}. */
  public GitHubProviderBuilder slot(String newSlot) {
    slot = Setting.slot(newSlot);
    return this;
  }

  /** What it is called on pages. */
  public GitHubProviderBuilder label(String newLabel) {
    label = Setting.text("label", newLabel);
    return this;
  }

  /** What GitHub calls this application. */
  public GitHubProviderBuilder clientId(String id) {
    clientId = new ClientID(Setting.text("clientId", id));
    return this;
  }

  /** How GitHub knows this application. */
  public GitHubProviderBuilder clientSecret(String newSecret) {
    secret = new Secret(Setting.text("clientSecret", newSecret));
    return this;
  }

  /** Only members of one of these organizations. */
  public GitHubProviderBuilder allowedOrganizations(String... allowed) {
    for (String organization : allowed) {
      organizations.add(Setting.organization("allowedOrganizations", organization));
    }
    return this;
  }

  /** Where people sign in, for GitHub Enterprise. */
  public GitHubProviderBuilder baseUrl(URI url) {
    baseUrl = Endpoints.configured("baseUrl", url);
    return this;
  }

  /** Where programs ask; {@code /api/v3} under the {@link #baseUrl} of an enterprise unless set. */
  public GitHubProviderBuilder apiUrl(URI url) {
    apiUrl = Endpoints.configured("apiUrl", url);
    return this;
  }

  GitHubProviderBuilder deadline(Duration newDeadline) {
    deadline = newDeadline;
    return this;
  }

  /**
   * The provider; nobody is asked yet.
   *
   * @throws IllegalArgumentException where a setting is missing
   */
  public GitHubProvider build() {
    ClientSecretPost client =
        new ClientSecretPost(
            Setting.present("clientId", clientId), Setting.present("clientSecret", secret));
    Scope scopes = new Scope("read:user", "user:email");
    if (!organizations.isEmpty()) {
      scopes.add("read:org");
    }
    ProviderHttp http = new ProviderHttp(label, deadline);
    return new GitHubProvider(
        slot,
        label,
        Set.copyOf(organizations),
        http,
        new GitHubClient(baseUrl, client, scopes, http),
        new GitHubApi(apiUrl == null ? defaultApi() : apiUrl, http));
  }

  private URI defaultApi() {
    return baseUrl.equals(GITHUB)
        ? GITHUB_API
        : URI.create(Endpoints.withoutSlash(baseUrl) + "/api/v3");
  }
}
