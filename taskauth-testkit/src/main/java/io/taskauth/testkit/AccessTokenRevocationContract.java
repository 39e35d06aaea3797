package io.taskauth.testkit;

import static io.taskauth.accesstoken.AccessTokenStore.Revocation.ALREADY_REVOKED;
import static io.taskauth.accesstoken.AccessTokenStore.Revocation.NOT_FOUND;
import static io.taskauth.accesstoken.AccessTokenStore.Revocation.REVOKED;
import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.page.PageRequest;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.Deletion;
import org.junit.jupiter.api.Test;

/** How access tokens end: by their owner, by anybody, with their account. */
interface AccessTokenRevocationContract extends TokenSteps {
  private void change(User user, UserChange change) {
    store().users().change(user.id(), change, ADMIN);
  }

  @Test
  default void ownerRevokesATokenAndItStaysOnRecord() {
    User ada = create(viewer("ada"));
    AccessToken other = createToken(ada);
    AccessToken token = createToken(ada);

    assertThat(tokens().revoke(token.id(), ada.id(), NOW.plusSeconds(5))).isEqualTo(REVOKED);

    assertThat(stored(token)).contains(token.revoked(NOW.plusSeconds(5)));
    assertThat(tokens().ofUser(ada.id())).containsExactly(other);
    assertThat(stored(other)).contains(other);
  }

  @Test
  default void anybodysTokenIsRevokedWhereTheOwnerDoesNotMatter() {
    AccessToken token = createToken(create(viewer("ada")));

    assertThat(tokens().revoke(token.id(), null, NOW)).isEqualTo(REVOKED);

    assertThat(stored(token)).contains(token.revoked(NOW));
  }

  @Test
  default void tokenOfSomebodyElseIsNotFoundAndStays() {
    User eve = create(viewer("eve"));
    AccessToken token = createToken(create(viewer("ada")));

    assertThat(tokens().revoke(token.id(), eve.id(), NOW)).isEqualTo(NOT_FOUND);
    assertThat(stored(token)).contains(token);

    tokens().revoke(token.id(), null, NOW);
    assertThat(tokens().revoke(token.id(), eve.id(), NOW)).isEqualTo(NOT_FOUND);
  }

  @Test
  default void unknownTokenIsNotRevoked() {
    User ada = create(viewer("ada"));
    TokenId unknown = TokenId.random(Samples.IDS);

    assertThat(tokens().revoke(unknown, ada.id(), NOW)).isEqualTo(NOT_FOUND);
    assertThat(tokens().revoke(unknown, null, NOW)).isEqualTo(NOT_FOUND);
  }

  @Test
  default void tokenIsRevokedOnceAndTheFirstTimeStands() {
    User ada = create(viewer("ada"));
    AccessToken token = createToken(ada);
    tokens().revoke(token.id(), ada.id(), NOW);

    assertThat(tokens().revoke(token.id(), ada.id(), NOW.plusSeconds(1)))
        .isEqualTo(ALREADY_REVOKED);
    assertThat(tokens().revoke(token.id(), null, NOW.plusSeconds(2))).isEqualTo(ALREADY_REVOKED);

    assertThat(stored(token)).contains(token.revoked(NOW));
  }

  @Test
  default void tokenPastItsEndCanStillBeRevoked() {
    User ada = create(viewer("ada"));
    AccessToken ended =
        create(
            AccessToken.created(
                TokenId.random(Samples.IDS),
                ada.id(),
                "ended",
                Scopes.unlimited(),
                NOW,
                Expiry.at(NOW.minusSeconds(1))),
            open(ada, NOW));

    assertThat(tokens().revoke(ended.id(), ada.id(), NOW)).isEqualTo(REVOKED);
    assertThat(tokens().ofUser(ada.id())).isEmpty();
  }

  @Test
  default void closingAnAccountRevokesItsTokensAndNoOthers() {
    User ada = create(viewer("ada"));
    AccessToken before = createToken(ada);
    AccessToken one = createToken(ada);
    AccessToken two = createToken(ada);
    AccessToken eves = createToken(create(viewer("eve")));
    tokens().revoke(before.id(), null, NOW);

    change(ada, UserChange.nothing().deactivate(NOW.plusSeconds(7), null));

    assertThat(stored(one)).contains(one.revoked(NOW.plusSeconds(7)));
    assertThat(stored(two)).contains(two.revoked(NOW.plusSeconds(7)));
    assertThat(stored(before)).contains(before.revoked(NOW));
    assertThat(stored(eves)).contains(eves);
    assertThat(tokens().ofUser(ada.id())).isEmpty();
    assertThat(tokens().newest(PageRequest.first(10)).items()).hasSize(1);
  }

  @Test
  default void openingAnAccountAgainRevivesNoToken() {
    User ada = create(viewer("ada"));
    AccessToken token = createToken(ada);

    change(ada, UserChange.nothing().deactivate(NOW.plusSeconds(7), null));
    change(ada, UserChange.nothing().deactivate(NOW.plusSeconds(8), null));
    change(ada, UserChange.nothing().activate());

    assertThat(stored(token)).contains(token.revoked(NOW.plusSeconds(7)));
    assertThat(tokens().revoke(token.id(), ada.id(), NOW)).isEqualTo(ALREADY_REVOKED);
  }

  @Test
  default void otherChangesOfAnAccountLeaveItsTokens() {
    User ada = create(viewer("ada"));
    AccessToken token = createToken(ada);

    change(ada, UserChange.nothing().role(ADMIN).displayName("Ada").activate());

    assertThat(stored(token)).contains(token);
  }

  @Test
  default void refusedClosingRevokesNothing() {
    User root = create(admin("root"));
    AccessToken token = createToken(root);

    change(root, UserChange.nothing().deactivate(NOW, null));
    store().users().delete(root.id(), ADMIN);

    assertThat(stored(token)).contains(token);
  }

  @Test
  default void deletedAccountTakesItsTokensAlongAndNoOthers() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    AccessToken token = createToken(ada);
    AccessToken revoked = createToken(ada);
    tokens().revoke(revoked.id(), null, NOW);
    AccessToken eves = createToken(create(viewer("eve")));

    assertThat(store().users().delete(ada.id(), ADMIN)).isEqualTo(Deletion.DELETED);

    assertThat(stored(token)).isEmpty();
    assertThat(stored(revoked)).isEmpty();
    assertThat(tokens().ofUser(ada.id())).isEmpty();
    assertThat(tokens().revoke(token.id(), null, NOW)).isEqualTo(NOT_FOUND);
    assertThat(tokens().revoke(revoked.id(), null, NOW)).isEqualTo(NOT_FOUND);
    assertThat(stored(eves)).contains(eves);
    assertThat(tokens().newest(PageRequest.first(10)).items()).hasSize(1);
  }
}
