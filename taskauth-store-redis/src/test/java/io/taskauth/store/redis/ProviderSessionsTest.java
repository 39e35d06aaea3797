package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.NOW;
import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.secret;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.store.Change;
import io.taskauth.testkit.Race;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.Identity;
import io.taskauth.user.User;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that an identity provider vouched for, and may end. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class ProviderSessionsTest {
  private static final Identity ADA = new Identity("google", "ada");
  private static final Identity BOB = new Identity("google", "bob");

  private final RedisAuthStore store;
  private final List<Change> told = new CopyOnWriteArrayList<>();
  private final User ada = viewer("ada");
  private final User bob = viewer("bob");

  ProviderSessionsTest(boolean cluster) {
    this.store = cluster ? TestCluster.shared().freshStore() : TestRedis.freshStore();
  }

  @BeforeEach
  void open() {
    store.migrate();
    store.users().create(fresh(ada));
    store.users().create(fresh(bob));
    Runnable unused = store.changes().subscribe(told::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private boolean isOpen(Session session) {
    return store.sessions().find(session.userId(), session.id()).isPresent();
  }

  @Test
  void sessionTellsThroughWhomItWasOpened() {
    List<Session> opened =
        List.of(
            People.open(store, ada),
            People.open(store, ada, ADA, null),
            People.open(store, ada, new Identity("a", "b:c"), "sid"),
            People.open(store, ada, ADA, ""));

    for (Session session : opened) {
      assertThat(store.sessions().find(ada.id(), session.id()).orElseThrow().session())
          .isEqualTo(session);
    }
    assertThat(store.sessions().ofUser(ada.id(), NOW)).containsExactlyInAnyOrderElementsOf(opened);
  }

  @Test
  void logoutEndsWhatItIsAboutWhosesoeverItIs() {
    List<Session> opened =
        List.of(
            People.open(store, ada),
            People.open(store, ada, ADA, null),
            People.open(store, ada, ADA, "one"),
            People.open(store, ada, ADA, ""),
            People.open(store, bob, ADA, "two"),
            People.open(store, bob, BOB, "one"),
            People.open(store, bob, new Identity("github", "ada"), "one"),
            People.open(store, bob, new Identity("google", "one"), "ada"));
    List<ProviderLogout> logouts =
        List.of(
            new ProviderLogout("github", "ada", "two"),
            new ProviderLogout("oidc", null, "one"),
            new ProviderLogout("google", "Ada", null),
            new ProviderLogout("google", "ada", "one"),
            new ProviderLogout("google", null, ""),
            new ProviderLogout("google", null, "one"),
            new ProviderLogout("google", "ada", null));

    List<Session> left = opened;
    for (ProviderLogout logout : logouts) {
      List<Session> covered = left.stream().filter(s -> logout.covers(s.through())).toList();
      left = left.stream().filter(s -> !logout.covers(s.through())).toList();
      told.clear();

      assertThat(store.sessions().endThrough(logout))
          .as(logout.toString())
          .isEqualTo(covered.size());

      assertThat(covered).noneMatch(this::isOpen);
      assertThat(left).allMatch(this::isOpen);
      assertThat(Set.copyOf(told))
          .containsExactlyInAnyOrderElementsOf(
              covered.stream().map(s -> new Change.OfSession(s.userId(), s.id())).toList());
      assertThat(store.sessions().endThrough(logout)).isZero();
    }
    assertThat(left).hasSize(3);
  }

  @Test
  void secretsOfWhatEndsEnd() {
    Session ended = People.open(store, ada, ADA, null);
    Session other = People.open(store, ada);
    OneTimeSecret theirs = secret(ada, ended);
    OneTimeSecret another = secret(ada, other);
    store.secrets().put(theirs);
    store.secrets().put(another);

    assertThat(store.sessions().endThrough(new ProviderLogout("google", "ada", null))).isEqualTo(1);

    assertThat(store.secrets().take(theirs.hash(), theirs.purpose(), NOW)).isEmpty();
    assertThat(store.secrets().take(another.hash(), another.purpose(), NOW)).contains(another);
  }

  @Test
  void whatWasOpenBeforeALogoutDiesWhileOthersAreOpenedAndEnded() {
    ProviderLogout logout = new ProviderLogout("google", "ada", null);
    for (int round = 0; round < 10; round++) {
      List<Session> before =
          Stream.of(ada, bob).map(user -> People.open(store, user, ADA, null)).toList();

      List<Integer> ended =
          Race.of(
              6,
              i -> {
                if (i < 2) {
                  int count = store.sessions().endThrough(logout);
                  assertThat(before).noneMatch(this::isOpen);
                  return count;
                }
                Session unused = People.open(store, i % 2 == 0 ? ada : bob, ADA, "sid" + i);
                return 0;
              });

      int rest = store.sessions().endThrough(logout);
      assertThat(ended.stream().mapToInt(i -> i).sum() + rest).isEqualTo(6);
      assertThat(Stream.of(ada, bob))
          .allMatch(user -> store.sessions().ofUser(user.id(), NOW).isEmpty());
    }
  }

  @Test
  void subjectWithManySessionsIsDoneInOneGo() {
    List<Session> many =
        IntStream.range(0, 40)
            .mapToObj(i -> People.open(store, i % 2 == 0 ? ada : bob, ADA, "sid" + i))
            .toList();

    assertThat(store.sessions().endThrough(new ProviderLogout("google", "ada", null)))
        .isEqualTo(40);

    assertThat(many).noneMatch(this::isOpen);
  }
}
