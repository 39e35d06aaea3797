package io.taskauth.testkit;

import static io.taskauth.service.ServiceAccountStore.Rotation.ANOTHER_TOKEN;
import static io.taskauth.service.ServiceAccountStore.Rotation.ROTATED;
import static io.taskauth.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore.Creation;
import io.taskauth.service.ServiceAccountStore.Rotation;
import io.taskauth.service.ServiceSecret;
import io.taskauth.store.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Service accounts on two nodes: what one does the other hears, and of two who race one wins. */
interface SharedServiceContract extends SharedNodes, ServiceSteps {
  int RACERS_ON_BOTH = 16;

  private Optional<ServiceAccount> there(ServiceAccount account) {
    return there().services().find(account.id());
  }

  @Test
  default void newTokenOfAServiceAccountIsToldThere() {
    ServiceAccount account = createService("backup");
    ServiceSecret next = freshSecret();
    assertThat(there(account)).contains(account);

    assertToldThere(
        () -> rotate(account, next),
        new Change.OfService(account.id()),
        () -> there(account).equals(Optional.of(account.rotated(next, OVERLAP_END))));
  }

  @Test
  default void deletedServiceAccountIsToldThere() {
    ServiceAccount account = createService("backup");

    assertToldThere(
        () -> services().delete(account.id()),
        new Change.OfService(account.id()),
        () -> there(account).isEmpty());
  }

  @Test
  default void nameOfAServiceAccountIsTakenOnce() {
    for (int round = 0; round < 5; round++) {
      String name = "backup" + round;

      List<Creation> made =
          Race.of(RACERS_ON_BOTH, i -> node(i).services().create(service(name), ROOM));

      assertThat(made)
          .containsOnly(Creation.CREATED, Creation.NAME_TAKEN)
          .containsOnlyOnce(Creation.CREATED);
      assertThat(there().services().all()).hasSize(round + 1);
    }
  }

  @Test
  default void thereAreNoMoreServiceAccountsThanBothNodesMayMake() {
    for (int round = 1; round <= 5; round++) {
      int atMost = round * 3;
      String name = "round" + round + "-";

      List<Creation> made =
          Race.of(RACERS_ON_BOTH, i -> node(i).services().create(service(name + i), atMost));

      assertThat(made).filteredOn(Creation.CREATED::equals).hasSize(3);
      assertThat(there().services().all()).hasSize(atMost);
    }
  }

  @Test
  default void tokenOfAServiceAccountIsReplacedByOne() {
    ServiceAccount account = createService("backup");
    for (int round = 0; round < 8; round++) {
      ServiceAccount read = stored(account);
      List<ServiceSecret> next =
          IntStream.range(0, RACERS_ON_BOTH).mapToObj(i -> freshSecret()).toList();

      List<Rotation> done =
          Race.of(
              RACERS_ON_BOTH,
              i ->
                  node(i)
                      .services()
                      .rotate(read.id(), read.secret().id(), next.get(i), OVERLAP_END));

      assertThat(done).containsOnly(ROTATED, ANOTHER_TOKEN).containsOnlyOnce(ROTATED);
      assertThat(there(account))
          .contains(read.rotated(next.get(done.indexOf(ROTATED)), OVERLAP_END));
    }
  }

  @Test
  default void ofUsesOfServiceAccountsNotedOnBothNodesTheLastOnesStay() {
    List<ServiceAccount> accounts =
        IntStream.range(0, 10).mapToObj(i -> createService("s" + i)).toList();

    Race.of(
        RACERS_ON_BOTH,
        i -> {
          TokenUse use = new TokenUse(NOW.plusSeconds(i), null);
          Map<UUID, TokenUse> uses = new LinkedHashMap<>();
          IntStream.range(0, 10)
              .map(n -> i % 2 == 0 ? n : 9 - n)
              .forEach(n -> uses.put(accounts.get(n).id(), use));
          node(i).services().used(uses);
          return i;
        });

    TokenUse last = new TokenUse(NOW.plusSeconds(RACERS_ON_BOTH - 1), null);
    assertThat(there().services().all())
        .isEqualTo(accounts.stream().map(account -> account.used(last)).toList());
  }
}
