package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.authenticate;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.makeToken;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.PersonalToken;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.page.PageRequest;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Principal;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Making, listing and revoking personal access tokens. */
class AccessTokenTest {
  private static final TokenId NOBODYS = new TokenId("0123456789abcdef0123456789abcdef");

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private User root;
  private Opened ada;
  private Opened eve;

  @BeforeEach
  void signIn() {
    root = fixture.account("root", ADMIN);
    fixture.account("ada", VIEWER);
    fixture.account("eve", VIEWER);
    ada = signedIn(auth, "ada");
    eve = signedIn(auth, "eve");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private AccessTokens tokens() {
    return auth.accessTokens().orElseThrow();
  }

  @Test
  void sessionThatHasEndedMakesNoToken() {
    auth.sessions().end(ada.user().id(), ada.session().id());

    assertThat(makeToken(auth, ada, Expiry.never())).isEqualTo(new Outcome.SessionEnded());
    assertThat(tokens().ofUser(ada.user().id())).isEmpty();
  }

  @Test
  void sessionAtItsEndMakesNoToken() {
    fixture.now.set(ada.session().expiresAt());

    assertThat(makeToken(auth, ada, Expiry.never())).isEqualTo(new Outcome.SessionEnded());
  }

  @Test
  void sessionOfAnotherMakesNoToken() {
    Outcome outcome =
        tokens()
            .create(ada.user(), eve.session().id(), "b", Scopes.unlimited(), Expiry.never(), HERE);

    assertThat(outcome).isEqualTo(new Outcome.SessionEnded());
    assertThat(fixture.events(auth, AuditType.TOKEN_CREATED)).isEmpty();
  }

  @Test
  void refusalOfATokenThatWasOursNamesItAndItsOwner() {
    Outcome.Created made = token(auth, ada);
    tokens().revoke(ada.user(), made.token().id(), HERE);

    authenticate(auth, made);

    AuditEvent refused = fixture.events(auth, AuditType.TOKEN_AUTH_FAILURE).get(0);
    assertThat(refused.userId()).isEqualTo(ada.user().id());
    assertThat(refused.target()).isEqualTo(made.token().id().value());
    assertThat(refused.details()).isEqualTo(Map.of("reason", "access_token_revoked"));
  }

  @Test
  void nobodyHasMoreLiveTokensThanTheLimit() {
    Outcome.Created first = token(auth, ada);
    token(auth, ada, Expiry.at(fixture.now.get().plus(Duration.ofHours(1))));
    makeTokens(AccessTokens.MAX_PER_USER - 2);

    assertThat(makeToken(auth, ada, Expiry.never())).isEqualTo(new Outcome.TooMany());
    assertThat(makeToken(auth, eve, Expiry.never())).isInstanceOf(Outcome.Created.class);

    tokens().revoke(ada.user(), first.token().id(), HERE);
    token(auth, ada);
    assertThat(makeToken(auth, ada, Expiry.never())).isEqualTo(new Outcome.TooMany());

    fixture.advance(Duration.ofHours(1));
    token(auth, ada);
    assertThat(makeToken(auth, ada, Expiry.never())).isEqualTo(new Outcome.TooMany());
  }

  /** Slowly enough not to look like a mistake. */
  private void makeTokens(int number) {
    for (int i = 0; i < number; i++) {
      if (i % 40 == 39) {
        fixture.advance(Duration.ofMinutes(15));
      }
      token(auth, ada);
    }
  }

  @Test
  void limitHoldsHoweverManyAreMadeAtOnce() throws Exception {
    makeTokens(AccessTokens.MAX_PER_USER - 3);

    List<Outcome> outcomes = Race.of(16, () -> makeToken(auth, ada, Expiry.never()));

    assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Created).hasSize(3);
    assertThat(tokens().ofUser(ada.user().id())).hasSize(AccessTokens.MAX_PER_USER);
  }

