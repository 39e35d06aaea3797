package io.taskauth.store.redis;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import java.util.List;
import java.util.UUID;

/** A personal access token in the slot of its owner. */
final class TokenRow {
  private TokenRow() {}

  static List<String> fields(AccessToken token, String hash) {
    return Fields.none()
        .with("hash", hash)
        .with("name", token.name())
        .with("scopes", String.join(" ", token.scopes().names()))
        .with("created", token.createdAt())
        .with("expires", token.expiry().instantOrNull())
        .with("used", token.lastUsedAt())
        .with("used_ip", token.lastUsedIp())
        .with("revoked", token.revokedAt())
        .set();
  }

  static AccessToken token(UUID owner, TokenId id, Fields row) {
    return new AccessToken(
        id,
        owner,
        row.required("name"),
        scopes(row.required("scopes")),
        row.instant("created"),
        Expiry.ofNullable(row.instantOrNull("expires")),
        row.instantOrNull("used"),
        row.text("used_ip"),
        row.instantOrNull("revoked"));
  }

  private static Scopes scopes(String names) {
    return names.isEmpty() ? Scopes.unlimited() : Scopes.of(List.of(names.split(" ")));
  }
}
