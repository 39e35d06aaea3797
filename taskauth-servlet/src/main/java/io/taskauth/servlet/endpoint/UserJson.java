package io.taskauth.servlet.endpoint;

import io.taskauth.servlet.http.Json;
import io.taskauth.user.User;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user as the API shows it: these fields and no others, never a hash. */
final class UserJson {
  private UserJson() {}

  static Map<String, @Nullable Object> of(User user) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", user.id().toString());
    json.put("username", user.username().value());
    json.put("email", user.email() == null ? null : user.email().value());
    json.put("display_name", user.displayName());
    json.put("role", user.role().name());
    json.put("active", user.active());
    json.put("created_at", Json.instant(user.createdAt()));
    json.put("last_login_at", Json.instant(user.lastLoginAt()));
    json.put("deactivated_at", Json.instant(user.deactivatedAt()));
    json.put(
        "deactivated_by", user.deactivatedBy() == null ? null : user.deactivatedBy().toString());
    json.put("origin", user.origin().value());
    return json;
  }
}
