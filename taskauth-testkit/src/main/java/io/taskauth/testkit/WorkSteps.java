package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.work.Claim;
import io.taskauth.work.NewWork;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import io.taskauth.work.WorkStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** First steps that tests of work share. */
interface WorkSteps extends StoreContract {
  String POOL = "tasks";

  /** As much as any test may add. */
  int PLENTY = 1000;

  /** For how long those who take work have it. */
  Duration LEASE = Duration.ofMillis(60_004);

  /** Until when those who take it just now have it. */
  Instant LEASE_END = NOW.plus(LEASE);

  default WorkStore work() {
    return store().work();
  }

  /** Work of that name, due now and not added yet. */
  default NewWork fresh(String name) {
    return fresh(name, NOW);
  }

  default NewWork fresh(String name, Instant dueAt) {
    return fresh(POOL, name, "ada", dueAt);
  }

  default NewWork fresh(String pool, String name, String label, Instant dueAt) {
    return new NewWork(
        Samples.IDS.uuidV7(), pool, name, label, NOW.minusMillis(1), dueAt, "{\"of\":\"" + name);
  }

  default List<NewWork> fresh(int count, String name) {
    return IntStream.range(0, count).mapToObj(i -> fresh(name)).toList();
  }

  /** The id of that work, added. */
  default UUID add(NewWork one) {
    assertThat(work().add(List.of(one), PLENTY)).containsExactly(one.id());
    return one.id();
  }

  default UUID add(String name) {
    return add(fresh(name));
  }

  /** As much of that name at once as one likes. */
  default Claim claim(String name, String worker, Instant now) {
    return claim(name, PLENTY, Set.of(name), PLENTY, worker, now);
  }

  default Claim claim(String name, int atOnce, Set<String> together, int togetherAtOnce) {
    return claim(name, atOnce, together, togetherAtOnce, "w", NOW);
  }

  private Claim claim(
      String name,
      int atOnce,
      Set<String> together,
      int togetherAtOnce,
      String worker,
      Instant now) {
    return new Claim(POOL, name, atOnce, together, togetherAtOnce, worker, now, now.plus(LEASE));
  }

  /** What the worker of that name has taken just now. */
  default WorkItem take(String name, String worker) {
    return work().claim(claim(name, worker, NOW)).map(Work::item).orElseThrow();
  }

  /** The id of work of that name which somebody has taken. */
  default UUID running(String name, String worker) {
    UUID id = add(name);
    assertThat(take(name, worker).id()).isEqualTo(id);
    return id;
  }

  /** The id of work of that name, done with. */
  default UUID finished(String name, WorkStatus status) {
    UUID id = running(name, "w");
    assertThat(work().settle(id, "w", 1, ended(status))).isTrue();
    return id;
  }

  default Settlement ended(WorkStatus status) {
    return Settlement.finished(status, NOW.plusSeconds(5), null, null);
  }

  default Settlement again(@Nullable String note, @Nullable String output) {
    return Settlement.again(NOW.plusSeconds(5), NOW.plusSeconds(30), note, output);
  }

  default WorkItem item(UUID id) {
    return work().find(id).map(Work::item).orElseThrow();
  }

  /** All that match, newest first. */
  default List<UUID> ids(WorkFilter filter) {
    return Paging.walk(page -> work().newest(filter, page), 100).stream()
        .map(WorkItem::id)
        .toList();
  }
}
