package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.work.Claim;
import io.taskauth.work.Lane;
import io.taskauth.work.NewWork;
import io.taskauth.work.Settlement;
import io.taskauth.work.Work;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import io.taskauth.work.WorkStore;
import io.taskauth.work.WorkStore.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.embedded.RedisServer;

/** What is particular to work in Redis; what all stores promise is in the contract. */
class RedisWorkTest {
  private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=([0-9]+)");
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Instant LATER = NOW.plus(Duration.ofDays(1));

  /** Keys, patterns and lines are made of these. */
  private static final List<String> STRANGE =
      List.of(
          "",
          " ",
          ":",
          "a",
          "a:",
          "a:a",
          "1:a",
          "{a}",
          "}{",
          "name:1:a:a",
          "*?[a]",
          "=",
          "two\nlines\r\n",
          "nul\0nul",
          "%d %s",
          "Größe Ελλάδα 任务 🚀",
          "n".repeat(300));

  private final String prefix = TestRedis.freshPrefix();
  private final RedisAuthStore store =
      RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open();
  private final WorkStore work = store.work();

  @AfterEach
  void close() {
    store.close();
  }

  private static NewWork of(String pool, String name, Instant due) {
    return new NewWork(People.IDS.uuidV7(), pool, name, "", NOW, due, "{}");
  }

  private static NewWork labelled(String label) {
    return new NewWork(People.IDS.uuidV7(), "pool", "name", label, NOW, NOW, "{}");
  }

  private static Claim claim(String pool, String name, String worker, Instant now) {
    return new Claim(pool, name, 1000, Set.of(name), 1000, worker, now, now.plus(LEASE));
  }

  private void add(int many, Function<Integer, NewWork> each) {
    for (int from = 0; from < many; from += 500) {
      List<NewWork> some =
          IntStream.range(from, Math.min(many, from + 500)).mapToObj(each::apply).toList();
      assertThat(work.add(some, Integer.MAX_VALUE)).hasSize(some.size());
    }
  }

  private List<WorkItem> all(WorkStore in, WorkFilter filter, int limit) {
    List<WorkItem> found = new ArrayList<>();
    Page<WorkItem> page = in.newest(filter, PageRequest.first(limit));
    found.addAll(page.items());
    while (page.nextCursor() != null) {
      page = in.newest(filter, new PageRequest(limit, page.nextCursor()));
      found.addAll(page.items());
    }
    return found;
  }

  /** How many of these commands this costs the server, those in scripts included. */
  private static long cost(Jedis jedis, String commands, Runnable verb) {
    jedis.configResetStat();
    verb.run();
    long calls = 0;
    Matcher line = CALLS.matcher(jedis.info("commandstats"));
    while (line.find()) {
      if (line.group(1).matches(commands)) {
        calls += Long.parseLong(line.group(2));
      }
    }
    return calls;
  }

  /** Of the commands on sorted sets and hashes: the feed uses others. */
  private static long cost(Jedis jedis, Runnable verb) {
    return cost(jedis, "[zh].*", verb);
  }

  private record Held(UUID id, String worker, int attempt) {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverIsDoneItIsAsInMemory(boolean cluster) {
    try (RedisAuthStore here =
            cluster ? TestCluster.shared().freshStore() : TestRedis.freshStore();
        InMemoryAuthStore there = new InMemoryAuthStore()) {
      for (long seed = 1; seed <= 3; seed++) {
        new Both(here, there, seed).live(700);
      }
    }
  }

  /** Does the same to two stores, and compares what comes of it. */
  private final class Both {
    private final WorkStore here;
    private final WorkStore there;
    private final Random random;
    private final List<Change> heardHere = new CopyOnWriteArrayList<>();
    private final List<Change> heardThere = new CopyOnWriteArrayList<>();
    private final List<String> pools = List.of("one", "two");
    private final List<String> names = List.of("mail", "report", "one:mail", "任务");
    private final List<String> labels = List.of("", "x", "y");
    private final List<UUID> known = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private Instant now = NOW;

    Both(RedisAuthStore here, InMemoryAuthStore there, long seed) {
      this.here = here.work();
      this.there = there.work();
      this.random = new Random(seed);
      Runnable unused = here.changes().subscribe(heardHere::add);
      unused = there.changes().subscribe(heardThere::add);
    }

