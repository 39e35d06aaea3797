package io.taskauth.accesstoken;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessTokenCheck.Reason;
import io.taskauth.accesstoken.AccessTokenStore.Creation;
import io.taskauth.accesstoken.AccessTokenStore.Revocation;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.login.LoginThrottle;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionId;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.TokenCheck;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import io.taskauth.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, checks, lists and revokes personal access tokens. Threads may share it. */
public final class AccessTokens {
  /** How many live tokens an account may have. */
  public static final int MAX_PER_USER = 100;

  /** What came of making one. */
  public sealed interface Outcome {
    /**
     * @param secret the token itself, never to be had again
     */
    record Created(AccessToken token, PersonalToken secret) implements Outcome {}

    /** The session that asked for it has ended meanwhile. */
    record SessionEnded() implements Outcome {}

    /** The account has {@link #MAX_PER_USER} already. */
    record TooMany() implements Outcome {}

    /** So many were made just now that it looks like a mistake. */
    record Throttled(Duration retryAfter) implements Outcome {}
  }

  private static final int MADE_PER_WINDOW = 60;

  private final AccessTokenStore store;
  private final SignedTokens signed;
  private final TokenUses uses;
  private final LoginThrottle throttle;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  @SuppressWarnings("exports") // For taskauth's own modules.
  public AccessTokens(
      AccessTokenStore store,
      SignedTokens signed,
      TokenUses uses,
      LoginThrottle throttle,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    this.store = store;
    this.signed = signed;
    this.uses = uses;
    this.throttle = throttle;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Makes a token for whoever asks. Only a session can: a token that could make another would
   * outlive its own revocation.
   *
   * @param name tamed by the caller: what its owner will know it by
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Outcome create(
      User owner, SessionId session, String name, Scopes scopes, Expiry expiry, ClientInfo client) {
    Optional<Duration> wait = throttle.countOne("make-token", owner.id(), MADE_PER_WINDOW);
    if (wait.isPresent()) {
      return new Outcome.Throttled(wait.get());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AccessToken token =
        AccessToken.created(
            TokenId.random(ids), owner.id(), name, scopes, now, expiry.inWholeSeconds());
    PersonalToken secret = sign(token);
    Creation made = store.create(token, Hashes.sha256Hex(secret.reveal()), session, MAX_PER_USER);
    return switch (made) {
      case CREATED -> {
        audit.of(AuditType.TOKEN_CREATED, owner, token.id().value(), client, describe(token));
        yield new Outcome.Created(token, secret);
      }
      case SESSION_ENDED -> new Outcome.SessionEnded();
      case TOO_MANY -> new Outcome.TooMany();
    };
  }

  private PersonalToken sign(AccessToken token) {
    return new PersonalToken(
        PersonalToken.PREFIX
            + signed.sign(
                new TokenClaims(
                    TokenType.PAT,
                    token.userId().toString(),
                    token.id().value(),
                    token.createdAt(),
                    token.expiry().instantOrNull(),
                    Map.of())));
  }

  private static Map<String, String> describe(AccessToken token) {
    Instant end = token.expiry().instantOrNull();
    return Map.of(
        "token_name", token.name(),
        "scopes", token.scopes().isUnlimited() ? "unlimited" : token.scopes().toString(),
        "expires_at", end == null ? "never" : end.toString());
  }

  /**
   * What the signature alone says: whether it is worth asking the store. Costs no round trip.
   *
   * @param presented with the prefix
   */
  public TokenCheck checkSignature(String presented) {
    return signed.check(presented.substring(PersonalToken.PREFIX.length()), TokenType.PAT);
  }

  /**
   * Whether a token whose signature holds is good now: it has a row, the row is not revoked and not
   * past its end, and it is the row of this very token. One round trip.
   *
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public AccessTokenCheck check(String presented, TokenClaims claims, Instant now) {
    Optional<StoredToken> row =
        claims
            .subjectId()
            .flatMap(owner -> TokenId.parse(claims.id()).flatMap(id -> store.find(owner, id)));
    if (row.isEmpty()) {
      return new AccessTokenCheck.Invalid(Reason.UNKNOWN, null);
    }
    User owner = row.get().owner();
    return objection(row.get(), presented, now)
        .<AccessTokenCheck>map(reason -> new AccessTokenCheck.Invalid(reason, owner))
        .orElseGet(() -> new AccessTokenCheck.Valid(row.get().token(), owner));
  }

  /**
   * A token that was good, with its owner, if it still is. One round trip.
   *
   * @throws io.taskauth.store.AuthStoreException where the store is out
   */
  public Optional<StoredToken> again(UUID owner, TokenId id, Instant now) {
    return store.find(owner, id).filter(row -> row.token().isLive(now) && row.owner().active());
  }

  private static Optional<Reason> objection(StoredToken row, String presented, Instant now) {
    if (row.token().revokedAt() != null) {
      return Optional.of(Reason.REVOKED);
    }
    if (row.token().expiry().isPast(now)) {
      return Optional.of(Reason.EXPIRED);
    }
    if (!Hashes.constantTimeEquals(Hashes.sha256Hex(presented), row.hash())) {
      return Optional.of(Reason.UNKNOWN);
    }
    return row.owner().active() ? Optional.empty() : Optional.of(Reason.ACCOUNT_DEACTIVATED);
  }

  /** Notes that a token is in use. Costs nothing on the way. */
  public void used(AccessToken token, User owner, ClientInfo client, Instant now) {
    uses.note(token, owner, client, now);
  }

  /** A user's tokens that are not revoked, newest first. */
  public List<AccessToken> ofUser(UUID userId) {
    return store.ofUser(userId).stream().map(uses::withLastUse).toList();
  }

  /** One token with its owner, whatever its state. */
  public Optional<StoredToken> find(TokenId id) {
    return store.find(id).map(this::withLastUse);
  }

  /** Everybody's tokens that are not revoked, newest first. */
  public Page<StoredToken> newest(PageRequest page) {
    return store.newest(page).map(this::withLastUse);
  }

  private StoredToken withLastUse(StoredToken row) {
    return new StoredToken(uses.withLastUse(row.token()), row.hash(), row.owner());
  }

  /**
   * Revokes a token of one's own; refused from the next request on, everywhere.
   *
   * @return false where the user has no such token
   */
  public boolean revoke(User owner, TokenId id, ClientInfo client) {
    return revoke(owner, id, owner.id(), client);
  }

  /**
   * Revokes anybody's token.
   *
   * @param by the administrator who does it
   * @return false where there is no such token
   */
  public boolean revokeOfAnybody(User by, TokenId id, ClientInfo client) {
    return revoke(by, id, null, client);
  }

  private boolean revoke(User by, TokenId id, @Nullable UUID owner, ClientInfo client) {
    Optional<StoredToken> row = store.find(id);
    Revocation done = store.revoke(id, owner, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    if (done == Revocation.REVOKED && row.isPresent()) {
      Map<String, String> details = new HashMap<>(Map.of("token_name", row.get().token().name()));
      if (!row.get().owner().id().equals(by.id())) {
        details.put(AuditEvent.TARGET_USERNAME, row.get().owner().username().value());
      }
      audit.of(AuditType.TOKEN_REVOKED, by, id.value(), client, details);
    }
    return done != Revocation.NOT_FOUND;
  }
}
