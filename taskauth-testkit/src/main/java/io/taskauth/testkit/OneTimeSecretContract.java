package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.secret;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Secrets that can be taken once, for what they were made, while what they belong to lives. */
interface OneTimeSecretContract extends StoreContract {
  private OneTimeSecret put(OneTimeSecret secret) {
    store().secrets().put(secret);
    return secret;
  }

  private Optional<OneTimeSecret> find(OneTimeSecret secret, Instant now) {
    return store().secrets().find(secret.hash(), secret.purpose(), now);
  }

  private Optional<OneTimeSecret> take(OneTimeSecret secret, Instant now) {
    return store().secrets().take(secret.hash(), secret.purpose(), now);
  }

  @Test
  default void secretIsTakenOnceAndComesBackAsItWas() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    OneTimeSecret bound = put(secret(ada, session));
    OneTimeSecret free = put(secret(null, null));
    OneTimeSecret long_ =
        put(
            new OneTimeSecret(
                "0".repeat(64),
                "p".repeat(32),
                null,
                null,
                AWKWARD.repeat(500),
                NOW.plusMillis(1)));

    assertThat(take(bound, NOW)).contains(bound);
    assertThat(take(free, NOW)).contains(free);
    assertThat(take(long_, NOW)).contains(long_);
    assertThat(take(bound, NOW)).isEmpty();
    assertThat(take(free, NOW)).isEmpty();
  }

  private static OneTimeSecret of(User user, String purpose) {
    OneTimeSecret any = secret(user, null);
    return new OneTimeSecret(any.hash(), purpose, user.id(), null, "0", any.expiresAt());
  }

  @Test
  default void newSecretStandsInForThoseOfItsUserAndPurposeAndForNoOthers() {
    User ada = create(viewer("ada"));
    User bob = create(viewer("bob"));
    OneTimeSecret first = put(of(ada, "reset"));
    OneTimeSecret second = put(of(ada, "reset"));
    OneTimeSecret ticket = put(of(ada, "ws-ticket"));
    OneTimeSecret bobs = put(of(bob, "reset"));
    OneTimeSecret nobodys = put(secret(null, null));
    OneTimeSecret next = of(ada, "reset");

    store().secrets().replace(next);

    assertThat(find(first, NOW)).isEmpty();
    assertThat(find(second, NOW)).isEmpty();
    assertThat(List.of(next, ticket, bobs, nobodys))
        .allSatisfy(secret -> assertThat(find(secret, NOW)).contains(secret));
  }

  @Test
  default void ofManyThatStandInAtOnceOneStays() {
    User ada = create(viewer("ada"));
    List<OneTimeSecret> links = IntStream.range(0, 8).mapToObj(i -> of(ada, "reset")).toList();

    List<Boolean> unused =
        Race.of(
            8,
            i -> {
              store().secrets().replace(links.get(i));
              return true;
            });

    assertThat(links).filteredOn(link -> find(link, NOW).isPresent()).hasSize(1);
  }

  @Test
  default void unknownSecretIsNotTaken() {
    assertThat(take(secret(null, null), NOW)).isEmpty();
  }

  @Test
  default void secretForAnotherPurposeIsNotTakenAndStays() {
    OneTimeSecret secret = put(secret(null, null));

    assertThat(store().secrets().take(secret.hash(), "oauth-state", NOW)).isEmpty();
    assertThat(store().secrets().take(secret.hash(), "WS-TICKET", NOW)).isEmpty();

    assertThat(take(secret, NOW)).contains(secret);
  }

  @Test
  default void whoeverLooksAtASecretLeavesIt() {
    User ada = create(viewer("ada"));
    OneTimeSecret bound = put(secret(ada, open(ada, NOW)));
    OneTimeSecret free = put(secret(null, null));

    assertThat(find(bound, NOW)).contains(bound);
    assertThat(find(bound, NOW)).contains(bound);
    assertThat(find(free, NOW)).contains(free);

    assertThat(take(bound, NOW)).contains(bound);
    assertThat(find(bound, NOW)).isEmpty();
    assertThat(find(free, NOW)).contains(free);
  }

  @Test
  default void lookFindsNothingThatCouldNotBeTaken() {
    OneTimeSecret secret = put(secret(null, null));

    assertThat(find(secret(null, null), NOW)).isEmpty();
    assertThat(store().secrets().find(secret.hash(), "oauth-state", NOW)).isEmpty();
    assertThat(find(secret, secret.expiresAt())).isEmpty();
    assertThat(find(secret, secret.expiresAt().minusMillis(1))).contains(secret);
  }

  @Test
  default void secretIsTakenUpToItsEndAndNotAtIt() {
    OneTimeSecret early = put(secret(null, null));
    OneTimeSecret late = put(secret(null, null));

    assertThat(take(late, late.expiresAt())).isEmpty();
    assertThat(take(early, early.expiresAt().minusMillis(1))).isPresent();
  }

  @Test
  default void ofManyTakersExactlyOneGetsTheSecret() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 10; round++) {
      OneTimeSecret secret = put(secret(ada, null));

      List<Optional<OneTimeSecret>> taken = Race.of(20, i -> take(secret, NOW));

      assertThat(taken).containsOnlyOnce(Optional.of(secret));
      assertThat(taken).filteredOn(Optional::isEmpty).hasSize(19);
    }
  }

  @Test
  default void secretOfASessionEndsWithIt() {
    User ada = create(viewer("ada"));
    Session one = open(ada, NOW);
    Session two = open(ada, NOW.plusMillis(1));
    Session three = open(ada, NOW.plusMillis(2));
    OneTimeSecret ofOne = put(secret(ada, one));
    OneTimeSecret ofTwo = put(secret(null, two));
    OneTimeSecret ofThree = put(secret(ada, three));
    OneTimeSecret ofAda = put(secret(ada, null));

    store().sessions().end(ada.id(), one.id());
    assertThat(take(ofOne, NOW)).isEmpty();

    store().sessions().endAll(ada.id(), three.id());
    assertThat(take(ofTwo, NOW)).isEmpty();
    assertThat(take(ofThree, NOW)).isPresent();
    assertThat(take(ofAda, NOW)).isPresent();
  }

  @Test
  default void secretOfASessionThatIsSweptEndsToo() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    OneTimeSecret living =
        put(
            new OneTimeSecret(
                "1".repeat(64),
                "ws-ticket",
                null,
                session.id().value(),
                "{}",
                session.expiresAt().plusSeconds(60)));

    Instant later = session.expiresAt().plusMillis(1);
    assertThat(store().sessions().sweep(later, 100)).isEqualTo(1);

    assertThat(take(living, later)).isEmpty();
  }

  @Test
  default void anothersEndEndsNoSecret() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session session = open(ada, NOW);
    OneTimeSecret secret = put(secret(ada, session));

    store().sessions().end(eve.id(), session.id());
    store().sessions().endAll(eve.id(), null);

    assertThat(take(secret, NOW)).contains(secret);
  }

  @Test
  default void sweepRemovesSecretsPastTheirEndUpToTheLimit() {
    for (int i = 0; i < 5; i++) {
      put(secret(null, null));
    }
    OneTimeSecret living =
        put(new OneTimeSecret("2".repeat(64), "p", null, null, "", NOW.plusSeconds(60)));
    Instant later = NOW.plusSeconds(30).plusMillis(1);

    assertThat(store().secrets().sweep(NOW.plusSeconds(29), 100)).isZero();
    assertThat(store().secrets().sweep(later, 3)).isEqualTo(3);
    assertThat(store().secrets().sweep(later, 3)).isEqualTo(2);
    assertThat(store().secrets().sweep(later, 3)).isZero();
    assertThat(take(living, later)).contains(living);
  }
}