    void live(int rounds) {
      for (int round = 0; round < rounds; round++) {
        heardHere.clear();
        heardThere.clear();
        now = now.plusSeconds(random.nextInt(5));
        Function<WorkStore, Object> verb = verb();
        assertThat(verb.apply(here)).as("round %d", round).isEqualTo(verb.apply(there));
        // What comes round before the verb is through is told twice.
        assertThat(heardHere.stream().distinct())
            .as("round %d", round)
            .isEqualTo(heardThere.stream().distinct().toList());
        if (round % 20 == 0) {
          compare();
        }
      }
      compare();
    }

    private <T> T any(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }

    private Instant soon(int seconds) {
      return now.plusSeconds(random.nextInt(seconds));
    }

    private @Nullable String maybe(String text) {
      return random.nextBoolean() ? text : null;
    }

    private Function<WorkStore, Object> verb() {
      int dice = random.nextInt(100);
      if (dice < 20 || known.isEmpty()) {
        return add();
      }
      if (dice < 50) {
        return claim();
      }
      if (dice < 65) {
        return hold();
      }
      if (dice < 85) {
        return settle();
      }
      if (dice < 94) {
        UUID id = random.nextBoolean() ? anyHeld().id() : any(known);
        return in -> in.cancel(id, now);
      }
      if (dice < 97) {
        String pool = any(pools);
        int keep = random.nextInt(4);
        return in -> in.trim(pool, keep, 1000);
      }
      String pool = any(pools);
      String name = any(names);
      return dice == 99 ? in -> in.remove(pool, name) : in -> in.lanes(pool);
    }

    private Function<WorkStore, Object> add() {
      List<NewWork> more = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        UUID id = random.nextInt(10) == 0 && !known.isEmpty() ? any(known) : People.IDS.uuidV7();
        known.add(id);
        more.add(
            new NewWork(
                id,
                any(pools),
                any(names),
                any(labels),
                now,
                now.plusSeconds(random.nextInt(12) - 6),
                "input " + id));
      }
      int most = random.nextInt(8);
      return in -> in.add(more, most);
    }

    private Function<WorkStore, Object> claim() {
      String name = any(names);
      Set<String> together = random.nextBoolean() ? Set.of(name) : Set.copyOf(names);
      Claim claim =
          new Claim(
              any(pools),
              name,
              1 + random.nextInt(4),
              together,
              1 + random.nextInt(5),
              "worker" + random.nextInt(3),
              now,
              now.plusSeconds(5 + random.nextInt(30)));
      return in -> {
        Optional<Work> taken = in.claim(claim);
        taken
            .map(Work::item)
            .map(item -> new Held(item.id(), claim.worker(), item.attempts()))
            .ifPresent(held::add);
        return taken;
      };
    }

    private Held anyHeld() {
      if (held.isEmpty()) {
        return new Held(any(known), "worker0", 1);
      }
      Held one = random.nextInt(4) == 0 ? any(held) : held.get(held.size() - 1);
      return switch (random.nextInt(12)) {
        case 0 -> new Held(one.id(), "another", one.attempt());
        case 1 -> new Held(one.id(), one.worker(), one.attempt() - 1);
        default -> one;
      };
    }

    private Function<WorkStore, Object> hold() {
      Held one = anyHeld();
      Instant until = soon(40);
      double progress =
          random.nextInt(3) == 0 ? -1 : random.nextInt(4) == 0 ? 0.5 : random.nextDouble();
      return in -> in.hold(one.id(), one.worker(), one.attempt(), until, progress);
    }

    private Function<WorkStore, Object> settle() {
      Held one = anyHeld();
      WorkStatus status =
          any(Stream.of(WorkStatus.values()).filter(s -> s != WorkStatus.RUNNING).toList());
      Settlement settlement =
          new Settlement(
              status, now, soon(20), maybe("note " + now), maybe("output " + random.nextInt()));
      return in -> in.settle(one.id(), one.worker(), one.attempt(), settlement);
    }

