package io.taskauth;

import static io.taskauth.Fixture.SECRET;
import static io.taskauth.Fixture.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenCheck;
import io.taskauth.accesstoken.AccessTokenCheck.Reason;
import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.PersonalToken;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUses;
import io.taskauth.audit.AuditTrail;
import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import io.taskauth.login.LoginThrottle;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.store.InMemoryAttempts;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.token.TokenCheck;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import io.taskauth.user.Origin;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A row that is wrong in several ways is refused for the first of them. */
class AccessTokenOrderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Ids IDS = new Ids(CLOCK, new SecureRandom());
  private static final String ANOTHER_HASH = Hashes.sha256Hex("another token");

  private final SignedTokens signed =
      new SignedTokens(new SigningKeys(List.of(SigningKey.of(SECRET))), "taskauth", CLOCK);
  private final AuditTrail audit = new AuditTrail(List.of(), IDS, CLOCK);
  private final User ada = user("ada");
  private final TokenId id = TokenId.random(IDS);
  private final String presented = sign(ada, id, NOW.minusSeconds(60));
  private Optional<StoredToken> row = Optional.empty();

  @AfterEach
  void close() {
    audit.close();
  }

  private static User user(String name) {
    return User.created(UUID.randomUUID(), new Username(name), VIEWER, Origin.PASSWORD, NOW);
  }

  private String sign(User owner, TokenId tokenId, Instant issuedAt) {
    return PersonalToken.PREFIX
        + signed.sign(
            new TokenClaims(
                TokenType.PAT,
                owner.id().toString(),
                tokenId.value(),
                issuedAt,
                NOW.plusSeconds(60),
                Map.of()));
  }

  /** The row that the store is said to have. */
  private void has(AccessToken token, String hash, User owner) {
    row = Optional.of(new StoredToken(token, hash, owner));
  }

  private AccessToken until(Instant end) {
    return AccessToken.created(
        id, ada.id(), "backup", Scopes.unlimited(), NOW.minusSeconds(60), Expiry.at(end));
  }

  private AccessToken live() {
    return until(NOW.plusSeconds(60));
  }

  private User closed() {
    return ada.deactivated(NOW, null);
  }

  private AccessTokenCheck check() {
    AccessTokenStore store =
        (AccessTokenStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AccessTokenStore.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("find");
                  assertThat(arguments).containsExactly(ada.id(), id);
                  return row;
                });
    AccessTokens tokens =
        new AccessTokens(
            store,
            signed,
            new TokenUses(store, audit),
            new LoginThrottle(new InMemoryAttempts(), ThrottlePolicy.STANDARD, CLOCK),
            IDS,
            CLOCK,
            audit);
    TokenCheck signature = tokens.checkSignature(presented);
    assertThat(signature).isInstanceOf(TokenCheck.Valid.class);
    return tokens.check(presented, ((TokenCheck.Valid) signature).claims(), NOW);
  }

  private void assertRefused(Reason reason, User owner) {
    assertThat(check()).isEqualTo(new AccessTokenCheck.Invalid(reason, owner));
  }

  @Test
  void withoutARowItIsUnknown() {
    assertRefused(Reason.UNKNOWN, null);
  }

  @Test
  void revokedComesBeforeItsEndItsHashAndItsAccount() {
    has(until(NOW).revoked(NOW.plusSeconds(5)), ANOTHER_HASH, closed());

    assertRefused(Reason.REVOKED, closed());
  }

  @Test
  void endComesBeforeHashAndAccount() {
    has(until(NOW), ANOTHER_HASH, closed());

    assertRefused(Reason.EXPIRED, closed());
  }

  @Test
  void hashOfAnotherTokenComesBeforeTheAccount() {
    has(live(), ANOTHER_HASH, closed());

    assertRefused(Reason.UNKNOWN, closed());
  }

  @Test
  void tokenOfTheSameIdThatWasNotHandedOutIsUnknown() {
    has(live(), Hashes.sha256Hex(sign(ada, id, NOW.minusSeconds(61))), ada);

    assertRefused(Reason.UNKNOWN, ada);
  }

  @Test
  void closedAccountComesLast() {
    has(live(), Hashes.sha256Hex(presented), closed());

    assertRefused(Reason.ACCOUNT_DEACTIVATED, closed());
  }

  @Test
  void rowThatEndsAMillisecondLaterIsStillGood() {
    has(until(NOW.plusMillis(1)), Hashes.sha256Hex(presented), ada);

    assertThat(check()).isEqualTo(new AccessTokenCheck.Valid(until(NOW.plusMillis(1)), ada));
  }
}
