package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.HASH;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.VIEWER;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.fresh;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.secret;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.ChangeOutcome;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.UserStore.Deletion;
import org.junit.jupiter.api.Test;

/** Changes of accounts, their closing and their deletion. */
interface UserChangeContract extends StoreContract {
  private ChangeOutcome change(User user, UserChange change) {
    return store().users().change(user.id(), change, ADMIN);
  }

  private UserChange nothing() {
    return UserChange.nothing();
  }

  @Test
  default void changeOfAnUnknownAccountFindsNothing() {
    assertThat(change(viewer("ada"), nothing().displayName("x")))
        .isEqualTo(new ChangeOutcome.NotFound());
    assertThat(store().users().delete(viewer("ada").id(), ADMIN)).isEqualTo(Deletion.NOT_FOUND);
  }

  @Test
  default void changeAnswersWithTheAccountAsItIsNow() {
    User ada = create(viewer("ada", "ada@example.org"));
    UserChange change =
        nothing().role(ADMIN).displayName(AWKWARD).email(new EmailAddress("new@example.org"));

    ChangeOutcome outcome = change(ada, change);

    assertThat(outcome).isEqualTo(new ChangeOutcome.Changed(change.applyTo(ada)));
    assertThat(row(ada)).isEqualTo(new StoredUser(change.applyTo(ada), HASH, 0));
  }

  @Test
  default void changeOfNothingLeavesEverything() {
    User ada = create(viewer("ada", "ada@example.org").withDisplayName("Ada"));

    assertThat(change(ada, nothing())).isEqualTo(new ChangeOutcome.Changed(ada));
    assertThat(store().users().find(ada.id())).contains(ada);
  }

  @Test
  default void emailAndDisplayNameCanBeTakenOff() {
    User ada = create(viewer("ada", "ada@example.org").withDisplayName("Ada"));

    change(ada, nothing().email(null).displayName(null));

    assertThat(store().users().find(ada.id())).contains(ada.withEmail(null).withDisplayName(null));
    assertThat(store().users().findByLogin(LoginKey.of("ada@example.org"))).isEmpty();
  }

  @Test
  default void newEmailFreesTheOldOne() {
    User ada = create(viewer("ada", "old@example.org"));

    change(ada, nothing().email(new EmailAddress("new@example.org")));

    assertThat(store().users().findByLogin(LoginKey.of("NEW@example.org"))).isPresent();
    assertThat(store().users().findByLogin(LoginKey.of("old@example.org"))).isEmpty();
    assertThat(store().users().create(fresh(viewer("eve", "old@example.org"))))
        .isEqualTo(Creation.CREATED);
  }

  @Test
  default void ownEmailMayChangeItsCase() {
    User ada = create(viewer("ada", "ada@example.org"));
    EmailAddress upper = new EmailAddress("ADA@example.org");

    assertThat(change(ada, nothing().email(upper)))
        .isEqualTo(new ChangeOutcome.Changed(ada.withEmail(upper)));
    assertThat(store().users().findByLogin(upper.key())).isPresent();
  }

  @Test
  default void anothersEmailIsRefusedAndNothingChanges() {
    create(viewer("eve", "eve@example.org"));
    User ada = create(viewer("ada", "ada@example.org"));
    Session session = open(ada, NOW);
    StoredUser before = row(ada);

    ChangeOutcome outcome =
        change(
            ada,
            nothing()
                .email(new EmailAddress("EVE@example.org"))
                .displayName("new")
                .role(ADMIN)
                .deactivate(NOW, null));

    assertThat(outcome).isEqualTo(new ChangeOutcome.EmailTaken());
    assertThat(row(ada)).isEqualTo(before);
    assertThat(store().users().findByLogin(LoginKey.of("ada@example.org"))).contains(before);
    assertThat(store().sessions().find(session.userId(), session.id())).isPresent();
  }

  @Test
  default void anothersNameIsRefusedAsEmail() {
    create(viewer("eve@example.org"));
    User ada = create(viewer("ada"));

    assertThat(change(ada, nothing().email(new EmailAddress("Eve@example.org"))))
        .isEqualTo(new ChangeOutcome.EmailTaken());
  }

