package io.taskauth;

import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.OTHER_SECRET;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.SECRET;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.authenticate;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.PersonalToken;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Reason;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Credential;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.token.SignedTokens;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is turned away by its looks or its signature, before the store is asked. */
class AccessTokenRefusalTest {
  private static final Rejected UNKNOWN = new Rejected(Reason.ACCESS_TOKEN_UNKNOWN);
  private static final Rejected INVALID = new Rejected(Reason.INVALID_TOKEN);

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private Opened session;
  private Outcome.Created good;

  @BeforeEach
  void makeAToken() {
    fixture.account("ada", VIEWER);
    session = signedIn(auth, "ada");
    good = token(auth, session);
    fixture.store.calls.clear();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String jwt(Outcome.Created token) {
    return token.secret().reveal().substring(PersonalToken.PREFIX.length());
  }

  /** Ways to spoil a good token. */
  private enum Spoiled {
    NOTHING_BEHIND_THE_PREFIX(t -> PersonalToken.PREFIX),
    PREFIX_TWICE(t -> PersonalToken.PREFIX + t),
    SPACE_BEHIND(t -> t + " "),
    SPACE_BEHIND_THE_PREFIX(t -> t.replace(PersonalToken.PREFIX, PersonalToken.PREFIX + " ")),
    NO_SIGNATURE(t -> t.substring(0, t.lastIndexOf('.') + 1)),
    OTHER_SIGNATURE(t -> t.substring(0, t.lastIndexOf('.') + 1) + "A".repeat(43)),
    OTHER_PAYLOAD(t -> t.replaceFirst("\\.[^.]*\\.", ".eyJzdWIiOiJyb290In0.")),
    PADDED(t -> t + "="),
    TWO_OF_THEM(t -> t + "," + t),
    NO_JWT(t -> PersonalToken.PREFIX + "0123456789abcdef"),
    ENDLESS(t -> PersonalToken.PREFIX + "a".repeat(100_000)),
    HOLDS_NUL(t -> t + "\u0000");

    private final UnaryOperator<String> how;

    Spoiled(UnaryOperator<String> how) {
      this.how = how;
    }
  }

  @ParameterizedTest
  @EnumSource
  void spoiledTokenIsUnknownWithoutAskingTheStore(Spoiled spoiled) {
    assertThat(authenticate(auth, spoiled.how.apply(good.secret().reveal()))).isEqualTo(UNKNOWN);

    assertThat(fixture.store.calls).isEmpty();
    assertThat(isIn(auth, good)).as("the token itself").isTrue();
  }

  @Test
  void tokenOfASessionIsNoAccessToken() {
    String disguised = PersonalToken.PREFIX + session.token().reveal();

    assertThat(authenticate(auth, disguised)).isEqualTo(UNKNOWN);
    assertThat(fixture.store.calls).isEmpty();
  }

  @Test
  void accessTokenIsNoSession() {
    for (String text :
        List.of(
            jwt(good),
            good.secret().reveal(),
            good.secret().reveal().replace("taskauth_pat_", "TASKAUTH_PAT_"))) {
      assertThat(auth.authenticate(new Credential.SessionCookie(text), HERE)).isEqualTo(INVALID);
    }
    assertThat(fixture.store.calls).isEmpty();
  }

  @Test
  void accessTokenWithoutItsPrefixIsRefused() {
    assertThat(authenticate(auth, jwt(good))).isEqualTo(INVALID);
    assertThat(authenticate(auth, "TASKAUTH_PAT_" + jwt(good))).isEqualTo(INVALID);
    assertThat(authenticate(auth, " " + good.secret().reveal())).isEqualTo(INVALID);
    assertThat(fixture.store.calls).isEmpty();
  }

  @Test
  void rememberedSessionDoesNotMakeItsTokenAnAccessToken() {
    assertThat(authenticate(auth, session.token().reveal()))
        .isInstanceOf(Authentication.Authenticated.class);
    assertThat(isIn(auth, good)).isTrue();

    assertThat(authenticate(auth, PersonalToken.PREFIX + session.token().reveal()))
        .isEqualTo(UNKNOWN);
    assertThat(auth.authenticate(new Credential.SessionCookie(good.secret().reveal()), HERE))
        .isEqualTo(INVALID);
  }

  @Test
  void tokenOfAnotherKeyIsUnknownWithoutAskingTheStore() {
    assertThat(authenticate(auth, signed(OTHER_SECRET, "taskauth"))).isEqualTo(UNKNOWN);
    assertThat(authenticate(auth, signed(SECRET, "another application"))).isEqualTo(UNKNOWN);
    assertThat(fixture.store.calls).isEmpty();
  }

  private String signed(String secret, String audience) {
    SignedTokens signer =
        new SignedTokens(
            new SigningKeys(List.of(SigningKey.of(secret))), audience, fixture.now::get);
    return PersonalToken.PREFIX
        + signer.sign(
            new TokenClaims(
                TokenType.PAT,
                good.token().userId().toString(),
                good.token().id().value(),
                good.token().createdAt(),
                null,
                Map.of()));
  }

  @Test
  void tokenEndsWhenItsKeyIsRotatedOut() {
    TaskAuth rotating = fixture.build(fixture.withStore().secretKeys(OTHER_SECRET, SECRET));
    TaskAuth rotated = fixture.build(fixture.withStore().secretKeys(OTHER_SECRET));

    assertThat(isIn(rotating, good)).as("while the old key still verifies").isTrue();
    assertThat(authenticate(rotated, good)).isEqualTo(UNKNOWN);
  }

  @Test
  void tokenPastItsEndIsRefusedWithoutAskingTheStore() {
    Outcome.Created brief =
        token(auth, session, Expiry.at(fixture.now.get().plus(Duration.ofDays(1))));
    fixture.advance(Duration.ofDays(1));
    fixture.store.calls.clear();

    assertThat(authenticate(auth, brief)).isEqualTo(new Rejected(Reason.ACCESS_TOKEN_EXPIRED));
    assertThat(fixture.store.calls).isEmpty();
  }

  @Test
  void withoutAStoreEveryAccessTokenIsUnknown() {
    TaskAuth stateless = fixture.build(fixture.settings().user("ada", PASSWORD));

    assertThat(authenticate(stateless, good)).isEqualTo(UNKNOWN);
    assertThat(stateless.accessTokens()).isEmpty();
    assertThat(stateless.auditLog()).isEmpty();
  }

  @Test
  void refusalIsOnRecordWithItsReasonAndWithoutTheToken() {
    authenticate(auth, Spoiled.OTHER_SIGNATURE.how.apply(good.secret().reveal()));

    AuditEvent event = fixture.events(auth, AuditType.TOKEN_AUTH_FAILURE).get(0);

    assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.FAILURE);
    assertThat(event.details()).isEqualTo(Map.of("reason", "access_token_unknown"));
    assertThat(event.ip()).isEqualTo(HERE.ip());
    assertThat(event.userId()).isNull();
    assertThat(event.toString()).doesNotContain(jwt(good).substring(0, 40));
  }
}
