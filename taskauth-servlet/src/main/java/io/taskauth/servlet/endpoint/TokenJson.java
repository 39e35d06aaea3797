package io.taskauth.servlet.endpoint;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.servlet.http.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A personal access token as the API shows it: never the token, never its hash. */
final class TokenJson {
  private TokenJson() {}

  static Map<String, @Nullable Object> of(AccessToken token) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", token.id().value());
    json.put("prefix", token.id().prefix());
    json.put("name", token.name());
    json.put("scopes", token.scopes().names());
    json.put("created_at", Json.instant(token.createdAt()));
    json.put("expires_at", Json.instant(token.expiry().instantOrNull()));
    json.put("last_used_at", Json.instant(token.lastUsedAt()));
    json.put("last_used_ip", token.lastUsedIp());
    json.put("revoked_at", Json.instant(token.revokedAt()));
    return json;
  }

  static Map<String, @Nullable Object> withOwner(StoredToken row) {
    Map<String, @Nullable Object> owner = Json.object();
    owner.put("id", row.owner().id().toString());
    owner.put("username", row.owner().username().value());
    Map<String, @Nullable Object> json = of(row.token());
    json.put("owner", owner);
    return json;
  }
}
