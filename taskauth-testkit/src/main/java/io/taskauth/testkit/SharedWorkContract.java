package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.work.WorkStatus.FAILED;
import static io.taskauth.work.WorkStatus.RUNNING;
import static io.taskauth.work.WorkStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.Change;
import io.taskauth.work.NewWork;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStore.Hold;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Work on two nodes: what one adds the other does, and never more at once than both may. */
interface SharedWorkContract extends SharedNodes, WorkSteps {
  int WORKERS_ON_BOTH = 16;

  @Test
  default void whatBecomesOfWorkIsToldThere() {
    NewWork more = fresh("report");
    UUID id = more.id();

    assertWorkToldThere(() -> add(more), id, item -> item.attempts() == 0);
    assertWorkToldThere(() -> take("report", "w"), id, item -> item.isHeldBy("w", 1));
    assertWorkToldThere(
        () -> work().hold(id, "w", 1, LEASE_END, 0.5), id, item -> item.progress() == 0.5);
    assertWorkToldThere(() -> work().cancel(id, NOW), id, WorkItem::cancelRequested);
    assertWorkToldThere(
        () -> work().settle(id, "w", 1, ended(FAILED)), id, item -> item.status() == FAILED);
  }

  private void assertWorkToldThere(Runnable verb, UUID id, Predicate<WorkItem> seen) {
    assertToldThere(
        verb,
        new Change.OfWork(POOL, id),
        () -> there().work().find(id).map(Work::item).filter(seen).isPresent());
  }

  @Test
  default void workIsHandedFromNodeToNode() {
    NewWork more = fresh("report");
    add(more);

    Work taken = there().work().claim(claim("report", "t", NOW)).orElseThrow();
    assertThat(taken.input()).isEqualTo(more.input());
    assertThat(work().claim(claim("report", "h", NOW))).isEmpty();
    assertThat(work().hold(more.id(), "h", 1, LEASE_END, 0)).isEqualTo(Hold.LOST);
    work().cancel(more.id(), NOW);
    assertThat(there().work().hold(more.id(), "t", 1, LEASE_END, 0))
        .isEqualTo(Hold.CANCEL_REQUESTED);

    assertThat(work().claim(claim("report", "h", LEASE_END))).isPresent();
    Settlement done = Settlement.finished(SUCCEEDED, LEASE_END, null, "out");
    assertThat(there().work().settle(more.id(), "t", 1, done)).isFalse();
    assertThat(work().settle(more.id(), "h", 2, done)).isTrue();
    assertThat(there().work().find(more.id())).isEqualTo(work().find(more.id()));
  }

  @Test
  default void noMoreWorkIsAddedOnBothNodesThanMayWait() {
    for (int round = 0; round < 3; round++) {
      String name = "report" + round;
      NewWork same = fresh("same" + round);

      List<Set<UUID>> added =
          Race.of(
              WORKERS_ON_BOTH,
              i -> {
                // Two lists in opposite orders must not wait for each other.
                List<NewWork> more =
                    i % 4 < 2
                        ? List.of(fresh(name), same, fresh(name))
                        : List.of(same, fresh(name), fresh(name));
                return node(i).work().add(more, 5);
              });

      assertThat(added.stream().filter(ids -> ids.contains(same.id()))).hasSize(1);
      assertThat(there().work().count(WorkFilter.of(POOL, name))).isEqualTo(5);
    }
  }

  @Test
  default void noMoreWorkRunsOnBothNodesThanMay() {
    for (int round = 0; round < 4; round++) {
      String one = "one" + round;
      String other = "other" + round;
      Set<String> both = Set.of(one, other);
      work().add(fresh(WORKERS_ON_BOTH, one), PLENTY);
      work().add(fresh(WORKERS_ON_BOTH, other), PLENTY);

      List<Optional<Work>> byName =
          Race.of(WORKERS_ON_BOTH, i -> node(i).work().claim(claim(one, 3, both, PLENTY)));
      List<Optional<Work>> together =
          Race.of(
              WORKERS_ON_BOTH,
              i -> node(i).work().claim(claim(i % 4 < 2 ? one : other, PLENTY, both, 7)));

      assertThat(byName).filteredOn(Optional::isPresent).hasSize(3).doesNotHaveDuplicates();
      assertThat(together).filteredOn(Optional::isPresent).hasSize(4).doesNotHaveDuplicates();
      assertThat(there().work().count(new WorkFilter(POOL, null, null, RUNNING)))
          .isEqualTo(7L * (round + 1));
    }
  }
}
