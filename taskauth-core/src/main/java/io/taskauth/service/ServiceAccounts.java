package io.taskauth.service;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.service.ServiceAccountStore.Rotation;
import io.taskauth.session.ClientInfo;
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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes, checks, lists and removes the accounts of machines. Every method but those that say
 * otherwise throws {@code io.taskauth.store.AuthStoreException} where the store is out. Threads may
 * share it.
 */
public final class ServiceAccounts {
  /** Who vouches for them. */
  public static final String PROVIDER = "taskauth-accounts";

  /** How many accounts there may be. */
  public static final int MAX = 500;

  /** For how long a token that is replaced may stay good. */
  public static final Duration MAX_OVERLAP = Duration.ofDays(30);

  /** What came of making an account, or a new token for one. */
  public sealed interface Outcome {
    /**
     * @param token the token itself, never to be had again
     */
    record Made(ServiceAccount account, ServiceToken token) implements Outcome {}

    /** Another account has the name. */
    record NameTaken() implements Outcome {}

    /** There are {@link #MAX} already. */
    record TooMany() implements Outcome {}

    /** There is no such account. */
    record NotFound() implements Outcome {}

    /** The account has come to its end, and a token of it would be good for nothing. */
    record Ended() implements Outcome {}

    /** Somebody else has just made a new token for it. */
    record JustRotated() implements Outcome {}
  }

  private final ServiceAccountStore store;
  private final SignedTokens signed;
  private final ServiceUses uses;
  private final Ids ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  @SuppressWarnings("exports") // For taskauth's own modules.
  public ServiceAccounts(
      ServiceAccountStore store,
      SignedTokens signed,
      Ids ids,
      InstantSource clock,
      AuditTrail audit) {
    this.store = store;
    this.signed = signed;
    this.uses = new ServiceUses(store);
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Makes an account with a token.
   *
   * @param by the administrator who does it; the account outlives theirs
   * @param scopes what it is limited to, at least one
   * @throws IllegalArgumentException where {@code scopes} are unlimited
   */
  public Outcome create(
      User by, ServiceName name, Scopes scopes, Expiry expiry, ClientInfo client) {
    Instant now = now();
    UUID id = ids.uuidV7();
    TokenId tokenId = TokenId.random(ids);
    Expiry end = expiry.inWholeSeconds();
    ServiceToken token = sign(id, tokenId, now, end);
    ServiceAccount account =
        new ServiceAccount(
            id,
            name,
            scopes,
            now,
            by.username().value(),
            end,
            secret(tokenId, token, now),
            null,
            null);
    return switch (store.create(account, MAX)) {
      case CREATED -> {
        record(AuditType.SERVICE_CREATED, by, account, Map.of("scopes", scopes.toString()), client);
        yield new Outcome.Made(account, token);
      }
      case NAME_TAKEN -> new Outcome.NameTaken();
      case TOO_MANY -> new Outcome.TooMany();
    };
  }

  /**
   * Makes a new token for an account; the one it has stays good for {@code overlap}, so that the
   * machine can be told. A token that was replaced before ends at once.
   *
   * @param overlap zero to {@link #MAX_OVERLAP}
   * @throws IllegalArgumentException for another overlap
   */
  public Outcome rotate(User by, UUID id, Duration overlap, ClientInfo client) {
    if (overlap.isNegative() || overlap.compareTo(MAX_OVERLAP) > 0) {
      throw new IllegalArgumentException("the overlap must be zero to " + MAX_OVERLAP);
    }
    Optional<ServiceAccount> found = store.find(id);
    if (found.isEmpty()) {
      return new Outcome.NotFound();
    }
    ServiceAccount account = found.get();
    Instant now = now();
    if (account.expiry().isPast(now)) {
      return new Outcome.Ended();
    }
    TokenId tokenId = TokenId.random(ids);
    ServiceToken token = sign(id, tokenId, now, account.expiry());
    ServiceSecret next = secret(tokenId, token, now);
    Rotation done = store.rotate(id, account.secret().id(), next, now.plus(overlap));
    return switch (done) {
      case ROTATED -> {
        Map<String, String> details = Map.of("overlap", overlap.toString());
        record(AuditType.SERVICE_ROTATED, by, account, details, client);
        yield new Outcome.Made(account.rotated(next, now.plus(overlap)), token);
      }
      case ANOTHER_TOKEN -> new Outcome.JustRotated();
      case NOT_FOUND -> new Outcome.NotFound();
    };
  }

  /**
   * Removes an account; its tokens are refused from the next request on, everywhere.
   *
   * @return false where there is none
   */
  public boolean delete(User by, UUID id, ClientInfo client) {
    Optional<ServiceAccount> account = store.find(id);
    boolean done = account.isPresent() && store.delete(id);
    if (done) {
      uses.forget(id);
      record(AuditType.SERVICE_DELETED, by, account.get(), Map.of(), client);
    }
    return done;
  }

  /** All accounts by name, those past their end too. */
  public List<ServiceAccount> all() {
    return store.all().stream().map(uses::withLastUse).toList();
  }

  /** One account, whether or not it has come to its end. */
  public Optional<ServiceAccount> find(UUID id) {
    return store.find(id).map(uses::withLastUse);
  }

  /**
   * What the signature alone says: whether it is worth asking the store. Costs no round trip.
   *
   * @param presented with the prefix
   */
  public TokenCheck checkSignature(String presented) {
    return signed.check(presented.substring(ServiceToken.PREFIX.length()), TokenType.SERVICE);
  }

  /**
   * Whose token this is whose signature holds. One round trip.
   *
   * @return empty where its account is gone or at its end, or has another token by now
   */
  public Optional<TokenPrincipal> check(String presented, TokenClaims claims, Instant now) {
    Optional<TokenId> tokenId = TokenId.parse(claims.id());
    Optional<ServiceAccount> account = claims.subjectId().flatMap(store::find);
    if (tokenId.isEmpty() || account.isEmpty()) {
      return Optional.empty();
    }
    return account
        .get()
        .goodSecret(tokenId.get(), now)
        .filter(good -> Hashes.constantTimeEquals(Hashes.sha256Hex(presented), good.hash()))
        .map(good -> principal(account.get(), account.get().endOf(good.id())));
  }

  private static TokenPrincipal principal(ServiceAccount account, @Nullable Instant end) {
    return new TokenPrincipal(
        account.name().value(), PROVIDER, Set.copyOf(account.scopes().names()), end);
  }

  /** Notes that a token is in use. Costs no round trip, and never throws. */
  public void used(UUID account, ClientInfo client, Instant now) {
    uses.note(account, client.ip(), now);
  }

  /** Writes down what {@link #used} noted; off the request's way. */
  public void flush() {
    uses.flush();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private ServiceToken sign(UUID account, TokenId id, Instant now, Expiry expiry) {
    return new ServiceToken(
        ServiceToken.PREFIX
            + signed.sign(
                new TokenClaims(
                    TokenType.SERVICE,
                    account.toString(),
                    id.value(),
                    now,
                    expiry.instantOrNull(),
                    Map.of())));
  }

  private static ServiceSecret secret(TokenId id, ServiceToken token, Instant now) {
    return new ServiceSecret(id, Hashes.sha256Hex(token.reveal()), now);
  }

  private void record(
      AuditType type,
      User by,
      ServiceAccount account,
      Map<String, String> details,
      ClientInfo client) {
    Map<String, String> more = new HashMap<>(details);
    more.put(AuditEvent.TARGET_USERNAME, account.name().value());
    audit.of(type, by, account.id().toString(), client, more);
  }
}
