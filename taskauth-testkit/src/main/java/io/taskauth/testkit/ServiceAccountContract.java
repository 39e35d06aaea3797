package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccount.Retiring;
import io.taskauth.service.ServiceAccountStore.Creation;
import io.taskauth.service.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Accounts of machines: made, found, listed, used, deleted. */
interface ServiceAccountContract extends ServiceSteps {
  private static TokenUse at(int seconds, @Nullable String ip) {
    return new TokenUse(NOW.plusSeconds(seconds), ip);
  }

  @Test
  default void serviceAccountComesBackToTheLetterAndTheMillisecond() {
    ServiceAccount plain = service("backup");
    ServiceAccount full =
        new ServiceAccount(
            Samples.IDS.uuidV7(),
            new ServiceName("9._-" + "z".repeat(60)),
            Scopes.of(IntStream.range(0, Scopes.MAX).mapToObj(i -> "a:b." + i).toList()),
            NOW.plusMillis(1),
            AWKWARD,
            Expiry.never(),
            secretMadeAt(NOW.plusMillis(2)),
            new Retiring(secretMadeAt(NOW.minusMillis(3)), NOW.plusMillis(4)),
            at(5, "2001:db8::1"));

    create(plain);
    create(full);

    assertThat(services().find(plain.id())).contains(plain);
    assertThat(services().find(full.id())).contains(full);
    assertThat(services().all()).containsExactly(full, plain);
  }

  @Test
  default void serviceAccountWithoutScopesDoesNotBecomeUnlimited() {
    ServiceAccount any = service("none");
    ServiceAccount none =
        create(
            new ServiceAccount(
                any.id(),
                any.name(),
                Scopes.exactly(List.of()),
                NOW,
                "",
                Expiry.at(NOW),
                any.secret(),
                null,
                null));

    assertThat(services().find(none.id())).contains(none);
    assertThat(stored(none).scopes().isUnlimited()).isFalse();
  }

  @Test
  default void unknownServiceAccountIsNotFound() {
    ServiceAccount never = service("never");

    assertThat(services().find(never.id())).isEmpty();
    assertThat(services().all()).isEmpty();
    assertThat(services().delete(never.id())).isFalse();
  }

  @Test
  default void serviceAccountsAreListedInTheOrderOfTheirLetters() {
    List<String> names =
        List.of("0", "9z", "a", "a-b", "a.b", "a0", "a_b", "aa", "ab", "b", "b-1", "b1");
    List<String> shuffled =
        List.of("a_b", "b", "0", "ab", "a.b", "9z", "b1", "aa", "a", "a0", "b-1", "a-b");

    shuffled.forEach(this::createService);

    assertThat(services().all()).extracting(account -> account.name().value()).isEqualTo(names);
  }

  @Test
  default void nameOfAServiceAccountIsTakenUntilItIsDeleted() {
    ServiceAccount first = createService("backup");
    ServiceAccount second = service("backup");

    assertThat(services().create(second, ROOM)).isEqualTo(Creation.NAME_TAKEN);
    assertThat(services().find(second.id())).isEmpty();
    assertThat(services().all()).containsExactly(first);

    assertThat(services().delete(first.id())).isTrue();
    assertThat(services().create(second, ROOM)).isEqualTo(Creation.CREATED);
    assertThat(services().all()).containsExactly(second);
  }

  @Test
  default void thereAreNoMoreServiceAccountsThanThereMayBe() {
    ServiceAccount ended = service("ended");
    create(
        new ServiceAccount(
            ended.id(),
            ended.name(),
            ended.scopes(),
            NOW,
            "ada",
            Expiry.at(NOW.minusSeconds(86_400)),
            ended.secret(),
            null,
            null));
    ServiceAccount next = service("next");
    ServiceAccount last = service("last");

    assertThat(services().create(next, 0)).isEqualTo(Creation.TOO_MANY);
    assertThat(services().create(next, 1)).isEqualTo(Creation.TOO_MANY);
    assertThat(services().create(next, 2)).isEqualTo(Creation.CREATED);
    assertThat(services().create(last, 2)).isEqualTo(Creation.TOO_MANY);
    assertThat(services().create(service("next"), 2)).isEqualTo(Creation.NAME_TAKEN);
    assertThat(services().all())
        .extracting(ServiceAccount::id)
        .containsExactly(ended.id(), next.id());

    assertThat(services().delete(ended.id())).isTrue();
    assertThat(services().create(last, 2)).isEqualTo(Creation.CREATED);
  }

  @Test
  default void deletedServiceAccountIsGoneAndNoOther() {
    ServiceAccount gone = createService("gone");
    ServiceAccount other = createService("other");

    assertThat(services().delete(gone.id())).isTrue();

    assertThat(services().delete(gone.id())).isFalse();
    assertThat(services().find(gone.id())).isEmpty();
    assertThat(services().all()).containsExactly(other);
  }

  @Test
  default void lastUsesOfManyServiceAccountsAreNoted() {
    ServiceAccount one = createService("one");
    ServiceAccount two = createService("two");
    ServiceAccount unused = createService("unused");
    ServiceAccount gone = service("gone");
    TokenUse nowhere = at(2, null);

    services()
        .used(
            Map.of(
                one.id(), at(1, "2001:db8::1"), gone.id(), at(3, "192.0.2.9"), two.id(), nowhere));
    services().used(Map.of());

    assertThat(services().all())
        .containsExactly(one.used(at(1, "2001:db8::1")), two.used(nowhere), unused);
    assertThat(services().find(gone.id())).isEmpty();
  }

  @Test
  default void lastUseOfAServiceAccountMovesForwardOnly() {
    ServiceAccount account = createService("backup");

    services().used(Map.of(account.id(), at(60, "192.0.2.1")));
    services().used(Map.of(account.id(), at(59, "192.0.2.2")));
    services().used(Map.of(account.id(), at(60, "192.0.2.3")));
    assertThat(stored(account)).isEqualTo(account.used(at(60, "192.0.2.1")));

    services().used(Map.of(account.id(), at(61, null)));
    assertThat(stored(account)).isEqualTo(account.used(at(61, null)));
  }

  @Test
  default void useDoesNotBringADeletedServiceAccountBack() {
    ServiceAccount account = createService("backup");
    services().delete(account.id());

    services().used(Map.of(account.id(), at(1, "192.0.2.1")));

    assertThat(services().find(account.id())).isEmpty();
    assertThat(services().all()).isEmpty();
    createService("backup");
  }
}
