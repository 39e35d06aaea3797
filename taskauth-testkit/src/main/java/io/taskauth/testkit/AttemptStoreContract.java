package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.login.AttemptStore;
import io.taskauth.login.AttemptStore.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attempts are counted in windows that begin with the first and do not move. */
interface AttemptStoreContract extends StoreContract {
  Duration WINDOW = Duration.ofMinutes(15);

  private AttemptStore attempts() {
    return store().attempts();
  }

  private Attempts count(String key, Instant now) {
    return Objects.requireNonNull(attempts().count(List.of(key), WINDOW, now).get(key), key);
  }

  @Test
  default void attemptsOfEachKeyAreCounted() {
    Instant end = NOW.plus(WINDOW);

    assertThat(attempts().count(Set.of("a", "b"), WINDOW, NOW))
        .isEqualTo(Map.of("a", new Attempts(1, end), "b", new Attempts(1, end)));
    assertThat(attempts().count(Set.of("b", "c"), WINDOW, NOW))
        .isEqualTo(Map.of("b", new Attempts(2, end), "c", new Attempts(1, end)));
    assertThat(attempts().count(Set.of(), WINDOW, NOW)).isEmpty();
  }

  @Test
  default void keysOfAnyTextAreKeptApart() {
    List<String> keys =
        List.of("a", "A", "a ", "ä", "a%", "a_", Samples.AWKWARD, "x".repeat(256), "", "👩‍🚀");

    attempts().count(keys, WINDOW, NOW);

    assertThat(attempts().count(keys, WINDOW, NOW).values())
        .hasSize(keys.size())
        .allMatch(a -> a.count() == 2);
  }

  @Test
  default void windowStaysWhereTheFirstAttemptPutIt() {
    count("ada", NOW);

    Instant last = NOW.plus(WINDOW).minusMillis(1);

    assertThat(count("ada", last)).isEqualTo(new Attempts(2, NOW.plus(WINDOW)));
    assertThat(attempts().count(List.of("ada"), Duration.ofDays(1), last).get("ada"))
        .isEqualTo(new Attempts(3, NOW.plus(WINDOW)));
  }

  @Test
  default void newWindowBeginsWhereTheOldOneEnds() {
    count("ada", NOW);
    count("ada", NOW);
    Instant end = NOW.plus(WINDOW);

    assertThat(count("ada", end)).isEqualTo(new Attempts(1, end.plus(WINDOW)));
    assertThat(count("ada", end)).isEqualTo(new Attempts(2, end.plus(WINDOW)));
  }

  @Test
  default void refundTakesOneAttemptBackAndForgettingAll() {
    for (int i = 0; i < 3; i++) {
      attempts().count(List.of("address", "name", "other"), WINDOW, NOW);
    }

    attempts().release(List.of("address", "unknown"), List.of("name", "nobody"));

    assertThat(count("address", NOW).count()).isEqualTo(3);
    assertThat(count("name", NOW).count()).isEqualTo(1);
    assertThat(count("other", NOW).count()).isEqualTo(4);
    assertThat(count("unknown", NOW).count()).isEqualTo(1);
  }

  @Test
  default void refundOfOneOfTwoAttemptsLeavesTheOther() {
    count("ada", NOW);
    count("ada", NOW);

    attempts().release(List.of("ada"), List.of());

    assertThat(count("ada", NOW).count()).isEqualTo(2);
  }

  @Test
  default void forgottenWindowBeginsAnew() {
    count("ada", NOW);
    attempts().release(List.of(), List.of("ada"));

    Instant later = NOW.plusSeconds(60);

    assertThat(count("ada", later)).isEqualTo(new Attempts(1, later.plus(WINDOW)));
  }

  @Test
  default void nobodySavesUpAttemptsByRefunds() {
    count("ada", NOW);
    for (int i = 0; i < 3; i++) {
      attempts().release(List.of("ada"), List.of());
    }

    assertThat(count("ada", NOW).count()).isEqualTo(1);
    assertThat(count("ada", NOW).count()).isEqualTo(2);
  }

  @Test
  default void noAttemptIsLostHoweverManyAreCountedAtOnce() {
    for (int round = 0; round < 5; round++) {
      String one = "one" + round;
      String two = "two" + round;

      List<Map<String, Attempts>> counted =
          Race.of(
              32,
              i ->
                  attempts()
                      .count(i % 2 == 0 ? List.of(one, two) : List.of(two, one), WINDOW, NOW));

      for (String key : List.of(one, two)) {
        assertThat(counted)
            .extracting(answer -> answer.get(key))
            .containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, 32)
                    .mapToObj(n -> new Attempts(n, NOW.plus(WINDOW)))
                    .toList());
      }
    }
  }

  @Test
  default void noAttemptIsLostWhereManyBeginANewWindow() {
    for (int round = 0; round < 5; round++) {
      String key = "key" + round;
      count(key, NOW);
      Instant end = NOW.plus(WINDOW);

      List<Integer> counted = Race.of(8, i -> count(key, end).count());

      assertThat(counted).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }
  }

  @Test
  default void refundsAndAttemptsAtTheSameTimeAddUp() {
    for (int round = 0; round < 5; round++) {
      String key = "key" + round;
      for (int i = 0; i < 8; i++) {
        count(key, NOW);
      }

      Race.of(
          16,
          i -> {
            if (i % 2 == 0) {
              attempts().release(List.of(key), List.of());
              return 0;
            }
            return count(key, NOW).count();
          });

      assertThat(count(key, NOW).count()).isEqualTo(9);
    }
  }

  @Test
  default void sweepRemovesWindowsThatHaveEndedUpToTheLimit() {
    attempts().count(List.of("a", "b", "c", "d", "e"), WINDOW, NOW);
    attempts().count(List.of("living"), WINDOW, NOW.plusSeconds(60));
    Instant later = NOW.plus(WINDOW).plusMillis(1);

    assertThat(attempts().sweep(NOW.plus(WINDOW).minusMillis(1), 100)).isZero();
    assertThat(attempts().sweep(later, 3)).isEqualTo(3);
    assertThat(attempts().sweep(later, 3)).isEqualTo(2);
    assertThat(attempts().sweep(later, 3)).isZero();
    assertThat(count("living", later).count()).isEqualTo(2);
  }
}
