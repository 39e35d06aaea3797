package io.taskauth.servlet.endpoint;

import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccount.Retiring;
import io.taskauth.servlet.http.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service account as the API shows it: never a token, never a hash. */
final class ServiceJson {
  private ServiceJson() {}

  static Map<String, @Nullable Object> of(ServiceAccount account, Instant now) {
    TokenUse use = account.lastUse();
    Retiring previous = ServiceWork.previous(account, now).orElse(null);
    Map<String, @Nullable Object> json = Json.object();
    json.put("id", account.id().toString());
    json.put("name", account.name().value());
    json.put("scopes", account.scopes().names());
    json.put("created_at", Json.instant(account.createdAt()));
    json.put("created_by", account.createdBy());
    json.put("expires_at", Json.instant(account.expiry().instantOrNull()));
    json.put("token_prefix", account.secret().id().prefix());
    json.put("token_created_at", Json.instant(account.secret().createdAt()));
    json.put("previous_prefix", previous == null ? null : previous.secret().id().prefix());
    json.put("previous_until", previous == null ? null : Json.instant(previous.until()));
    json.put("last_used_at", use == null ? null : Json.instant(use.at()));
    json.put("last_used_ip", use == null ? null : use.ip());
    return json;
  }
}