    private void compare() {
      for (UUID id : known) {
        assertThat(here.find(id)).isEqualTo(there.find(id));
      }
      for (String pool : pools) {
        assertThat(here.lanes(pool)).isEqualTo(there.lanes(pool));
        for (WorkFilter filter : filters(pool)) {
          assertThat(here.count(filter)).as("%s", filter).isEqualTo(there.count(filter));
        }
      }
      WorkFilter filter = any(filters(any(pools)));
      assertThat(all(here, filter, 3)).as("%s", filter).isEqualTo(all(there, filter, 3));
    }

    private List<WorkFilter> filters(String pool) {
      List<WorkFilter> filters = new ArrayList<>();
      for (@Nullable String name : new @Nullable String[] {null, any(names), "nothing"}) {
        for (@Nullable String label : new @Nullable String[] {null, any(labels), "nothing"}) {
          filters.add(new WorkFilter(pool, name, label, null));
          for (WorkStatus status : WorkStatus.values()) {
            filters.add(new WorkFilter(pool, name, label, status));
          }
        }
      }
      return filters;
    }
  }

  @Test
  void anyTextIsAPoolANameOrALabel() {
    List<NewWork> more = new ArrayList<>();
    for (String pool : STRANGE) {
      for (String name : STRANGE) {
        more.add(new NewWork(People.IDS.uuidV7(), pool, name, pool, NOW, NOW, name));
      }
    }
    List<Change> told = new CopyOnWriteArrayList<>();
    try (RedisAuthStore other = RedisAuthStore.builder(TestRedis.url()).keyPrefix(prefix).open()) {
      Runnable unused = other.changes().subscribe(told::add);
      assertThat(work.add(more, 1)).hasSize(more.size());
      Eventually.within(Duration.ofSeconds(5), () -> told.size() >= more.size());
      assertThat(told)
          .containsExactlyElementsOf(
              more.stream().map(one -> new Change.OfWork(one.pool(), one.id())).toList());
    }

    for (NewWork one : more) {
      WorkFilter exactly = new WorkFilter(one.pool(), one.name(), one.pool(), WorkStatus.QUEUED);
      assertThat(all(work, exactly, 5)).extracting(WorkItem::id).containsExactly(one.id());
      assertThat(work.count(exactly)).isEqualTo(1);
      assertThat(work.count(new WorkFilter(one.pool(), one.name(), "other", null))).isZero();
      Work taken = work.claim(claim(one.pool(), one.name(), one.pool(), NOW)).orElseThrow();
      assertThat(taken.item().id()).isEqualTo(one.id());
      assertThat(taken.input()).isEqualTo(one.name());
      assertThat(work.hold(one.id(), one.pool(), 1, NOW, 0.5)).isEqualTo(Hold.HELD);
      assertThat(
              work.settle(
                  one.id(),
                  one.pool(),
                  1,
                  Settlement.finished(WorkStatus.FAILED, NOW, one.pool(), one.name())))
          .isTrue();
      Work done = work.find(one.id()).orElseThrow();
      assertThat(done.item().note()).isEqualTo(one.pool());
      assertThat(done.output()).isEqualTo(one.name());
    }
    for (String pool : STRANGE) {
      assertThat(work.lanes(pool)).isEmpty();
      assertThat(work.count(WorkFilter.all(pool))).isEqualTo(STRANGE.size());
      assertThat(work.remove(pool, "a")).isEqualTo(1);
      assertThat(work.trim(pool, 0, 1000)).isEqualTo(STRANGE.size() - 1);
    }
  }

  @Test
  void ofThoseDueAtTheSameTimeTheFirstAddedIsFirst() {
    add(120, i -> of("pool", "name", NOW));

    List<Long> taken =
        IntStream.range(0, 120)
            .mapToObj(i -> work.claim(claim("pool", "name", "w", NOW)).orElseThrow())
            .map(one -> one.item().number())
            .toList();

    assertThat(taken).hasSize(120).isSorted();
  }

