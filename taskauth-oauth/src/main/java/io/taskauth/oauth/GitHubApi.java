package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** The three questions of ours to GitHub's REST interface. */
final class GitHubApi {
  private final String base;
  private final ProviderHttp http;

  GitHubApi(URI apiUrl, ProviderHttp http) {
    base = Endpoints.withoutSlash(apiUrl);
    this.http = http;
  }

  /**
   * @param id stays the same for ever
   * @param login can be changed, and then be taken by somebody else
   */
  record Person(String id, String login, @Nullable String name) {}

  Person person(AccessToken token) throws RefusedException {
    JSONObject user = ProviderJson.object(get("/user", token));
    String id = id(user.get("id"));
    if (!(user.get("login") instanceof String login) || login.isBlank()) {
      throw new RefusedException("response");
    }
    String name = user.get("name") instanceof String text && !text.isBlank() ? text.strip() : null;
    return new Person(id, login, name);
  }

  private static String id(@Nullable Object id) throws RefusedException {
    // Any other kind of number could be rounded to somebody else's.
    if (id instanceof Integer || id instanceof Long) {
      long number = ((Number) id).longValue();
      TokenRules.demand(number > 0, "subject");
      return String.valueOf(number);
    }
    throw new RefusedException("subject");
  }

  /** The address that is both primary and verified; any other may not be theirs. */
  @Nullable String email(AccessToken token) throws RefusedException {
    List<Object> emails = ProviderJson.array(get("/user/emails?per_page=100", token));
    for (Object entry : emails) {
      if (entry instanceof Map<?, ?> email
          && Boolean.TRUE.equals(email.get("primary"))
          && Boolean.TRUE.equals(email.get("verified"))
          && email.get("email") instanceof String address) {
        return address;
      }
    }
    return null;
  }

  boolean isMember(String organization, String login, AccessToken token) throws RefusedException {
    String path = "/orgs/" + segment(organization) + "/members/" + segment(login);
    int status = http.status(request(path, token));
    return switch (status) {
      case 204 -> true;
      // 302 is what somebody gets who is no member either and may not know.
      case 302, 404 -> false;
      default -> throw http.outage("status " + status);
    };
  }

  private HTTPResponse get(String path, AccessToken token) throws RefusedException {
    HTTPResponse response = http.send(request(path, token));
    if (response.getStatusCode() == 403) {
      // How GitHub says that it has been asked too often.
      throw http.outage("status 403");
    }
    return response;
  }

  private HTTPRequest request(String path, AccessToken token) {
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, URI.create(base + path));
    request.setAuthorization(token.toAuthorizationHeader());
    request.setAccept("application/vnd.github+json");
    request.setHeader("X-GitHub-Api-Version", "2022-11-28");
    return request;
  }

  private static String segment(String text) throws RefusedException {
    // Escaped or not, dots lead to another path.
    TokenRules.demand(!text.equals(".") && !text.equals(".."), "response");
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
