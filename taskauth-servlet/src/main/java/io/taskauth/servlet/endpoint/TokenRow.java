package io.taskauth.servlet.endpoint;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as the pages show it.
 *
 * @param owner whose it is, where that is not plain
 * @param ownerPage the page about the owner, where {@code owner} is there
 * @param ends when it ends, as people read it
 * @param lastUse or null where it was never used
 */
public record TokenRow(
    String id,
    String prefix,
    String name,
    List<String> scopes,
    @Nullable String owner,
    @Nullable String ownerPage,
    Moment created,
    String ends,
    boolean expired,
    @Nullable Moment lastUse,
    @Nullable String lastAddress) {

  static TokenRow own(AccessToken token, Instant now) {
    return of(token, null, null, now);
  }

  static TokenRow of(StoredToken row, String base, Instant now) {
    return of(
        row.token(),
        row.owner().username().value(),
        base + UserPage.PATH + "/" + row.owner().id(),
        now);
  }

  private static TokenRow of(
      AccessToken token, @Nullable String owner, @Nullable String ownerPage, Instant now) {
    Instant end = token.expiry().instantOrNull();
    Instant used = token.lastUsedAt();
    return new TokenRow(
        token.id().value(),
        token.id().prefix(),
        token.name(),
        token.scopes().names(),
        owner,
        ownerPage,
        Moment.of(token.createdAt(), Times.day(token.createdAt())),
        end == null ? "never expires" : "expires " + Times.day(end),
        token.expiry().isPast(now),
        used == null ? null : Moment.of(used, Times.ago(used, now)),
        token.lastUsedIp());
  }
}
