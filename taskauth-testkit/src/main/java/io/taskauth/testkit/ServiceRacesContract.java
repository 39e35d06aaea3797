package io.taskauth.testkit;

import static io.taskauth.service.ServiceAccountStore.Rotation.ANOTHER_TOKEN;
import static io.taskauth.service.ServiceAccountStore.Rotation.NOT_FOUND;
import static io.taskauth.service.ServiceAccountStore.Rotation.ROTATED;
import static io.taskauth.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore.Creation;
import io.taskauth.service.ServiceAccountStore.Rotation;
import io.taskauth.service.ServiceSecret;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Service accounts that are made, given tokens and deleted by many at the same instant. */
interface ServiceRacesContract extends ServiceSteps {
  int RACERS = 32;

  private List<ServiceSecret> freshSecrets(int count) {
    return IntStream.range(0, count).mapToObj(i -> freshSecret()).toList();
  }

  @Test
  default void nameThatManyWantForAServiceAccountGoesToOne() {
    for (int round = 0; round < 5; round++) {
      String name = "backup" + round;
      List<ServiceAccount> wanted =
          IntStream.range(0, RACERS).mapToObj(i -> service(name)).toList();

      List<Creation> made = Race.of(RACERS, i -> services().create(wanted.get(i), ROOM));

      assertThat(made)
          .containsOnly(Creation.CREATED, Creation.NAME_TAKEN)
          .containsOnlyOnce(Creation.CREATED);
      assertThat(services().all())
          .hasSize(round + 1)
          .contains(wanted.get(made.indexOf(Creation.CREATED)));
    }
  }

  @Test
  default void serviceAccountsMadeAtTheSameTimeAreNeverMoreThanThereMayBe() {
    for (int round = 1; round <= 5; round++) {
      int atMost = round * 5;
      String name = "round" + round + "-";

      List<Creation> made = Race.of(RACERS, i -> services().create(service(name + i), atMost));

      assertThat(made)
          .containsOnly(Creation.CREATED, Creation.TOO_MANY)
          .filteredOn(Creation.CREATED::equals)
          .hasSize(5);
      assertThat(services().all()).hasSize(atMost);
    }
  }

  @Test
  default void ofManyWhoReplaceATokenExactlyOneDoes() {
    ServiceAccount account = createService("backup");
    for (int round = 0; round < 10; round++) {
      ServiceAccount read = stored(account);
      List<ServiceSecret> next = freshSecrets(RACERS);

      List<Rotation> done = Race.of(RACERS, i -> rotate(read, next.get(i)));

      assertThat(done).containsOnly(ROTATED, ANOTHER_TOKEN).containsOnlyOnce(ROTATED);
      assertThat(stored(account))
          .isEqualTo(read.rotated(next.get(done.indexOf(ROTATED)), OVERLAP_END));
    }
  }

  @Test
  default void rotationDoesNotBringADeletedServiceAccountBack() {
    for (int round = 0; round < 20; round++) {
      ServiceAccount account = createService("backup");
      ServiceSecret next = freshSecret();

      List<Object> done =
          Race.<Object>between(() -> rotate(account, next), () -> services().delete(account.id()));

      assertThat(done.get(0)).isIn(ROTATED, NOT_FOUND);
      assertThat(done.get(1)).isEqualTo(true);
      assertThat(services().find(account.id())).isEmpty();
      assertThat(services().all()).isEmpty();
    }
  }

  @Test
  default void ofManyWhoDeleteAServiceAccountExactlyOneDoes() {
    for (int round = 0; round < 5; round++) {
      ServiceAccount account = createService("backup");

      List<Boolean> done = Race.of(RACERS, i -> services().delete(account.id()));

      assertThat(done).containsOnlyOnce(true);
    }
  }

  @Test
  default void ofUsesOfServiceAccountsAtTheSameTimeTheLastOnesStay() {
    ServiceAccount one = createService("one");
    ServiceAccount two = createService("two");

    Race.of(
        8,
        i -> {
          TokenUse use = new TokenUse(NOW.plusSeconds(i + 1), "192.0.2." + i);
          services().used(Map.of(one.id(), use, two.id(), use));
          return i;
        });

    TokenUse last = new TokenUse(NOW.plusSeconds(8), "192.0.2.7");
    assertThat(services().all()).containsExactly(one.used(last), two.used(last));
  }
}
