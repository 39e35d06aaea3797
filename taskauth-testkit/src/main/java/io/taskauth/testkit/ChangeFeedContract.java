package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.VIEWER;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.session.Session;
import io.taskauth.store.Change;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What one node changed is told on that node before the change is answered. */
interface ChangeFeedContract extends TokenSteps {
  @Test
  default void feedOfAnOpenStoreIsCurrent() {
    assertThat(store().changes().isCurrent()).isTrue();
  }

  @Test
  default void changeClosingAndDeletionOfAnAccountAreTold() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    Change told = new Change.OfUser(ada.id());
    UserChange close = UserChange.nothing().deactivate(NOW, null);

    assertThat(
            told(() -> store().users().change(ada.id(), UserChange.nothing().role(ADMIN), ADMIN)))
        .contains(told);
    assertThat(told(() -> store().users().change(ada.id(), close, ADMIN))).contains(told);
    assertThat(told(() -> store().users().delete(ada.id(), ADMIN))).contains(told);
  }

  @Test
  default void newPasswordIsTold() {
    User ada = create(viewer("ada"));

    assertThat(
            told(
                () ->
                    store()
                        .sessions()
                        .changePassword(ada.id(), OptionalLong.empty(), hash("new"), null)))
        .contains(new Change.OfUser(ada.id()));
  }

  @Test
  default void endOfOneSessionIsTold() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);

    assertThat(told(() -> store().sessions().end(ada.id(), session.id())))
        .contains(new Change.OfSession(ada.id(), session.id()));
  }

  @Test
  default void endOfAllSessionsIsTold() {
    User ada = create(viewer("ada"));
    open(ada, NOW);
    Session keep = open(ada, NOW);

    assertThat(told(() -> store().sessions().endAll(ada.id(), keep.id())))
        .contains(new Change.OfUser(ada.id()));
  }

  @Test
  default void endOfTheOldestSessionIsTold() {
    User ada = create(viewer("ada"));
    Session oldest = open(ada, NOW);
    Session next = session(ada, NOW.plusSeconds(1));

    assertThat(told(() -> store().sessions().open(next, 0, 1)))
        .contains(new Change.OfSession(ada.id(), oldest.id()))
        .doesNotContain(new Change.OfSession(ada.id(), next.id()));
  }

  @Test
  default void revokedTokenIsTold() {
    User ada = create(viewer("ada"));
    AccessToken own = createToken(ada);
    AccessToken other = createToken(ada);

    assertThat(told(() -> tokens().revoke(own.id(), ada.id(), NOW)))
        .contains(new Change.OfToken(ada.id(), own.id()));
    assertThat(told(() -> tokens().revoke(other.id(), null, NOW)))
        .contains(new Change.OfToken(ada.id(), other.id()))
        .doesNotContain(new Change.OfToken(ada.id(), own.id()));
  }

  @Test
  default void revocationThatIsToldCanAlreadyBeRead() {
    AccessToken token = createToken(create(viewer("ada")));
    List<Boolean> live = Collections.synchronizedList(new ArrayList<>());
    Runnable unsubscribe = store().changes().subscribe(change -> live.add(isLive(token)));

    tokens().revoke(token.id(), null, NOW);

    unsubscribe.run();
    assertThat(live).isNotEmpty().containsOnly(false);
  }

  @Test
  default void tokensOfAClosedAccountAreRevokedWhenItsClosingIsTold() {
    User ada = create(viewer("ada"));
    AccessToken token = createToken(ada);
    List<Boolean> live = Collections.synchronizedList(new ArrayList<>());
    Runnable unsubscribe = store().changes().subscribe(change -> live.add(isLive(token)));

    store().users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);

    unsubscribe.run();
    assertThat(live).isNotEmpty().containsOnly(false);
  }

  @Test
  default void revocationThatChangesNothingIsNotTold() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    AccessToken token = createToken(ada);
    AccessToken revoked = createToken(ada);
    tokens().revoke(revoked.id(), null, NOW);

    assertThat(
            told(
                () -> {
                  tokens().revoke(token.id(), eve.id(), NOW);
                  tokens().revoke(revoked.id(), ada.id(), NOW);
                  tokens().revoke(TokenId.random(Samples.IDS), null, NOW);
                }))
        .noneMatch(change -> change instanceof Change.OfToken);
  }

  @Test
  default void writtenSettingIsTold() {
    assertThat(told(() -> store().settings().put("webhooks", "{}", 0)))
        .contains(new Change.OfSetting("webhooks"));
  }

  @Test
  default void whateverIsToldCanAlreadyBeRead() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    List<Boolean> readable = Collections.synchronizedList(new ArrayList<>());
    Runnable unsubscribe =
        store()
            .changes()
            .subscribe(
                change ->
                    readable.add(
                        store().sessions().find(session.userId(), session.id()).isEmpty()));

    store().sessions().end(ada.id(), session.id());

    unsubscribe.run();
    assertThat(readable).isNotEmpty().containsOnly(true);
  }

  @Test
  default void verbsThatChangeNothingTellNothing() {
    User root = create(admin("root"));
    create(viewer("eve", "eve@example.org"));
    User gone = viewer("gone");
    store().settings().put("webhooks", "{}", 0);

    assertThat(
            told(
                () -> {
                  store().users().change(root.id(), UserChange.nothing().role(VIEWER), ADMIN);
                  store()
                      .users()
                      .change(
                          root.id(),
                          UserChange.nothing().email(new EmailAddress("eve@example.org")),
                          ADMIN);
                  store().users().change(gone.id(), UserChange.nothing().role(VIEWER), ADMIN);
                  store().users().delete(root.id(), ADMIN);
                  store().users().delete(gone.id(), ADMIN);
                  store().sessions().changePassword(root.id(), OptionalLong.of(7), hash("x"), null);
                  store().sessions().end(root.id(), session(root, NOW).id());
                  store().sessions().open(session(root, NOW), 7, 1);
                  store().settings().put("webhooks", "[]", 9);
                }))
        .doesNotContain(new Change.OfUser(root.id()), new Change.OfUser(gone.id()))
        .noneMatch(change -> change instanceof Change.OfSession);
  }

  @Test
  default void whoeverEndedTheSubscriptionIsToldNoMore() {
    List<Change> told = Collections.synchronizedList(new ArrayList<>());
    List<Change> still = Collections.synchronizedList(new ArrayList<>());
    Runnable unsubscribe = store().changes().subscribe(told::add);
    store().changes().subscribe(still::add);

    unsubscribe.run();
    unsubscribe.run();
    store().settings().put("webhooks", "{}", 0);

    assertThat(told).isEmpty();
    assertThat(still).contains(new Change.OfSetting("webhooks"));
  }
}
