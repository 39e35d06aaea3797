package io.taskauth.store.redis;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccount.Retiring;
import io.taskauth.service.ServiceName;
import io.taskauth.service.ServiceSecret;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A service account; the names of its tokens' fields are also in rotate_service.lua. */
final class ServiceRow {
  private ServiceRow() {}

  static List<String> fields(ServiceAccount account) {
    Fields fields =
        Fields.none()
            .with("name", account.name().value())
            .with("scopes", String.join(" ", account.scopes().names()))
            .with("created", account.createdAt())
            .with("by", account.createdBy())
            .with("expires", account.expiry().instantOrNull())
            .with("token", account.secret().id().value())
            .with("hash", account.secret().hash())
            .with("token_created", account.secret().createdAt());
    Retiring previous = account.previous();
    if (previous != null) {
      fields
          .with("previous", previous.secret().id().value())
          .with("previous_hash", previous.secret().hash())
          .with("previous_created", previous.secret().createdAt())
          .with("previous_until", previous.until());
    }
    TokenUse lastUse = account.lastUse();
    if (lastUse != null) {
      fields.with("used", lastUse.at()).with("used_ip", lastUse.ip());
    }
    return fields.set();
  }

  static ServiceAccount account(UUID id, Fields row) {
    return new ServiceAccount(
        id,
        new ServiceName(row.required("name")),
        scopes(row.required("scopes")),
        row.instant("created"),
        row.required("by"),
        Expiry.ofNullable(row.instantOrNull("expires")),
        new ServiceSecret(
            new TokenId(row.required("token")), row.required("hash"), row.instant("token_created")),
        previous(row),
        lastUse(row));
  }

  /** No names are no scopes: an account of this kind is never without a limit. */
  private static Scopes scopes(String names) {
    return Scopes.exactly(names.isEmpty() ? List.of() : List.of(names.split(" ")));
  }

  private static @Nullable Retiring previous(Fields row) {
    Instant until = row.instantOrNull("previous_until");
    return until == null
        ? null
        : new Retiring(
            new ServiceSecret(
                new TokenId(row.required("previous")),
                row.required("previous_hash"),
                row.instant("previous_created")),
            until);
  }

  private static @Nullable TokenUse lastUse(Fields row) {
    Instant at = row.instantOrNull("used");
    return at == null ? null : new TokenUse(at, row.text("used_ip"));
  }
}
