package io.taskauth.provider;

import java.util.Map;

/**
 * One sign-in as the browser comes back.
 *
 * @param request as it began
 * @param parameters of the query, {@code code} or {@code error} among them; each came once
 */
public record AuthorizationResponse(AuthorizationRequest request, Map<String, String> parameters) {
  public AuthorizationResponse {
    parameters = Map.copyOf(parameters);
  }

  @Override
  public String toString() {
    return request.redirectUri() + " [redacted]";
  }
}