  @Test
  default void closingAnAccountEndsItsSessionsAndSecretsAndRaisesTheEpoch() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session session = open(ada, NOW);
    Session other = open(eve, NOW);
    OneTimeSecret ticket = secret(ada, session);
    OneTimeSecret reset = secret(ada, null);
    OneTimeSecret othersReset = secret(eve, null);
    store().secrets().put(ticket);
    store().secrets().put(reset);
    store().secrets().put(othersReset);

    change(ada, nothing().deactivate(NOW.plusSeconds(1), eve.id()));

    User closed = store().users().find(ada.id()).orElseThrow();
    assertThat(closed.active()).isFalse();
    assertThat(closed.deactivatedAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(closed.deactivatedBy()).isEqualTo(eve.id());
    assertThat(row(ada).credentialEpoch()).isEqualTo(1);
    assertThat(store().sessions().find(session.userId(), session.id())).isEmpty();
    assertThat(store().secrets().take(ticket.hash(), ticket.purpose(), NOW)).isEmpty();
    assertThat(store().secrets().take(reset.hash(), reset.purpose(), NOW)).isEmpty();
    assertThat(store().sessions().find(other.userId(), other.id())).isPresent();
    assertThat(store().secrets().take(othersReset.hash(), othersReset.purpose(), NOW)).isPresent();
  }

  @Test
  default void closedAccountIsNotClosedAgain() {
    User ada = create(viewer("ada"));
    change(ada, nothing().deactivate(NOW, null));

    change(ada, nothing().deactivate(NOW.plusSeconds(9), viewer("eve").id()));

    assertThat(row(ada)).isEqualTo(new StoredUser(ada.deactivated(NOW, null), HASH, 1));
  }

  @Test
  default void reopenedAccountRefusesSignInsFromBefore() {
    User ada = create(viewer("ada"));
    change(ada, nothing().deactivate(NOW, null));

    assertThat(change(ada, nothing().activate())).isEqualTo(new ChangeOutcome.Changed(ada));

    assertThat(store().sessions().open(session(ada, NOW), 0, 100)).isFalse();
    assertThat(store().sessions().open(session(ada, NOW), 1, 100)).isTrue();
  }

  @Test
  default void deletedAccountTakesItsSessionsAndSecretsAlong() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    OneTimeSecret ticket = secret(null, session);
    OneTimeSecret reset = secret(ada, null);
    store().secrets().put(ticket);
    store().secrets().put(reset);

    assertThat(store().users().delete(ada.id(), ADMIN)).isEqualTo(Deletion.DELETED);

    assertThat(store().users().find(ada.id())).isEmpty();
    assertThat(store().sessions().find(session.userId(), session.id())).isEmpty();
    assertThat(store().sessions().ofUser(ada.id(), NOW)).isEmpty();
    assertThat(store().secrets().take(ticket.hash(), ticket.purpose(), NOW)).isEmpty();
    assertThat(store().secrets().take(reset.hash(), reset.purpose(), NOW)).isEmpty();
    assertThat(store().users().delete(ada.id(), ADMIN)).isEqualTo(Deletion.NOT_FOUND);
  }

  @Test
  default void changesOfDifferentFieldsAtTheSameTimeAreAllKept() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 20; round++) {
      EmailAddress email = new EmailAddress("ada" + round + "@example.org");
      String name = "Ada " + round;
      var role = round % 2 == 0 ? ADMIN : VIEWER;
      var before = round == 0 ? HASH : hash("h" + (round - 1));
      var after = hash("h" + round);
      Session session = session(ada, NOW.plusSeconds(round));

      Race.<Object>between(
          () -> store().users().change(ada.id(), nothing().email(email), new Role("nobody")),
          () -> store().users().change(ada.id(), nothing().displayName(name), new Role("nobody")),
          () -> store().users().change(ada.id(), nothing().role(role), new Role("nobody")),
          () -> store().users().rehash(ada.id(), before, after),
          () -> store().sessions().open(session, 0, 100));

      User expected =
          ada.withEmail(email)
              .withDisplayName(name)
              .withRole(role)
              .withLastLoginAt(session.createdAt());
      assertThat(row(ada)).isEqualTo(new StoredUser(expected, after, 0));
    }
  }
}
