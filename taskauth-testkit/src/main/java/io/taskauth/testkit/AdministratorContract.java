package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.VIEWER;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.ChangeOutcome;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.UserStore.Deletion;
import io.taskauth.user.Username;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One active administrator stays, whatever is done and however many do it at once. */
interface AdministratorContract extends StoreContract {
  private ChangeOutcome change(User user, UserChange change) {
    return store().users().change(user.id(), change, ADMIN);
  }

  private boolean isActiveAdmin(User user) {
    return store()
        .users()
        .find(user.id())
        .filter(u -> u.active() && u.role().equals(ADMIN))
        .isPresent();
  }

  /** Takes the account out of office in one of three ways; false where that was refused. */
  private boolean oust(User user, int way) {
    return switch (way % 3) {
      case 0 -> changed(change(user, UserChange.nothing().role(VIEWER)));
      case 1 -> changed(change(user, UserChange.nothing().deactivate(NOW, null)));
      default -> store().users().delete(user.id(), ADMIN) == Deletion.DELETED;
    };
  }

  private boolean changed(ChangeOutcome outcome) {
    if (!(outcome instanceof ChangeOutcome.Changed)) {
      assertThat(outcome).isEqualTo(new ChangeOutcome.LastAdministrator());
      return false;
    }
    return true;
  }

  @Test
  default void lastAdministratorIsNeitherDemotedNorClosedNorDeleted() {
    User ada = create(admin("ada"));
    create(viewer("bob"));
    Session session = open(ada, NOW);
    StoredUser before = row(ada);

    assertThat(change(ada, UserChange.nothing().role(VIEWER).displayName("x")))
        .isEqualTo(new ChangeOutcome.LastAdministrator());
    assertThat(change(ada, UserChange.nothing().deactivate(NOW, null)))
        .isEqualTo(new ChangeOutcome.LastAdministrator());
    assertThat(store().users().delete(ada.id(), ADMIN)).isEqualTo(Deletion.LAST_ADMINISTRATOR);

    assertThat(row(ada)).isEqualTo(before);
    assertThat(store().sessions().find(session.userId(), session.id())).isPresent();
  }

  @Test
  default void closedAdministratorDoesNotCount() {
    User ada = create(admin("ada"));
    User bob = create(admin("bob"));
    change(bob, UserChange.nothing().deactivate(NOW, null));

    assertThat(oust(ada, 0)).isFalse();
    assertThat(oust(ada, 1)).isFalse();
    assertThat(oust(ada, 2)).isFalse();
    assertThat(oust(bob, 2)).isTrue();
  }

  @Test
  default void administratorWithoutAPasswordDoesNotCountUnlessSomebodyVouchesForThem() {
    User ada = create(admin("ada"));
    User ghost = admin("ghost");
    assertThat(store().users().create(new NewUser(ghost, null))).isEqualTo(Creation.CREATED);
    assertThat(oust(ada, 0)).isFalse();
    assertThat(oust(ada, 1)).isFalse();
    assertThat(oust(ada, 2)).isFalse();

    User bob =
        User.created(Samples.IDS.uuidV7(), new Username("bob"), ADMIN, Origin.backend("ldap"), NOW);
    assertThat(store().users().create(new NewUser(bob, null))).isEqualTo(Creation.CREATED);
    assertThat(oust(ada, 0)).isTrue();
    assertThat(oust(bob, 1)).isFalse();
    assertThat(oust(ghost, 2)).isTrue();
  }

  @Test
  default void theHostSaysWhichRoleIsTheAdministrators() {
    Role owner = new Role("owner");
    User ada = create(viewer("ada").withRole(owner));
    create(admin("bob"));

    assertThat(store().users().change(ada.id(), UserChange.nothing().role(VIEWER), owner))
        .isEqualTo(new ChangeOutcome.LastAdministrator());
    assertThat(store().users().delete(ada.id(), owner)).isEqualTo(Deletion.LAST_ADMINISTRATOR);
  }

  @Test
  default void lastAdministratorMayChangeEverythingElse() {
    User ada = create(admin("ada"));

    assertThat(change(ada, UserChange.nothing().displayName("Ada").role(ADMIN)))
        .isEqualTo(new ChangeOutcome.Changed(ada.withDisplayName("Ada")));
  }

  @Test
  default void administratorMayGoWhereAnotherRemains() {
    create(admin("ada"));

    assertThat(oust(create(admin("bob")), 0)).isTrue();
    assertThat(oust(create(admin("cyd")), 1)).isTrue();
    assertThat(oust(create(admin("dan")), 2)).isTrue();
    assertThat(oust(create(viewer("eve")), 2)).isTrue();
  }

  @Test
  default void theOnlyAccountIsNeverDeletedWhateverItsRole() {
    User ada = create(viewer("ada"));

    assertThat(store().users().delete(ada.id(), ADMIN)).isEqualTo(Deletion.LAST_ADMINISTRATOR);

    assertThat(store().users().find(ada.id())).contains(ada);
  }

  @Test
  default void accountsWithoutAnAdministratorThatDeleteEachOtherNeverLeaveNobody() {
    List<User> users = IntStream.range(0, 4).mapToObj(i -> create(viewer("u" + i))).toList();

    Race.of(4, i -> store().users().delete(users.get((i + 1) % 4).id(), ADMIN));

    assertThat(store().users().anyUser()).isTrue();
    assertThat(users).anyMatch(u -> store().users().find(u.id()).isPresent());
  }

  @Test
  default void twoAdministratorsWhoOustEachOtherAtTheSameInstantLeaveExactlyOne() {
    oustEachOther(2);
  }

  @Test
  default void fiveAdministratorsWhoOustEachOtherAtTheSameInstantLeaveExactlyOne() {
    oustEachOther(5);
  }

  private void oustEachOther(int count) {
    User survivor = create(admin("first"));
    for (int round = 0; round < 30; round++) {
      String prefix = "r" + round + "-";
      List<User> admins =
          IntStream.range(0, count).mapToObj(i -> create(admin(prefix + i))).toList();
      assertThat(oust(survivor, 2)).isTrue();
      int way = round;

      List<Boolean> ousted =
          Race.of(count, i -> oust(admins.get((i + 1) % count), way / 3 + i * way));

      assertThat(ousted).containsOnlyOnce(false);
      List<User> left = admins.stream().filter(this::isActiveAdmin).toList();
      assertThat(left).hasSize(1);
      survivor = left.get(0);
    }
  }
}
