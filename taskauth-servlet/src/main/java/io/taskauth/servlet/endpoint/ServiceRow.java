package io.taskauth.servlet.endpoint;

import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service account as the page shows it.
 *
 * @param ends when it ends, as people read it
 * @param previousPrefix what the token before begins with while it is still good, or null
 * @param previousUntil until when that is, or null
 * @param lastUse or null where it was never used
 */
public record ServiceRow(
    String id,
    String name,
    String prefix,
    List<String> scopes,
    Moment created,
    String createdBy,
    String ends,
    boolean expired,
    @Nullable String previousPrefix,
    @Nullable Moment previousUntil,
    @Nullable Moment lastUse,
    @Nullable String lastAddress) {

  static ServiceRow of(ServiceAccount account, Instant now) {
    Instant end = account.expiry().instantOrNull();
    TokenUse use = account.lastUse();
    ServiceAccount.@Nullable Retiring previous = ServiceWork.previous(account, now).orElse(null);
    return new ServiceRow(
        account.id().toString(),
        account.name().value(),
        account.secret().id().prefix(),
        account.scopes().names(),
        Moment.of(account.createdAt(), Times.day(account.createdAt())),
        account.createdBy(),
        end == null ? "never expires" : "expires " + Times.day(end),
        account.expiry().isPast(now),
        previous == null ? null : previous.secret().id().prefix(),
        previous == null ? null : Moment.of(previous.until(), Times.minute(previous.until())),
        use == null ? null : Moment.of(use.at(), Times.ago(use.at(), now)),
        use == null ? null : use.ip());
  }
}
