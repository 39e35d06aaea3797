package io.taskauth.testkit;

import static io.taskauth.service.ServiceAccountStore.Rotation.ANOTHER_TOKEN;
import static io.taskauth.service.ServiceAccountStore.Rotation.NOT_FOUND;
import static io.taskauth.service.ServiceAccountStore.Rotation.ROTATED;
import static io.taskauth.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceSecret;
import io.taskauth.store.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The token of a service account is replaced by whoever has read it, and everybody is told. */
interface ServiceRotationContract extends ServiceSteps {
  @Test
  default void tokenThatIsReplacedStaysGoodUntilTheEndOfTheOverlap() {
    ServiceAccount account = createService("backup");
    ServiceAccount other = createService("other");
    ServiceSecret next = freshSecret();

    assertThat(rotate(account, next)).isEqualTo(ROTATED);

    ServiceAccount after = stored(account);
    assertThat(after).isEqualTo(account.rotated(next, OVERLAP_END));
    TokenId old = account.secret().id();
    assertThat(after.goodSecret(old, OVERLAP_END.minusMillis(1))).contains(account.secret());
    assertThat(after.goodSecret(old, OVERLAP_END)).isEmpty();
    assertThat(services().all()).containsExactly(after, other);
  }

  @Test
  default void secondRotationForgetsTheOldestToken() {
    ServiceAccount account = createService("backup");
    ServiceSecret second = freshSecret();
    ServiceSecret third = freshSecret();

    assertThat(rotate(account, second)).isEqualTo(ROTATED);
    ServiceAccount between = stored(account);
    assertThat(services().rotate(account.id(), second.id(), third, NOW)).isEqualTo(ROTATED);

    ServiceAccount after = stored(account);
    assertThat(after).isEqualTo(between.rotated(third, NOW));
    assertThat(after.goodSecret(account.secret().id(), NOW.minusMillis(1))).isEmpty();
  }

  @Test
  default void whoeverHasReadAnotherTokenReplacesNothing() {
    ServiceAccount account = createService("backup");
    rotate(account, freshSecret());
    ServiceAccount before = stored(account);

    assertThat(rotate(account, freshSecret())).isEqualTo(ANOTHER_TOKEN);
    assertThat(rotate(service("backup"), freshSecret())).isEqualTo(NOT_FOUND);
    assertThat(
            services()
                .rotate(account.id(), TokenId.random(Samples.IDS), freshSecret(), OVERLAP_END))
        .isEqualTo(ANOTHER_TOKEN);

    assertThat(services().all()).containsExactly(before);
  }

  @Test
  default void rotationAndLastUseLeaveEachOtherAlone() {
    ServiceAccount account = createService("backup");
    TokenUse first = new TokenUse(NOW.plusSeconds(60), "192.0.2.1");
    TokenUse second = new TokenUse(NOW.plusSeconds(120), "192.0.2.2");
    ServiceSecret next = freshSecret();

    services().used(Map.of(account.id(), first));
    rotate(account, next);
    assertThat(stored(account)).isEqualTo(account.used(first).rotated(next, OVERLAP_END));

    services().used(Map.of(account.id(), second));
    assertThat(stored(account)).isEqualTo(account.used(second).rotated(next, OVERLAP_END));
  }

  private List<Change> toldOfServices(Runnable verb) {
    return told(verb).stream().filter(change -> change instanceof Change.OfService).toList();
  }

  @Test
  default void rotationAndDeletionAreTold() {
    ServiceAccount rotated = createService("rotated");
    ServiceAccount deleted = createService("deleted");

    // Some stores tell a node twice of what it has changed itself.
    assertThat(toldOfServices(() -> rotate(rotated, freshSecret())))
        .containsOnly(new Change.OfService(rotated.id()));
    assertThat(toldOfServices(() -> services().delete(deleted.id())))
        .contains(new Change.OfService(deleted.id()));
  }

  @Test
  default void rotationAndDeletionThatAreToldCanAlreadyBeRead() {
    ServiceAccount account = createService("backup");
    List<Boolean> readable = Collections.synchronizedList(new ArrayList<>());
    Runnable unsubscribe =
        store()
            .changes()
            .subscribe(
                change ->
                    readable.add(
                        services()
                            .find(account.id())
                            .filter(now -> now.secret().equals(account.secret()))
                            .isEmpty()));

    rotate(account, freshSecret());
    services().delete(account.id());

    unsubscribe.run();
    assertThat(readable).hasSizeGreaterThanOrEqualTo(2).containsOnly(true);
  }

  @Test
  default void whatLeavesTheTokensOfAServiceAccountAsTheyAreIsNotTold() {
    ServiceAccount account = createService("backup");
    ServiceAccount gone = service("gone");

    assertThat(
            toldOfServices(
                () -> {
                  createService("fresh");
                  services().create(service("backup"), ROOM);
                  services().used(Map.of(account.id(), new TokenUse(NOW, null)));
                  services().rotate(account.id(), gone.secret().id(), freshSecret(), OVERLAP_END);
                  rotate(gone, freshSecret());
                  services().delete(gone.id());
                }))
        .isEmpty();
  }
}
