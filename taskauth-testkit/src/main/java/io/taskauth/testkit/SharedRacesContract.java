package io.taskauth.testkit;

import static io.taskauth.accesstoken.AccessTokenStore.Creation.CREATED;
import static io.taskauth.accesstoken.AccessTokenStore.Creation.TOO_MANY;
import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.VIEWER;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.fresh;
import static io.taskauth.testkit.Samples.hashOf;
import static io.taskauth.testkit.Samples.secret;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.token;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.login.AttemptStore.Attempts;
import io.taskauth.page.PageRequest;
import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import io.taskauth.store.SettingStore.Setting;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.ChangeOutcome;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.UserStore.Deletion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever races within one node races between two as well, and ends the same way. */
interface SharedRacesContract extends SharedNodes {
  int THREADS = 16;

  @Test
  default void firstAdministratorIsMadeOnce() {
    List<Boolean> first =
        Race.of(THREADS, i -> node(i).users().createFirst(fresh(admin("admin" + i))));

    assertThat(first).containsOnlyOnce(true);
    assertThat(there().users().newest(PageRequest.first(10)).items()).hasSize(1);
  }

  @Test
  default void oneOfTwoLastAdministratorsStaysHoweverTheyOustEachOther() {
    User survivor = create(admin("first"));
    for (int round = 0; round < 12; round++) {
      User ada = create(admin("ada" + round));
      User bob = create(admin("bob" + round));
      assertThat(oust(here(), survivor, 2)).isTrue();
      int way = round;

      List<Boolean> ousted =
          Race.between(() -> oust(here(), bob, way), () -> oust(there(), ada, way / 3));

      assertThat(ousted).containsOnlyOnce(true);
      survivor = ousted.get(0) ? ada : bob;
      assertThat(here().users().find(survivor.id()))
          .hasValueSatisfying(
              left -> assertThat(left.active() && left.role().equals(ADMIN)).isTrue());
    }
  }

  /** Takes the account out of office in one of three ways; false where that was refused. */
  private static boolean oust(AuthStore node, User user, int way) {
    return switch (way % 3) {
      case 0 -> isChanged(node, user, UserChange.nothing().role(VIEWER));
      case 1 -> isChanged(node, user, UserChange.nothing().deactivate(NOW, null));
      default -> node.users().delete(user.id(), ADMIN) == Deletion.DELETED;
    };
  }

  private static boolean isChanged(AuthStore node, User user, UserChange change) {
    return node.users().change(user.id(), change, ADMIN) instanceof ChangeOutcome.Changed;
  }

  @Test
  default void nameIsTakenOnce() {
    for (int round = 0; round < 5; round++) {
      String name = "ada" + round;

      List<Creation> made = Race.of(THREADS, i -> node(i).users().create(fresh(viewer(name))));

      assertThat(made)
          .containsOnlyOnce(Creation.CREATED)
          .containsOnly(Creation.CREATED, Creation.NAME_TAKEN);
    }
  }

  @Test
  default void secretIsTakenOnce() {
    for (int round = 0; round < 10; round++) {
      OneTimeSecret secret = secret(null, null);
      here().secrets().put(secret);

      List<Optional<OneTimeSecret>> taken =
          Race.of(THREADS, i -> node(i).secrets().take(secret.hash(), secret.purpose(), NOW));

      assertThat(taken).containsOnlyOnce(Optional.of(secret));
      assertThat(taken).filteredOn(Optional::isEmpty).hasSize(THREADS - 1);
    }
  }

  @Test
  default void attemptsCountedOnBothNodesAddUp() {
    Duration window = Duration.ofMinutes(15);

    Race.of(
        THREADS,
        i -> {
          List<String> keys = i % 4 < 2 ? List.of("one", "two") : List.of("two", "one");
          node(i).attempts().count(keys, window, NOW);
          return node(i).attempts().count(keys, window, NOW);
        });

    Map<String, Attempts> after = there().attempts().count(List.of("one", "two"), window, NOW);
    Attempts all = new Attempts(2 * THREADS + 1, NOW.plus(window));
    assertThat(after).isEqualTo(Map.of("one", all, "two", all));
  }

  @Test
  default void settingIsWrittenByOneOfThoseWhoHaveReadIt() {
    for (int version = 0; version < 8; version++) {
      int read = version;

      List<Optional<Long>> answers =
          Race.of(THREADS, i -> node(i).settings().put("webhooks", read + "-" + i, read));

      assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
      String winner = read + "-" + answers.indexOf(Optional.of(read + 1L));
      assertThat(here().settings().get("webhooks")).contains(new Setting(read + 1L, winner));
      assertThat(there().settings().get("webhooks")).contains(new Setting(read + 1L, winner));
    }
  }

  @Test
  default void accountHasNoMoreTokensThanItMay() {
    for (int round = 0; round < 5; round++) {
      User ada = create(viewer("ada" + round));
      Session session = open(ada, NOW);
      List<AccessToken> tokens = IntStream.range(0, THREADS).mapToObj(i -> token(ada)).toList();

      List<AccessTokenStore.Creation> made =
          Race.of(
              THREADS,
              i -> {
                AccessToken token = tokens.get(i);
                return node(i).accessTokens().create(token, hashOf(token), session.id(), 5);
              });

      assertThat(made).containsOnly(CREATED, TOO_MANY).filteredOn(CREATED::equals).hasSize(5);
      assertThat(there().accessTokens().ofUser(ada.id())).hasSize(5);
    }
  }

  @Test
  default void accountHasNoMoreSessionsThanItMay() {
    User ada = create(viewer("ada"));

    Race.of(THREADS, i -> node(i).sessions().open(session(ada, NOW.plusMillis(i)), 0, 3));

    assertThat(here().sessions().ofUser(ada.id(), NOW)).hasSize(3);
    assertThat(there().sessions().ofUser(ada.id(), NOW))
        .isEqualTo(here().sessions().ofUser(ada.id(), NOW));
  }

  @Test
  default void signInThatBeganBeforeANewPasswordOnTheOtherNodeOpensNothing() {
    for (int round = 0; round < 10; round++) {
      User ada = create(viewer("ada" + round));

      Race.<Object>between(
          () -> here().sessions().open(session(ada, NOW), 0, 100),
          () ->
              there()
                  .sessions()
                  .changePassword(ada.id(), OptionalLong.of(0), Samples.hash("new"), null));

      assertThat(here().sessions().ofUser(ada.id(), NOW)).isEmpty();
    }
  }

  @Test
  default void nodesThatMigrateAtOnceLeaveEverythingInPlace() {
    User ada = create(admin("ada"));

    Race.of(
        6,
        i -> {
          node(i).migrate();
          return i;
        });

    assertThat(there().users().find(ada.id())).contains(ada);
  }
}
