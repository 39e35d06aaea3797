package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.work.WorkStatus.CANCELLED;
import static io.taskauth.work.WorkStatus.DEAD;
import static io.taskauth.work.WorkStatus.FAILED;
import static io.taskauth.work.WorkStatus.QUEUED;
import static io.taskauth.work.WorkStatus.RUNNING;
import static io.taskauth.work.WorkStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.Change;
import io.taskauth.work.Claim;
import io.taskauth.work.Lane;
import io.taskauth.work.NewWork;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import io.taskauth.work.WorkStore.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Work that waits, is taken, goes on, ends, is listed and removed. */
interface WorkStoreContract extends WorkSteps {
  /** As {@link WorkItem} is while it waits. */
  private static WorkItem queued(NewWork work, long number, int revision) {
    return new WorkItem(
        work.id(),
        number,
        work.pool(),
        work.name(),
        work.label(),
        QUEUED,
        work.createdAt(),
        work.dueAt(),
        0,
        null,
        null,
        null,
        null,
        0,
        false,
        revision,
        null);
  }

  /** The same work, as it is to be after something has come of it. */
  private static WorkItem ended(
      WorkItem item,
      WorkStatus status,
      Instant dueAt,
      @Nullable Instant finishedAt,
      double progress,
      boolean cancelRequested,
      int revision,
      @Nullable String note) {
    return new WorkItem(
        item.id(),
        item.number(),
        item.pool(),
        item.name(),
        item.label(),
        status,
        item.createdAt(),
        dueAt,
        item.attempts(),
        null,
        null,
        item.startedAt(),
        finishedAt,
        progress,
        cancelRequested,
        revision,
        note);
  }

  private Optional<UUID> taken(Claim claim) {
    return work().claim(claim).map(work -> work.item().id());
  }

  private Optional<UUID> takenAt(String name, Instant now) {
    return taken(claim(name, "w", now));
  }

  private Hold hold(UUID id, String worker, int attempt, double progress) {
    return work().hold(id, worker, attempt, LEASE_END.plusSeconds(9), progress);
  }

