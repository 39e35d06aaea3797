package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.ADMIN;
import static io.taskauth.store.redis.People.NOW;
import static io.taskauth.store.redis.People.VIEWER;
import static io.taskauth.store.redis.People.admin;
import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.store.Change;
import io.taskauth.testkit.Race;
import io.taskauth.user.Identity;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.ChangeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes with one store between them. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class TwoNodesTest {
  private final String url;
  private final String prefix = TestRedis.freshPrefix();
  private RedisAuthStore one;
  private RedisAuthStore two;

  TwoNodesTest(boolean cluster) {
    this.url = cluster ? TestCluster.shared().url() : TestRedis.url();
  }

  @BeforeEach
  void open() {
    one = RedisAuthStore.builder(url).keyPrefix(prefix).open();
    two = RedisAuthStore.builder(url).keyPrefix(prefix).open();
    one.migrate();
    two.migrate();
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static List<Change> listen(RedisAuthStore node) {
    List<Change> told = new CopyOnWriteArrayList<>();
    Runnable unused = node.changes().subscribe(told::add);
    return told;
  }

  private static void soon(List<Change> told, Change change) {
    Eventually.within(Duration.ofSeconds(1), () -> told.contains(change));
  }

  @Test
  void whatOneNodeChangesTheOtherHears() {
    one.users().create(fresh(admin("root")));
    User ada = viewer("ada");
    one.users().create(fresh(ada));
    Session session = People.open(one, ada);
    AccessToken token = People.token(one, ada);
    List<Change> told = listen(two);

    one.sessions().end(ada.id(), session.id());
    soon(told, new Change.OfSession(ada.id(), session.id()));

    one.accessTokens().revoke(token.id(), null, NOW);
    soon(told, new Change.OfToken(ada.id(), token.id()));

    one.settings().put("a name with blanks", "{}", 0);
    soon(told, new Change.OfSetting("a name with blanks"));

    told.clear();
    one.users().change(ada.id(), UserChange.nothing().role(ADMIN), ADMIN);
    soon(told, new Change.OfUser(ada.id()));

    told.clear();
    one.sessions().endAll(ada.id(), null);
    soon(told, new Change.OfUser(ada.id()));

    Identity identity = new Identity("google", "1815");
    one.identities().link(new LinkedIdentity(identity, ada.id(), NOW));
    Session through = People.open(one, ada, identity, null);
    assertThat(one.sessions().endThrough(new ProviderLogout("google", "1815", null))).isEqualTo(1);
    soon(told, new Change.OfSession(ada.id(), through.id()));

    told.clear();
    one.identities().unlink(ada.id(), identity);
    soon(told, new Change.OfUser(ada.id()));
    assertThat(told).doesNotContain(new Change.Missed());
  }

  @Test
  void whatIsToldOnAnotherNodeCanAlreadyBeRead() {
    User ada = viewer("ada");
    one.users().create(fresh(ada));
    for (int i = 0; i < 20; i++) {
      AccessToken token = People.token(one, ada);
      List<Boolean> revoked = new CopyOnWriteArrayList<>();
      Runnable end =
          two.changes()
              .subscribe(
                  change -> {
                    if (change.equals(new Change.OfToken(ada.id(), token.id()))) {
                      revoked.add(
                          two.accessTokens()
                                  .find(ada.id(), token.id())
                                  .orElseThrow()
                                  .token()
                                  .revokedAt()
                              != null);
                    }
                  });
      one.accessTokens().revoke(token.id(), ada.id(), NOW);
      Eventually.within(Duration.ofSeconds(1), () -> !revoked.isEmpty());
      end.run();
      assertThat(revoked).containsOnly(true);
    }
  }

  @Test
  void nodeDoesNotHearItsOwnChangesAgain() throws InterruptedException {
    User ada = viewer("ada");
    one.users().create(fresh(ada));
    List<Session> sessions = IntStream.range(0, 20).mapToObj(i -> People.open(one, ada)).toList();
    List<Change> there = listen(two);
    sessions.subList(0, 19).forEach(s -> one.sessions().end(ada.id(), s.id()));
    List<Change> here = listen(one);

    one.sessions().end(ada.id(), sessions.get(19).id());
    Change last = new Change.OfSession(ada.id(), sessions.get(19).id());
    soon(there, last);
    Thread.sleep(100);

    assertThat(here).isNotEmpty().containsOnly(last);
  }

  @Test
  void ofManyFirstUsersFromTwoNodesExactlyOneIs() {
    List<User> users = IntStream.range(0, 16).mapToObj(i -> admin("u" + i)).toList();

    List<Boolean> won =
        Race.of(16, i -> (i % 2 == 0 ? one : two).users().createFirst(fresh(users.get(i))));

    assertThat(won).containsOnlyOnce(true);
    assertThat(users)
        .filteredOn(user -> two.users().find(user.id()).isPresent())
        .containsExactly(users.get(won.indexOf(true)));
  }

  @Test
  void administratorsWhoDemoteEachOtherFromTwoNodesLeaveOne() {
    for (int round = 0; round < 10; round++) {
      String name = "r" + round + "-";
      List<User> admins = IntStream.range(0, 2).mapToObj(i -> admin(name + i)).toList();
      admins.forEach(user -> one.users().create(fresh(user)));
      for (User other : one.users().newest(io.taskauth.page.PageRequest.first(200)).items()) {
        if (!admins.contains(other)) {
          one.users().delete(other.id(), ADMIN);
        }
      }

      List<ChangeOutcome> outcomes =
          Race.of(
              2,
              i ->
                  (i == 0 ? one : two)
                      .users()
                      .change(admins.get(1 - i).id(), UserChange.nothing().role(VIEWER), ADMIN));

      assertThat(outcomes).filteredOn(o -> o instanceof ChangeOutcome.Changed).hasSize(1);
      assertThat(admins)
          .filteredOn(user -> two.users().find(user.id()).orElseThrow().role().equals(ADMIN))
          .hasSize(1);
    }
  }
}