  @Test
  void abandonedOnesTakeTheirOldPlace() {
    add(12, i -> of("pool", "name", NOW));
    for (int i = 0; i < 11; i++) {
      assertThat(work.claim(claim("pool", "name", "w", NOW.plusSeconds(11 - i)))).isPresent();
    }
    NewWork early = of("pool", "name", NOW.minusSeconds(1));
    assertThat(work.add(List.of(early), 10)).containsExactly(early.id());

    Instant later = NOW.plusSeconds(20).plus(LEASE);
    List<Long> taken =
        IntStream.range(0, 13)
            .mapToObj(i -> work.claim(claim("pool", "name", "w", later)).orElseThrow())
            .map(one -> one.item().number())
            .toList();

    assertThat(taken).containsExactly(13L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void timesBeforeTheEpochAreTimes() {
    Instant old = Instant.EPOCH.minusSeconds(100);
    NewWork first = of("pool", "name", old);
    assertThat(work.add(List.of(of("pool", "name", old.plusSeconds(1)), first), 10)).hasSize(2);

    assertThat(work.lanes("pool")).containsExactly(new Lane("name", 2, 0, old));
    assertThat(work.claim(claim("pool", "name", "w", old)).orElseThrow().item().id())
        .isEqualTo(first.id());
  }

  @Test
  void longQueueCostsNoMoreThanAShortOne() {
    try (Jedis jedis = TestRedis.jedis()) {
      add(10_000, i -> of("pool", "name", NOW.plusSeconds(i % 100)));
      WorkFilter queued = new WorkFilter("pool", "name", null, WorkStatus.QUEUED);
      Runnable claim = () -> assertThat(work.claim(claim("pool", "name", "w", NOW))).isPresent();
      claim.run();
      assertThat(work.count(queued)).isEqualTo(9_999);
      assertThat(work.lanes("pool")).containsExactly(new Lane("name", 9_999, 1, NOW));
      assertThat(work.newest(queued, PageRequest.first(20)).items()).hasSize(20);

      assertThat(cost(jedis, claim)).isLessThan(50);
      assertThat(cost(jedis, () -> work.count(queued))).isEqualTo(1);
      assertThat(cost(jedis, () -> work.count(WorkFilter.all("pool")))).isEqualTo(1);
      assertThat(cost(jedis, () -> work.lanes("pool"))).isLessThan(10);
      assertThat(cost(jedis, () -> work.newest(queued, PageRequest.first(20)))).isLessThan(30);
      assertThat(cost(jedis, () -> work.newest(WorkFilter.all("pool"), PageRequest.first(20))))
          .isLessThan(30);
    }
  }

  @Test
  void labelIsFoundHoweverFarBackItIs() {
    add(2500, i -> labelled(i % 1000 == 0 ? "rare" : "often"));
    WorkFilter rare = new WorkFilter("pool", null, "rare", null);

    assertThat(work.count(rare)).isEqualTo(3);
    assertThat(work.count(new WorkFilter("pool", "name", "often", WorkStatus.QUEUED)))
        .isEqualTo(2497);
    Page<WorkItem> page = work.newest(rare, PageRequest.first(2));
    assertThat(page.items()).extracting(WorkItem::number).containsExactly(2001L, 1001L);
    page = work.newest(rare, new PageRequest(2, page.nextCursor()));
    assertThat(page.items()).extracting(WorkItem::number).containsExactly(1L);
    assertThat(page.nextCursor()).isNull();
    assertThat(all(work, new WorkFilter("pool", null, "often", null), 200)).hasSize(2497);
  }

  @Test
  void lookingForALabelEndsInAShortPageThatGoesOn() {
    add(10_050, i -> labelled(i == 0 ? "rare" : "often"));
    WorkFilter rare = new WorkFilter("pool", null, "rare", null);

    Page<WorkItem> page = work.newest(rare, PageRequest.first(5));

    assertThat(page.items()).isEmpty();
    assertThat(page.nextCursor()).isEqualTo("51");
    page = work.newest(rare, new PageRequest(5, page.nextCursor()));
    assertThat(page.items()).extracting(WorkItem::number).containsExactly(1L);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void muchIsRemovedInSeveralSteps() {
    try (Jedis jedis = TestRedis.jedis()) {
      add(1000, i -> of("pool", i % 2 == 0 ? "even" : "odd", NOW));
      assertThat(work.remove("pool", "other")).isZero();
      all(work, WorkFilter.of("pool", "even"), 200).forEach(one -> work.cancel(one.id(), NOW));

      // Each step reads the list that it shortens once.
      Runnable trim = () -> assertThat(work.trim("pool", 10, 450)).isEqualTo(450);
      assertThat(cost(jedis, "zrangebyscore", trim)).isEqualTo(3);
      Runnable remove = () -> assertThat(work.remove("pool", "odd")).isEqualTo(500);
      assertThat(cost(jedis, "zrangebyscore", remove)).isEqualTo(3);

      assertThat(work.trim("pool", 10, 450)).isEqualTo(40);
      assertThat(all(work, WorkFilter.all("pool"), 200))
          .extracting(WorkItem::number)
          .containsExactly(999L, 997L, 995L, 993L, 991L, 989L, 987L, 985L, 983L, 981L);
    }
  }

  @Test
  void trimKeepsTheNewestOfEachName() {
    add(30, i -> of("pool", i < 20 ? "much" : "less", NOW));
    all(work, WorkFilter.all("pool"), 200).forEach(one -> work.cancel(one.id(), NOW));

    assertThat(work.trim("pool", 5, 3)).isEqualTo(3);
    assertThat(work.trim("pool", 5, 0)).isZero();
    assertThat(work.trim("pool", 5, 100)).isEqualTo(17);
    assertThat(work.trim("pool", 5, 100)).isZero();

    assertThat(all(work, WorkFilter.all("pool"), 200))
        .extracting(WorkItem::number)
        .containsExactly(30L, 29L, 28L, 27L, 26L, 20L, 19L, 18L, 17L, 16L);
  }

  @Test
  void nothingStaysOfWhatIsRemovedButTheLastNumber() {
    try (Jedis jedis = TestRedis.jedis()) {
      add(12, i -> of("pool", "name" + i % 2, NOW));
      List<WorkStatus> ends =
          List.of(
              WorkStatus.SUCCEEDED,
              WorkStatus.FAILED,
              WorkStatus.DEAD,
              WorkStatus.CANCELLED,
              WorkStatus.QUEUED);
      for (WorkStatus end : ends) {
        Work taken = work.claim(claim("pool", "name0", "w", NOW)).orElseThrow();
        assertThat(
                work.settle(
                    taken.item().id(), "w", 1, new Settlement(end, NOW, LATER, "note", "output")))
            .isTrue();
      }
      assertThat(work.claim(claim("pool", "name0", "w", NOW))).isPresent();
      assertThat(work.claim(claim("pool", "name1", "w", NOW))).isPresent();

      assertThat(work.trim("pool", 0, 100)).isEqualTo(4);
      assertThat(work.remove("pool", "name0")).isEqualTo(2);
      assertThat(work.remove("pool", "name1")).isEqualTo(6);

      assertThat(jedis.keys(prefix + ":{work}*")).containsExactly(prefix + ":{work}:number");
      assertThat(work.lanes("pool")).isEmpty();
      NewWork next = of("pool", "name0", NOW);
      assertThat(work.add(List.of(next), 1)).hasSize(1);
      assertThat(work.find(next.id()).orElseThrow().item().number()).isEqualTo(13);
    }
  }

  @Test
  void rowsThatAreLostDoNotKeepTheOthers() {
    try (Jedis jedis = TestRedis.jedis()) {
      List<NewWork> more = IntStream.range(0, 6).mapToObj(i -> of("pool", "name", NOW)).toList();
      assertThat(work.add(more, 10)).hasSize(6);
      assertThat(work.claim(claim("pool", "name", "w", NOW))).isPresent();
      work.cancel(more.get(5).id(), NOW);
      for (int lost : List.of(0, 1, 5)) {
        jedis.del(prefix + ":{work}:item:" + more.get(lost).id());
      }

      assertThat(work.cancel(more.get(0).id(), NOW)).isEmpty();
      assertThat(work.hold(more.get(0).id(), "w", 1, NOW, 0)).isEqualTo(Hold.LOST);
      assertThat(all(work, WorkFilter.all("pool"), 2))
          .extracting(WorkItem::id)
          .containsExactly(more.get(4).id(), more.get(3).id(), more.get(2).id());
      Work taken = work.claim(claim("pool", "name", "w", NOW.plus(LEASE))).orElseThrow();
      assertThat(taken.item().id()).isEqualTo(more.get(2).id());
      assertThat(work.lanes("pool")).containsExactly(new Lane("name", 2, 1, NOW));
      assertThat(work.trim("pool", 0, 10)).isEqualTo(1);
      assertThat(work.remove("pool", "name")).isEqualTo(3);
      assertThat(jedis.keys(prefix + ":{work}*")).containsExactly(prefix + ":{work}:number");
    }
  }

  @Test
  void trimEndsAndKeepsEverythingWhereItsListIsLost() {
    try (Jedis jedis = TestRedis.jedis()) {
      add(3, i -> of("pool", "name", NOW));
      all(work, WorkFilter.all("pool"), 5).forEach(one -> work.cancel(one.id(), NOW));
      jedis.zadd(prefix + ":{work}:done:pool:pool", 9, "name");
      jedis.zadd(prefix + ":{work}:done:pool:pool", 9, "other");

      assertThat(work.trim("pool", 5, 100)).isZero();

      assertThat(work.count(WorkFilter.all("pool"))).isEqualTo(3);
      assertThat(jedis.zrangeWithScores(prefix + ":{work}:done:pool:pool", 0, -1))
          .extracting(found -> found.getElement() + found.getScore())
          .containsExactly("name3.0");
    }
  }

  @Test
  void listsDoNotReadWhatIsLong() {
    try (Jedis jedis = TestRedis.jedis()) {
      String text = "🚀".repeat(250_000);
      NewWork one = new NewWork(People.IDS.uuidV7(), "pool", "name", "", NOW, NOW, text);
      assertThat(work.add(List.of(one), 1)).hasSize(1);
      assertThat(work.claim(claim("pool", "name", "w", NOW)).orElseThrow().input()).isEqualTo(text);
      Settlement done = Settlement.finished(WorkStatus.SUCCEEDED, NOW, null, text);
      assertThat(work.settle(one.id(), "w", 1, done)).isTrue();
      assertThat(work.find(one.id()).orElseThrow().output()).isEqualTo(text);

      jedis.configResetStat();
      assertThat(work.newest(WorkFilter.all("pool"), PageRequest.first(10)).items()).hasSize(1);
      assertThat(work.cancel(one.id(), NOW)).isPresent();

      Matcher sent =
          Pattern.compile("total_net_output_bytes:([0-9]+)").matcher(jedis.info("stats"));
      assertThat(sent.find()).isTrue();
      assertThat(Long.parseLong(sent.group(1))).isLessThan(100_000);
    }
  }

  @Test
  void serverThatForgetsTheScriptsIsToldThemAgain() {
    try (Jedis jedis = TestRedis.jedis()) {
      NewWork one = of("pool", "name", NOW);
      jedis.scriptFlush();
      assertThat(work.add(List.of(one), 1)).hasSize(1);
      jedis.scriptFlush();
      assertThat(work.claim(claim("pool", "name", "w", NOW))).isPresent();
      jedis.scriptFlush();
      assertThat(work.hold(one.id(), "w", 1, NOW, 0.5)).isEqualTo(Hold.HELD);
      jedis.scriptFlush();
      assertThat(work.newest(WorkFilter.all("pool"), PageRequest.first(1)).items()).hasSize(1);
      jedis.scriptFlush();
      assertThat(work.remove("pool", "name")).isEqualTo(1);
    }
  }

  @Test
  void whoMayNotTellChangesNothing() {
    int port = TestRedis.freePort();
    RedisServer server =
        TestRedis.start(
            port,
            "user mute on >right ~taskauth:* resetchannels &elsewhere +@all",
            "user default on nopass ~* &* +@all");
    try (RedisAuthStore all = RedisAuthStore.open("redis://127.0.0.1:" + port);
        RedisAuthStore mute = RedisAuthStore.open("redis://mute:right@127.0.0.1:" + port)) {
      NewWork running = of("pool", "name", NOW);
      NewWork waiting = of("pool", "name", NOW.plusSeconds(1));
      assertThat(all.work().add(List.of(running, waiting), 10)).hasSize(2);
      assertThat(all.work().claim(claim("pool", "name", "w", NOW))).isPresent();
      List<WorkItem> before = all(all.work(), WorkFilter.all("pool"), 10);
      Settlement end = Settlement.again(NOW, NOW, "note", "output");

      List<Predicate<WorkStore>> verbs =
          List.of(
              in -> in.add(List.of(of("pool", "other", NOW)), 10).isEmpty(),
              in -> in.claim(claim("pool", "name", "v", NOW.plusSeconds(1))).isEmpty(),
              in -> in.hold(running.id(), "w", 1, LATER, 0.5) == Hold.HELD,
              in -> in.settle(running.id(), "w", 1, end),
              in -> in.cancel(running.id(), NOW).isEmpty(),
              in -> in.cancel(waiting.id(), NOW).isEmpty());
      for (Predicate<WorkStore> verb : verbs) {
        assertThatThrownBy(() -> verb.test(mute.work())).isInstanceOf(AuthStoreException.class);
      }

      assertThat(all(all.work(), WorkFilter.all("pool"), 10)).isEqualTo(before);
      assertThat(all.work().lanes("pool"))
          .containsExactly(new Lane("name", 1, 1, NOW.plusSeconds(1)));
      NewWork next = of("pool", "other", NOW);
      assertThat(all.work().add(List.of(next), 1)).hasSize(1);
      assertThat(all.work().find(next.id()).orElseThrow().item().number()).isEqualTo(3);
    } finally {
      TestRedis.stop(server);
    }
  }

  /** Connections on which an answer gets lost. */
  private static final class Lossy extends PooledConnectionProvider {
    private final JedisClientConfig config;
    private volatile boolean loses;

    Lossy(HostAndPort server, JedisClientConfig config) {
      super(server, config);
      this.config = config;
    }

    @Override
    public Connection getConnection() {
      return new Connection(server(), config) {
        @Override
        public Object executeCommand(CommandArguments args) {
          Object answer = super.executeCommand(args);
          if (loses) {
            loses = false;
            throw new JedisConnectionException("the answer is lost");
          }
          return answer;
        }
      };
    }

    @Override
    public Connection getConnection(CommandArguments args) {
      return getConnection();
    }

    static HostAndPort server() {
      return RedisUrl.parse(TestRedis.url()).hosts().iterator().next();
    }
  }

  @Test
  void whatHappensWhenAnAnswerIsLost() {
    try (Mortal some = new Mortal();
        Lossy lossy = new Lossy(Lossy.server(), some.config());
        RedisAuthStore unlucky =
            RedisAuthStore.builder(lossy, some.config()).keyPrefix(prefix).open()) {
      List<Change> told = new CopyOnWriteArrayList<>();
      Runnable unused = unlucky.changes().subscribe(told::add);
      NewWork one = of("pool", "name", NOW);
      Change change = new Change.OfWork("pool", one.id());
      WorkStore there = unlucky.work();

      // Work is there, once, however often it is added.
      lossy.loses = true;
      assertThatThrownBy(() -> there.add(List.of(one), 10)).isInstanceOf(AuthStoreException.class);
      Eventually.within(Duration.ofSeconds(1), () -> told.contains(change));
      assertThat(there.add(List.of(one), 10)).isEmpty();
      assertThat(work.count(WorkFilter.all("pool"))).isEqualTo(1);

      // Nobody knows who has it; when the lease ends, others take it.
      lossy.loses = true;
      assertThatThrownBy(() -> there.claim(claim("pool", "name", "w", NOW)))
          .isInstanceOf(AuthStoreException.class);
      assertThat(there.claim(claim("pool", "name", "v", NOW))).isEmpty();
      Work taken = there.claim(claim("pool", "name", "v", NOW.plus(LEASE))).orElseThrow();
      assertThat(taken.item().attempts()).isEqualTo(2);

      // Saying that one is still at it, or asking for an end, is said again.
      told.clear();
      lossy.loses = true;
      assertThat(there.hold(one.id(), "v", 2, LATER, 0.5)).isEqualTo(Hold.HELD);
      Eventually.within(Duration.ofSeconds(1), () -> told.contains(change));
      told.clear();
      lossy.loses = true;
      assertThat(there.cancel(one.id(), NOW).orElseThrow().cancelRequested()).isTrue();
      Eventually.within(Duration.ofSeconds(1), () -> told.contains(change));

      // Nothing that was lost may look as if somebody else had it.
      lossy.loses = true;
      Settlement end = Settlement.finished(WorkStatus.SUCCEEDED, NOW, null, null);
      assertThatThrownBy(() -> there.settle(one.id(), "v", 2, end))
          .isInstanceOf(AuthStoreException.class);
      assertThat(work.find(one.id()).orElseThrow().item().status()).isEqualTo(WorkStatus.SUCCEEDED);
    }
  }
}
