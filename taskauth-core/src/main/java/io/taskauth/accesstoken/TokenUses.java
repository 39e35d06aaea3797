package io.taskauth.accesstoken;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Slices;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when and from where tokens are used, and writes it down later, many at once: a script
 * that calls a thousand times a minute costs one line. Threads may share it.
 */
public final class TokenUses {
  private static final Duration RESOLUTION = Duration.ofMinutes(1);
  private static final int REMEMBERED = 50_000;

  private final AccessTokenStore store;
  private final AuditTrail audit;
  private final Map<TokenId, AccessToken> unwritten = new ConcurrentHashMap<>();
  private final Cache<TokenId, TokenUse> noted =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final Cache<Place, Boolean> places =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(Duration.ofDays(30)).build();

  private record Place(TokenId token, String line) {}

  public TokenUses(AccessTokenStore store, AuditTrail audit) {
    this.store = store;
    this.audit = audit;
  }

  /** Notes a use. Costs no round trip. */
  public void note(AccessToken token, User owner, ClientInfo client, Instant now) {
    TokenUse here = noted.getIfPresent(token.id());
    if (here != null && isOfThisMinute(here, now) && Objects.equals(here.ip(), client.ip())) {
      return;
    }
    if (isNewPlace(token, client)) {
      audit.of(AuditType.TOKEN_FIRST_USE_NEW_IP, owner, token.id().value(), client, about(token));
    }
    TokenUse last = lastUse(token);
    TokenUse use = new TokenUse(now, client.ip());
    if (last != null && isOfThisMinute(last, now)) {
      return;
    }
    // Of many requests at once one is the use of this minute.
    AtomicBoolean first = new AtomicBoolean();
    TokenUse unused =
        noted
            .asMap()
            .compute(
                token.id(),
                (same, before) -> {
                  first.set(before == null || !isOfThisMinute(before, now));
                  return first.get() ? use : before;
                });
    if (first.get()) {
      unwritten.put(token.id(), token.used(use));
      audit.of(AuditType.TOKEN_AUTH_SUCCESS, owner, token.id().value(), client, about(token));
    }
  }

  private static boolean isOfThisMinute(TokenUse use, Instant now) {
    return now.toEpochMilli() - use.at().toEpochMilli() < RESOLUTION.toMillis();
  }

  /** As far as this process remembers: the row knows the last address only. */
  private boolean isNewPlace(AccessToken token, ClientInfo client) {
    // All of IPv6's addresses of one customer are one place: there are more of them than of events.
    Place place = new Place(token.id(), client.line());
    return client.ip() != null
        && places.getIfPresent(place) == null
        && places.asMap().putIfAbsent(place, true) == null
        && !place.line().equals(new ClientInfo(token.lastUsedIp(), null).line());
  }

  private static Map<String, String> about(AccessToken token) {
    return Map.of("token_name", token.name());
  }

  private @Nullable TokenUse lastUse(AccessToken token) {
    TokenUse here = noted.getIfPresent(token.id());
    Instant written = token.lastUsedAt();
    if (written == null || (here != null && here.at().isAfter(written))) {
      return here;
    }
    return new TokenUse(written, token.lastUsedIp());
  }

  /** The token with its last use, as far as this process knows. */
  public AccessToken withLastUse(AccessToken token) {
    TokenUse last = lastUse(token);
    return last == null ? token : token.used(last);
  }

  /** Writes down what {@link #note} noted; off the request's way. */
  public void flush() {
    // In slices: one step of all of them might never be done in the time that a step has.
    Slices.of(
        unwritten,
        slice -> {
          store.used(slice.values());
          slice.forEach(unwritten::remove);
        });
  }
}