  @Test
  default void workComesBackToTheLetterAndTheMillisecond() {
    String input = "{ \"b\":1.0,  \"a\": \"" + (AWKWARD + "\\\\\t\r\n").repeat(10_000) + "\" }";
    NewWork more =
        new NewWork(
            Samples.IDS.uuidV7(),
            "pool " + AWKWARD,
            AWKWARD,
            AWKWARD + "!",
            NOW,
            NOW.plusMillis(2),
            input);
    add("report");
    add(more);
    Work work = work().find(more.id()).orElseThrow();
    WorkItem item = work.item();

    assertThat(item).isEqualTo(queued(more, item.number(), item.revision()));
    assertThat(work).isEqualTo(new Work(item, input, null));
    assertThat(ids(WorkFilter.of(more.pool(), AWKWARD))).containsExactly(more.id());

    Claim claim =
        new Claim(
            more.pool(), AWKWARD, 1, Set.of(AWKWARD, "x"), 1, AWKWARD, NOW.plusMillis(2), NOW);
    Work taken = work().claim(claim).orElseThrow();
    assertThat(taken.input()).isEqualTo(input);
    assertThat(taken.item().worker()).isEqualTo(AWKWARD);
    work().settle(more.id(), AWKWARD, 1, Settlement.finished(FAILED, NOW, AWKWARD, input + "+"));

    Work done = work().find(more.id()).orElseThrow();
    assertThat(done).isEqualTo(new Work(done.item(), input, input + "+"));
    assertThat(done.item().note()).isEqualTo(AWKWARD);
    assertThat(work().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  default void workIsAddedOnceUnderItsIdAndInTheOrderOfTheList() {
    NewWork known = fresh("report");
    UUID done = finished("done", FAILED);
    add(known);
    NewWork elsewhere = new NewWork(done, "elsewhere", "report", "", NOW, NOW, "other");
    NewWork one = fresh("report");
    NewWork two = fresh("backup");
    NewWork three = fresh("report");
    NewWork twice = new NewWork(one.id(), POOL, "report", "", NOW, NOW, "other");

    assertThat(work().add(List.of(one, known, two, elsewhere, twice, three), PLENTY))
        .containsExactlyInAnyOrder(one.id(), two.id(), three.id());

    assertThat(ids(WorkFilter.all(POOL)))
        .containsExactly(three.id(), two.id(), one.id(), known.id(), done);
    assertThat(work().find(one.id()).orElseThrow().input()).isEqualTo(one.input());
    assertThat(item(done).status()).isEqualTo(FAILED);
    assertThat(work().count(WorkFilter.all("elsewhere"))).isZero();
    assertThat(work().add(List.of(), PLENTY)).isEmpty();
  }

  @Test
  default void noMoreWaitUnderANameThanMay() {
    running("report", "w");
    finished("report", SUCCEEDED);
    add("backup");
    add(fresh("elsewhere", "report", "", NOW));
    UUID notDue = add(fresh("report", NOW.plusSeconds(3600)));
    List<NewWork> reports = fresh(4, "report");
    NewWork backup = fresh("backup");

    assertThat(work().add(reports, 0)).isEmpty();
    assertThat(work().add(reports, 1)).isEmpty();
    assertThat(
            work().add(List.of(reports.get(0), reports.get(1), reports.get(2), backup, backup), 3))
        .containsExactlyInAnyOrder(reports.get(0).id(), reports.get(1).id(), backup.id());
    assertThat(work().add(reports, 3)).isEmpty();

    work().cancel(notDue, NOW);
    // What is known does not take the room of what is not.
    assertThat(work().add(reports, 3)).containsExactly(reports.get(2).id());
    assertThat(work().count(new WorkFilter(POOL, "report", null, QUEUED))).isEqualTo(3);
  }

  @Test
  default void whatIsDueForLongestIsTakenFirst() {
    UUID second = add(fresh("report", NOW.minusMillis(1)));
    UUID third = add(fresh("report", NOW.minusMillis(1)));
    UUID fifth = add(fresh("report", NOW.plusMillis(1)));
    UUID fourth = add(fresh("report", NOW));
    UUID first = add(fresh("report", NOW.minusSeconds(100)));
    add("backup");
    add(fresh("elsewhere", "report", "", NOW.minusSeconds(200)));

    assertThat(takenAt("nothing", NOW)).isEmpty();
    assertThat(takenAt("report", NOW.minusSeconds(101))).isEmpty();
    for (UUID next : List.of(first, second, third, fourth)) {
      assertThat(takenAt("report", NOW)).contains(next);
    }
    assertThat(takenAt("report", NOW)).isEmpty();
    assertThat(takenAt("report", NOW.plusMillis(1))).contains(fifth);
  }

  @Test
  default void whatIsTakenRunsForOneAttemptMore() {
    NewWork work = fresh("report");
    add(work);
    WorkItem before = item(work.id());

    Work taken = work().claim(claim("report", "w", NOW.plusMillis(3))).orElseThrow();

    WorkItem item = taken.item();
    assertThat(item)
        .isEqualTo(
            new WorkItem(
                work.id(),
                before.number(),
                POOL,
                "report",
                "ada",
                RUNNING,
                work.createdAt(),
                NOW,
                1,
                "w",
                LEASE_END.plusMillis(3),
                NOW.plusMillis(3),
                null,
                0,
                false,
                item.revision(),
                null));
    assertThat(item.revision()).isGreaterThan(before.revision());
    assertThat(taken).isEqualTo(new Work(item, work.input(), null));
    assertThat(work().find(work.id())).contains(taken);
  }

  @Test
  default void noMoreRunAtOnceThanMay() {
    UUID one = add("report");
    UUID two = add("report");
    UUID three = add("report");
    UUID backup = add("backup");
    running("other", "w");
    add(fresh("elsewhere", "backup", "", NOW));
    Set<String> both = Set.of("report", "backup");
    assertThat(work().claim(new Claim("elsewhere", "backup", 1, both, 1, "w", NOW, LEASE_END)))
        .isPresent();

    assertThat(taken(claim("report", 0, both, 9))).isEmpty();
    assertThat(taken(claim("report", 9, both, 0))).isEmpty();
    assertThat(taken(claim("report", 1, both, 1))).contains(one);
    assertThat(taken(claim("report", 1, both, 9))).isEmpty();
    assertThat(taken(claim("backup", 1, both, 1))).isEmpty();
    assertThat(taken(claim("backup", 1, both, 2))).contains(backup);
    assertThat(taken(claim("report", 9, both, 2))).isEmpty();
    assertThat(taken(claim("report", 2, both, 3))).contains(two);

    // What ends makes room, whether it is done with or to be tried again.
    work().settle(one, "w", 1, ended(SUCCEEDED));
    assertThat(taken(claim("report", 1, both, 3))).isEmpty();
    assertThat(taken(claim("report", 2, both, 3))).contains(three);
    work().settle(backup, "w", 1, again(null, null));
    add("report");
    assertThat(taken(claim("report", 2, both, 9))).isEmpty();
    assertThat(taken(claim("report", 3, both, 2))).isEmpty();
    assertThat(taken(claim("report", 3, both, 3))).isPresent();
  }

  @Test
  default void whatNobodyCameBackToIsTakenByAnother() {
    UUID lost = running("report", "w");
    UUID other = add(fresh("report", NOW.plusSeconds(50)));
    hold(lost, "w", 1, 0.5);
    Instant end = LEASE_END.plusSeconds(9);
    Claim tooEarly =
        new Claim(POOL, "report", 1, Set.of("report"), 1, "v", end.minusMillis(1), end);
    Claim claim = new Claim(POOL, "report", 1, Set.of("report"), 1, "v", end, end.plusSeconds(60));

    assertThat(taken(tooEarly)).isEmpty();
    assertThat(hold(lost, "w", 1, -1)).isEqualTo(Hold.HELD);
    WorkItem before = item(lost);
    // Its run does not count, so one of the two may be taken.
    WorkItem taken = work().claim(claim).orElseThrow().item();
    assertThat(taken.id()).isIn(lost, other);
    assertThat(taken(claim)).isEmpty();
    WorkItem again = taken.id().equals(lost) ? taken : retaken(taken, claim);

    assertThat(again.attempts()).isEqualTo(2);
    assertThat(again.worker()).isEqualTo("v");
    assertThat(again.startedAt()).isEqualTo(end);
    assertThat(again.leaseUntil()).isEqualTo(end.plusSeconds(60));
    assertThat(again.progress()).isZero();
    assertThat(again.revision()).isGreaterThan(before.revision());
    assertThat(hold(lost, "w", 1, 0.9)).isEqualTo(Hold.LOST);
    assertThat(work().settle(lost, "w", 1, ended(SUCCEEDED))).isFalse();
    assertThat(item(lost)).isEqualTo(again);
    assertThat(work().settle(lost, "v", 2, ended(SUCCEEDED))).isTrue();
  }

  private WorkItem retaken(WorkItem other, Claim claim) {
    work().settle(other.id(), "v", 1, ended(SUCCEEDED));
    return work().claim(claim).orElseThrow().item();
  }

  @Test
  default void whoSaysSoKeepsWhatTheyHaveTaken() {
    UUID id = running("report", "w");
    WorkItem before = item(id);

    List<Change> told =
        told(
            () -> {
              assertThat(hold(id, "w", 1, -0.5)).isEqualTo(Hold.HELD);
              assertThat(hold(id, "w", 1, 0)).isEqualTo(Hold.HELD);
            });
    assertThat(told).isEmpty();
    assertThat(item(id).leaseUntil()).isEqualTo(LEASE_END.plusSeconds(9));
    assertThat(item(id).revision()).isGreaterThan(before.revision());

    assertThat(told(() -> hold(id, "w", 1, 0.375))).containsOnly(new Change.OfWork(POOL, id));
    WorkItem further = item(id);
    assertThat(told(() -> hold(id, "w", 1, 0.375))).isEmpty();
    assertThat(told(() -> hold(id, "w", 1, -1))).isEmpty();
    assertThat(item(id).progress()).isEqualTo(0.375);
    assertThat(item(id).revision()).isGreaterThan(further.revision());
    assertThat(item(id).startedAt()).isEqualTo(NOW);

    WorkItem held = item(id);
    assertThat(hold(id, "other", 1, 0.5)).isEqualTo(Hold.LOST);
    assertThat(hold(id, "w", 0, 0.5)).isEqualTo(Hold.LOST);
    assertThat(hold(id, "w", 2, 0.5)).isEqualTo(Hold.LOST);
    assertThat(hold(UUID.randomUUID(), "w", 1, 0.5)).isEqualTo(Hold.LOST);
    assertThat(item(id)).isEqualTo(held);

    work().cancel(id, NOW);
    assertThat(hold(id, "w", 1, 0.5)).isEqualTo(Hold.CANCEL_REQUESTED);
    assertThat(item(id).progress()).isEqualTo(0.5);
    work().settle(id, "w", 1, ended(CANCELLED));
    assertThat(hold(id, "w", 1, 0.75)).isEqualTo(Hold.LOST);
  }

  @Test
  default void attemptThatHasEndedIsOver() {
    for (WorkStatus status : List.of(SUCCEEDED, FAILED, DEAD, CANCELLED)) {
      UUID id = running("report", "w");
      hold(id, "w", 1, 0.25);
      WorkItem before = item(id);
      Instant at = NOW.plusMillis(777);
      Settlement end = Settlement.finished(status, at, "note", "out");

      assertThat(work().settle(id, "other", 1, end)).isFalse();
      assertThat(work().settle(id, "w", 0, end)).isFalse();
      assertThat(work().settle(id, "w", 2, end)).isFalse();
      assertThat(item(id)).isEqualTo(before);
      assertThat(told(() -> work().settle(id, "w", 1, end)))
          .containsOnly(new Change.OfWork(POOL, id));

      WorkItem after = item(id);
      double progress = status == SUCCEEDED ? 1 : 0.25;
      assertThat(after)
          .isEqualTo(ended(before, status, NOW, at, progress, false, after.revision(), "note"));
      assertThat(after.revision()).isGreaterThan(before.revision());
      assertThat(work().find(id).orElseThrow().output()).isEqualTo("out");
      assertThat(told(() -> assertThat(work().settle(id, "w", 1, end)).isFalse())).isEmpty();
      assertThat(takenAt("report", LEASE_END.plusSeconds(3600))).isEmpty();
    }
    assertThat(work().settle(UUID.randomUUID(), "w", 1, ended(FAILED))).isFalse();
  }

  @Test
  default void whatIsToBeTriedAgainWaitsAgain() {
    UUID id = running("report", "w");
    hold(id, "w", 1, 0.25);
    WorkItem before = item(id);

    assertThat(work().settle(id, "w", 1, again("first", "so far"))).isTrue();

    WorkItem waits = item(id);
    assertThat(waits)
        .isEqualTo(
            ended(before, QUEUED, NOW.plusSeconds(30), null, 0, false, waits.revision(), "first"));
    assertThat(waits.revision()).isGreaterThan(before.revision());
    assertThat(takenAt("report", NOW.plusSeconds(29))).isEmpty();

    Work taken = work().claim(claim("report", "v", NOW.plusSeconds(30))).orElseThrow();
    assertThat(taken.output()).isEqualTo("so far");
    assertThat(taken.item().attempts()).isEqualTo(2);
    assertThat(taken.item().note()).isEqualTo("first");
    assertThat(work().settle(id, "w", 1, again(null, null))).isFalse();
    assertThat(work().settle(id, "v", 2, again(null, null))).isTrue();
    assertThat(work().find(id).orElseThrow().output()).isEqualTo("so far");
    assertThat(item(id).note()).isNull();

    // Somebody asks for its end while the third attempt runs.
    take(id, "u");
    hold(id, "u", 3, 0.5);
    work().cancel(id, NOW);
    WorkItem asked = item(id);
    Settlement late = Settlement.again(NOW.plusSeconds(5), NOW.plusSeconds(99), "third", null);
    assertThat(work().settle(id, "u", 3, late)).isTrue();
    WorkItem end = item(id);
    assertThat(end)
        .isEqualTo(
            ended(
                asked,
                CANCELLED,
                asked.dueAt(),
                NOW.plusSeconds(5),
                0.5,
                true,
                end.revision(),
                "third"));
    assertThat(work().find(id).orElseThrow().output()).isEqualTo("so far");
  }

  private void take(UUID id, String worker) {
    assertThat(taken(claim(item(id).name(), worker, NOW.plusSeconds(30)))).contains(id);
  }

  @Test
  default void endIsAskedForInEachStatus() {
    Instant at = NOW.plusMillis(5);
    UUID waits = add("report");
    WorkItem before = item(waits);
    List<Change> told = told(() -> assertThat(work().cancel(waits, at)).contains(item(waits)));
    WorkItem after = item(waits);
    assertThat(told).containsOnly(new Change.OfWork(POOL, waits));
    assertThat(after)
        .isEqualTo(
            ended(before, CANCELLED, NOW, at, 0, after.cancelRequested(), after.revision(), null));
    assertThat(after.revision()).isGreaterThan(before.revision());
    assertThat(takenAt("report", NOW.plusSeconds(99))).isEmpty();

    UUID runs = running("report", "w");
    WorkItem unasked = item(runs);
    assertThat(told(() -> assertThat(work().cancel(runs, at)).contains(item(runs))))
        .containsOnly(new Change.OfWork(POOL, runs));
    WorkItem asked = item(runs);
    assertThat(asked.status()).isEqualTo(RUNNING);
    assertThat(asked.isHeldBy("w", 1)).isTrue();
    assertThat(asked.leaseUntil()).isEqualTo(LEASE_END);
    assertThat(asked.finishedAt()).isNull();
    assertThat(asked.cancelRequested()).isTrue();
    assertThat(asked.revision()).isGreaterThan(unasked.revision());
    assertThat(told(() -> assertThat(work().cancel(runs, NOW)).contains(asked))).isEmpty();
    // Whoever takes it over is asked, too, and may yet be quick enough to bring it to its end.
    Work over = work().claim(claim("report", "v", LEASE_END)).orElseThrow();
    assertThat(over.item().cancelRequested()).isTrue();
    work().settle(runs, "v", 2, ended(SUCCEEDED));
    assertThat(item(runs).status()).isEqualTo(SUCCEEDED);

    for (WorkStatus status : List.of(SUCCEEDED, FAILED, DEAD, CANCELLED)) {
      UUID id = finished("backup", status);
      WorkItem done = item(id);
      assertThat(told(() -> assertThat(work().cancel(id, at)).contains(done))).isEmpty();
      assertThat(item(id)).isEqualTo(done);
    }
    assertThat(work().cancel(UUID.randomUUID(), at)).isEmpty();
  }

  @Test
  default void workIsListedAndCountedByWhatItIs() {
    List<NewWork> more = new ArrayList<>();
    for (String pool : List.of(POOL, "elsewhere")) {
      for (String name : List.of("report", "Report", "backup")) {
        for (String label : List.of("", "ada", "%")) {
          more.add(fresh(pool, name, label, NOW));
          more.add(fresh(pool, name, label, NOW));
        }
      }
    }
    assertThat(work().add(more, PLENTY)).hasSize(36);
    take("report", "w");
    work().settle(take("report", "w").id(), "w", 1, ended(FAILED));
    work().cancel(take("backup", "w").id(), NOW);
    List<WorkItem> all =
        Stream.of(POOL, "elsewhere")
            .flatMap(pool -> ids(WorkFilter.all(pool)).stream())
            .map(this::item)
            .toList();
    assertThat(all).hasSize(36);

    for (@Nullable String name : new @Nullable String[] {null, "report", "backup", "none"}) {
      for (@Nullable String label : new @Nullable String[] {null, "", "ada", "none"}) {
        for (@Nullable WorkStatus status :
            new @Nullable WorkStatus[] {null, QUEUED, RUNNING, FAILED}) {
          WorkFilter filter = new WorkFilter(POOL, name, label, status);
          List<WorkItem> matching = all.stream().filter(filter::matches).toList();
          assertThat(work().newest(filter, PageRequest.first(50)).items())
              .as("%s", filter)
              .isEqualTo(matching);
          assertThat(work().count(filter)).as("%s", filter).isEqualTo(matching.size());
        }
      }
    }
    assertThat(work().newest(WorkFilter.all("none"), PageRequest.first(1)))
        .isEqualTo(new Page<>(List.of(), null));
  }

  @Test
  default void pagesHaveTheNewestFirstAndSkipNothing() {
    List<UUID> reports = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Due in another order than given.
      reports.add(0, add(fresh("report", NOW.minusSeconds(i))));
      add("backup");
      add(fresh("elsewhere", "report", "", NOW));
    }
    WorkFilter filter = WorkFilter.of(POOL, "report");

    for (int limit : List.of(1, 3, 7, 8)) {
      assertThat(Paging.walk(page -> work().newest(filter, page), limit))
          .isSortedAccordingTo(Comparator.comparing(WorkItem::number).reversed())
          .extracting(WorkItem::id)
          .isEqualTo(reports);
    }
    // What is added or taken meanwhile moves nothing.
    assertThat(
            Paging.walk(
                page -> work().newest(filter, page),
                2,
                () -> {
                  add("report");
                  take("report", "w");
                }))
        .extracting(WorkItem::id)
        .isEqualTo(reports);
    for (String cursor : Paging.BAD_CURSORS) {
      assertThatThrownBy(() -> work().newest(filter, new PageRequest(2, cursor)))
          .as(cursor)
          .isInstanceOf(BadCursorException.class);
    }
  }

  @Test
  default void lanesSayWhatIsUnderWayAndWhatComesNext() {
    finished("done", SUCCEEDED);
    work().cancel(add("done"), NOW);
    add(fresh("elsewhere", "report", "", NOW));
    assertThat(work().lanes(POOL)).isEmpty();

    add(fresh("b", NOW.plusSeconds(7)));
    add(fresh("b", NOW.minusSeconds(7)));
    add(fresh("b", NOW.plusSeconds(9)));
    running("a.b", "w");
    running("a.b", "w");
    work().hold(running("a.b", "w"), "w", 1, NOW.minusSeconds(1), -1);
    running("B", "w");
    add(fresh("B", NOW.plusSeconds(3600)));
    running("a-b", "w");
    add("a-b");
    add("aa");

    assertThat(work().lanes(POOL))
        .containsExactly(
            new Lane("B", 1, 1, LEASE_END),
            new Lane("a-b", 1, 1, NOW),
            new Lane("a.b", 0, 3, NOW.minusSeconds(1)),
            new Lane("aa", 1, 0, NOW),
            new Lane("b", 3, 0, NOW.minusSeconds(7)));
    assertThat(work().lanes("none")).isEmpty();
  }

  @Test
  default void oldWorkThatIsFinishedIsRemovedByName() {
    List<UUID> reports = new ArrayList<>();
    for (WorkStatus status : List.of(SUCCEEDED, FAILED, DEAD, CANCELLED, SUCCEEDED)) {
      reports.add(0, finished("report", status));
    }
    UUID backup = finished("backup", SUCCEEDED);
    UUID runs = running("report", "w");
    UUID waits = add("report");
    add(fresh("elsewhere", "report", "", NOW));
    UUID elsewhere =
        work()
            .claim(new Claim("elsewhere", "report", 1, Set.of("report"), 1, "w", NOW, LEASE_END))
            .orElseThrow()
            .item()
            .id();
    work().settle(elsewhere, "w", 1, ended(SUCCEEDED));

    assertThat(work().trim(POOL, 5, 100)).isZero();
    assertThat(work().trim(POOL, 2, 0)).isZero();
    assertThat(told(() -> assertThat(work().trim(POOL, 2, 2)).isEqualTo(2))).isEmpty();
    assertThat(work().trim(POOL, 2, 100)).isEqualTo(1);
    assertThat(work().trim(POOL, 2, 100)).isZero();

    assertThat(ids(WorkFilter.all(POOL)))
        .containsExactly(waits, runs, backup, reports.get(0), reports.get(1));
    assertThat(work().find(reports.get(2))).isEmpty();
    assertThat(work().count(WorkFilter.all(POOL))).isEqualTo(5);
    assertThat(work().trim(POOL, 0, 100)).isEqualTo(3);
    assertThat(ids(WorkFilter.all(POOL))).containsExactly(waits, runs);
    assertThat(ids(WorkFilter.all("elsewhere"))).containsExactly(elsewhere);
  }

  @Test
  default void everythingOfANameIsRemoved() {
    UUID done = finished("report", SUCCEEDED);
    UUID runs = running("report", "w");
    NewWork waits = fresh("report");
    add(waits);
    UUID other = add("Report");
    UUID elsewhere = add(fresh("elsewhere", "report", "", NOW));

    assertThat(work().remove(POOL, "report")).isEqualTo(3);

    assertThat(work().remove(POOL, "report")).isZero();
    assertThat(work().find(done)).isEmpty();
    assertThat(hold(runs, "w", 1, 0.5)).isEqualTo(Hold.LOST);
    assertThat(work().settle(runs, "w", 1, ended(SUCCEEDED))).isFalse();
    assertThat(work().cancel(waits.id(), NOW)).isEmpty();
    assertThat(takenAt("report", LEASE_END)).isEmpty();
    assertThat(ids(WorkFilter.all(POOL))).containsExactly(other);
    assertThat(ids(WorkFilter.all("elsewhere"))).containsExactly(elsewhere);
    assertThat(work().lanes(POOL)).containsExactly(new Lane("Report", 1, 0, NOW));
    // Nothing of it is left: neither its id nor its place among those that run.
    add(waits);
    assertThat(taken(claim("report", 1, Set.of("report"), 1))).contains(waits.id());
  }

  @Test
  default void whatIsAddedAndTakenIsTold() {
    NewWork one = fresh("report");
    NewWork two = fresh("report");

    assertThat(told(() -> work().add(List.of(one, two), 1)))
        .containsOnly(new Change.OfWork(POOL, one.id()));
    assertThat(told(() -> work().add(List.of(one, two), 2)))
        .containsOnly(new Change.OfWork(POOL, two.id()));
    assertThat(told(() -> take("report", "w"))).containsOnly(new Change.OfWork(POOL, one.id()));
    assertThat(told(() -> taken(claim("report", 1, Set.of("report"), 1)))).isEmpty();
    assertThat(told(() -> work().settle(one.id(), "w", 1, again(null, null))))
        .containsOnly(new Change.OfWork(POOL, one.id()));
  }
}