  @Test
  void tokenIsAPrefixAndASignedTokenOfItsOwnType() {
    Outcome.Created made = token(auth, ada, Expiry.at(Instant.parse("2026-06-01T00:00:00.999Z")));

    assertThat(made.secret().reveal()).matches("taskauth_pat_[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    String payload =
        new String(Base64.getUrlDecoder().decode(made.secret().reveal().split("\\.")[1]), UTF_8);
    assertThat(payload)
        .contains("\"typ\":\"pat\"")
        .contains("\"sub\":\"" + ada.user().id() + "\"")
        .contains("\"jti\":\"" + made.token().id() + "\"")
        .contains("\"exp\":" + Instant.parse("2026-06-01T00:00:00Z").getEpochSecond())
        .doesNotContain("\"ada\"", "viewer");
    assertThat(made.token().expiry()).isEqualTo(Expiry.at(Instant.parse("2026-06-01T00:00:00Z")));
    assertThat(made.token().id().prefix()).isEqualTo(made.token().id().value().substring(0, 8));
  }

  @Test
  void tokenThatNeverEndsSaysNoEnd() {
    Outcome.Created made = token(auth, ada);
    fixture.advance(Duration.ofDays(3650));

    assertThat(isIn(auth, made)).isTrue();
    assertThat(
            new String(
                Base64.getUrlDecoder().decode(made.secret().reveal().split("\\.")[1]), UTF_8))
        .doesNotContain("\"exp\"");
  }

  @Test
  void secretIsKeptNowhere() {
    fixture.store.heard.clear();

    Outcome.Created made = token(auth, ada);
    assertThat(isIn(auth, made)).isTrue();

    String secret = made.secret().reveal();
    String jwt = secret.substring(PersonalToken.PREFIX.length());
    String signature = jwt.substring(jwt.lastIndexOf('.') + 1);
    assertThat(fixture.store.heard)
        .anyMatch(text -> text.contains(Hashes.sha256Hex(secret)))
        .noneMatch(text -> text.contains(signature));
    assertThat(fixture.events(auth.audit()))
        .noneMatch(event -> event.toString().contains(signature));
    assertThat(made.toString()).contains("[redacted]").doesNotContain(signature);
    assertThat(authenticate(auth, made).toString()).doesNotContain(signature);
  }

  @Test
  void whoeverPresentsItIsItsOwnerWithItsScopes() {
    Outcome made =
        tokens()
            .create(
                ada.user(),
                ada.session().id(),
                "reports",
                Scopes.of(List.of("read")),
                Expiry.never(),
                HERE);

    Principal principal = ((Authenticated) authenticate(auth, (Outcome.Created) made)).principal();

    assertThat(principal.user().map(User::id)).contains(ada.user().id());
    assertThat(principal.name()).isEqualTo("ada");
    assertThat(principal.scopes()).isEqualTo(Scopes.of(List.of("read")));
    assertThat(principal.has(VIEWER, auth.roles())).isTrue();
    assertThat(principal.has(ADMIN, auth.roles())).isFalse();
  }

  @Test
  void tokenOfAnotherIsNotFoundForItsUser() {
    Outcome.Created hers = token(auth, ada);

    assertThat(tokens().revoke(eve.user(), hers.token().id(), HERE)).isFalse();
    assertThat(tokens().revoke(ada.user(), NOBODYS, HERE)).isFalse();
    assertThat(tokens().revokeOfAnybody(root, NOBODYS, HERE)).isFalse();

    assertThat(isIn(auth, hers)).isTrue();
    assertThat(fixture.events(auth, AuditType.TOKEN_REVOKED)).isEmpty();
  }

  @Test
  void tokenIsRevokedOnceHoweverOftenItIsAsked() throws Exception {
    Outcome.Created made = token(auth, ada);

    assertThat(Race.of(16, () -> tokens().revoke(ada.user(), made.token().id(), HERE)))
        .containsOnly(true);

    assertThat(fixture.events(auth, AuditType.TOKEN_REVOKED)).hasSize(1);
    assertThat(tokens().find(made.token().id()))
        .map(row -> row.token().revokedAt())
        .contains(fixture.now.get());
  }

  @Test
  void ownTokensAreListedNewestFirstWithoutTheRevokedOnes() {
    TokenId first = token(auth, ada).token().id();
    TokenId second = token(auth, ada).token().id();
    TokenId third = token(auth, ada).token().id();
    token(auth, eve);
    tokens().revoke(ada.user(), second, HERE);

    assertThat(tokens().ofUser(ada.user().id()))
        .extracting(AccessToken::id)
        .containsExactly(third, first);
  }

  @Test
  void everybodysTokensAreListedWithTheirOwners() {
    token(auth, ada);
    token(auth, eve);

    assertThat(tokens().newest(PageRequest.first(10)).items())
        .extracting(row -> row.owner().username().value())
        .containsExactly("eve", "ada");
  }

  @Test
  void makingAndRevokingAreOnRecord() {
    AccessToken made = token(auth, ada, Expiry.at(Instant.parse("2026-06-01T00:00:00Z"))).token();
    tokens().revoke(ada.user(), made.id(), HERE);

    AuditEvent created = fixture.events(auth, AuditType.TOKEN_CREATED).get(0);
    AuditEvent revoked = fixture.events(auth, AuditType.TOKEN_REVOKED).get(0);

    assertThat(created.userId()).isEqualTo(ada.user().id());
    assertThat(created.target()).isEqualTo(made.id().value());
    assertThat(created.details())
        .isEqualTo(
            Map.of(
                "token_name", "backup",
                "scopes", "unlimited",
                "expires_at", "2026-06-01T00:00:00Z"));
    assertThat(revoked.userId()).isEqualTo(ada.user().id());
    assertThat(revoked.target()).isEqualTo(made.id().value());
    assertThat(revoked.details()).isEqualTo(Map.of("token_name", "backup"));
  }

  @Test
  void whatAnAdministratorRevokesIsOnRecordWithWhoseItWas() {
    TokenId made = token(auth, ada).token().id();

    assertThat(tokens().revokeOfAnybody(root, made, HERE)).isTrue();

    AuditEvent revoked = fixture.events(auth, AuditType.TOKEN_REVOKED).get(0);
    assertThat(revoked.userId()).isEqualTo(root.id());
    assertThat(revoked.details())
        .isEqualTo(Map.of("token_name", "backup", AuditEvent.TARGET_USERNAME, "ada"));
  }
}
