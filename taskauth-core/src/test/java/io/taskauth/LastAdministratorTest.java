package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.admin.AccountOutcome;
import io.taskauth.admin.UserAdministration;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One active administrator always remains, by whatever way and however many requests race. */
class LastAdministratorTest {
  private static final AccountOutcome LAST = new AccountOutcome.LastAdministrator();

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private User root;
  private User second;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
    second = fixture.account("second", VIEWER);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private UserAdministration users() {
    return auth.userAdministration().orElseThrow();
  }

  /** The ways in which somebody stops being an administrator. */
  private enum Way {
    DEMOTED {
      @Override
      AccountOutcome take(LastAdministratorTest t, User by, User from) {
        return t.users().change(by, from.id(), UserChange.nothing().role(VIEWER), HERE);
      }
    },
    CLOSED {
      @Override
      AccountOutcome take(LastAdministratorTest t, User by, User from) {
        return t.users().deactivate(by, from.id(), HERE);
      }
    },
    DELETED {
      @Override
      AccountOutcome take(LastAdministratorTest t, User by, User from) {
        return t.users().delete(by, from.id(), HERE);
      }
    };

    abstract AccountOutcome take(LastAdministratorTest t, User by, User from);
  }

  private List<User> administrators() {
    return Stream.of(root, second)
        .flatMap(user -> fixture.store.users().find(user.id()).stream())
        .filter(user -> user.active() && user.role().equals(ADMIN))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void lastAdministratorStays(Way way) {
    assertThat(way.take(this, second, root)).isEqualTo(LAST);

    assertThat(administrators()).containsExactly(root);
    assertThat(fixture.events(auth.audit())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void closedAdministratorCountsForNothing(Way way) {
    User third = fixture.account("third", ADMIN);
    users().deactivate(root, third.id(), HERE);

    assertThat(way.take(this, second, root)).isEqualTo(LAST);
    assertThat(way.take(this, root, third)).isInstanceOf(AccountOutcome.Done.class);
  }

  @ParameterizedTest
  @EnumSource
  void administratorMayGoWhileAnotherRemains(Way way) {
    promote(second);

    assertThat(way.take(this, second, root)).isInstanceOf(AccountOutcome.Done.class);

    assertThat(administrators()).extracting(User::id).containsExactly(second.id());
  }

  private void promote(User user) {
    fixture.store.users().change(user.id(), UserChange.nothing().role(ADMIN), ADMIN);
  }

  @Test
  void lastAdministratorMayNotDemoteThemselvesAndMayDoTheRest() {
    assertThat(Way.DEMOTED.take(this, root, root)).isEqualTo(LAST);
    assertThat(users().change(root, root.id(), UserChange.nothing().displayName("Root"), HERE))
        .isInstanceOf(AccountOutcome.Done.class);
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoWhoTakeItFromEachOtherAtOnceOneStays(Way way) throws Exception {
    fixture.account("bystander", VIEWER);
    for (int round = 0; round < 200; round++) {
      User one = root;
      User other = fixture.account("admin" + round, ADMIN);

      List<AccountOutcome> outcomes =
          Race.of(List.of(() -> way.take(this, one, other), () -> way.take(this, other, one)));

      second = other;
      assertThat(outcomes).filteredOn(LAST::equals).hasSize(1);
      assertThat(administrators()).hasSize(1);
      root = administrators().get(0);
    }
  }
}
