package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.work.WorkStatus.CANCELLED;
import static io.taskauth.work.WorkStatus.FAILED;
import static io.taskauth.work.WorkStatus.RUNNING;
import static io.taskauth.work.WorkStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.work.NewWork;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import io.taskauth.work.WorkStore.Hold;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work that many add, take and end at the same instant. */
interface WorkRacesContract extends WorkSteps {
  int WORKERS = 16;

  @Test
  default void noMoreIsAddedByManyThanMayWait() {
    for (int round = 0; round < 3; round++) {
      String name = "report" + round;
      NewWork same = fresh("same" + round);

      List<Set<UUID>> added =
          Race.of(WORKERS, i -> work().add(List.of(fresh(name), same, fresh(name)), 5));

      assertThat(added.stream().filter(ids -> ids.contains(same.id()))).hasSize(1);
      assertThat(added.stream().mapToInt(Set::size).sum()).isEqualTo(6);
      assertThat(work().count(WorkFilter.of(POOL, name))).isEqualTo(5);
    }
  }

  @Test
  default void noMoreIsTakenByManyThanMayRun() {
    for (int round = 0; round < 3; round++) {
      String one = "one" + round;
      String other = "other" + round;
      Set<String> both = Set.of(one, other);
      work().add(fresh(WORKERS, one), PLENTY);
      work().add(fresh(WORKERS, other), PLENTY);

      List<Optional<Work>> byName =
          Race.of(WORKERS, i -> work().claim(claim(one, 3, both, PLENTY)));
      List<Optional<Work>> together =
          Race.of(WORKERS, i -> work().claim(claim(i % 2 == 0 ? one : other, PLENTY, both, 7)));

      assertThat(byName).filteredOn(Optional::isPresent).hasSize(3).doesNotHaveDuplicates();
      assertThat(together).filteredOn(Optional::isPresent).hasSize(4).doesNotHaveDuplicates();
      assertThat(work().count(new WorkFilter(POOL, null, null, RUNNING)))
          .isEqualTo(7L * (round + 1));
    }
  }

  @Test
  default void manyWorkersDoEverythingOnceAndNeverTooMuchAtOnce() {
    int pieces = 2 * WORKERS;
    work().add(fresh(pieces, "report"), PLENTY);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();

    Race.of(
        WORKERS,
        i -> {
          for (int tries = 0; done.get() < pieces && tries < 10_000; tries++) {
            Optional<Work> taken = work().claim(claim("report", 4, Set.of("report"), 4));
            if (taken.isPresent()) {
              WorkItem item = taken.get().item();
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              assertThat(item.attempts()).isEqualTo(1);
              atOnce.decrementAndGet();
              assertThat(work().settle(item.id(), "w", 1, ended(SUCCEEDED))).isTrue();
              done.incrementAndGet();
            }
          }
          return i;
        });

    assertThat(most).hasValueBetween(1, 4);
    assertThat(done).hasValue(pieces);
    assertThat(work().count(new WorkFilter(POOL, "report", null, SUCCEEDED))).isEqualTo(pieces);
  }

  @Test
  default void ofManyWhoWantOnePieceOneHasItAndOneEndsIt() {
    for (int round = 0; round < 3; round++) {
      UUID id = add("report");
      List<Optional<Work>> taken =
          Race.of(WORKERS, i -> work().claim(claim("report", "w" + i, NOW)));
      assertThat(taken).filteredOn(Optional::isPresent).hasSize(1);

      // Nobody has heard of the first one: they say so again while the others take it.
      String first = String.valueOf(item(id).worker());
      List<Object> over =
          Race.of(
              WORKERS,
              i ->
                  i == 0
                      ? work().hold(id, first, 1, LEASE_END.plusSeconds(60), 0.5)
                      : work().claim(claim("report", "v", LEASE_END)));
      boolean held = over.get(0) == Hold.HELD;
      long winners =
          over.stream().filter(o -> o instanceof Optional<?> work && work.isPresent()).count();
      assertThat(winners).isEqualTo(held ? 0 : 1);

      String last = held ? first : "v";
      int attempt = held ? 1 : 2;
      assertThat(item(id).isHeldBy(last, attempt)).isTrue();
      List<Boolean> ended =
          Race.of(
              WORKERS,
              i -> work().settle(id, last, attempt, ended(i % 2 == 0 ? SUCCEEDED : FAILED)));
      assertThat(ended).containsOnlyOnce(true);
      WorkStatus winner = ended.indexOf(true) % 2 == 0 ? SUCCEEDED : FAILED;
      assertThat(item(id).status()).isEqualTo(winner);
    }
  }

  @Test
  default void whatIsCancelledWhileSomebodyTakesItIsNotDoneUnasked() {
    for (int round = 0; round < 8; round++) {
      UUID id = add("report");

      List<Optional<UUID>> answers =
          Race.between(
              () -> work().claim(claim("report", "w", NOW)).map(work -> work.item().id()),
              () -> work().cancel(id, NOW).map(WorkItem::id));

      WorkItem item = item(id);
      assertThat(answers.get(1)).contains(id);
      assertThat(item.status()).isEqualTo(answers.get(0).isPresent() ? RUNNING : CANCELLED);
      if (item.status() == RUNNING) {
        assertThat(item.cancelRequested()).isTrue();
        assertThat(work().settle(id, "w", 1, again(null, null))).isTrue();
        assertThat(item(id).status()).isEqualTo(CANCELLED);
      }
    }
  }
}
