package io.taskauth.store.redis;

import static io.taskauth.store.redis.People.fresh;
import static io.taskauth.store.redis.People.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** Servers that are not there, do not answer, or come back. */
class TroubleTest {
  private static final Duration TIMEOUT = Duration.ofMillis(800);
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(1);

  private static Throwable inTime(Runnable call) {
    long start = System.nanoTime();
    Throwable thrown = catchThrowable(call::run);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plus(BUSY_MACHINE));
    assertThat(thrown).isInstanceOf(AuthStoreException.class);
    return thrown;
  }

  private static String everythingAbout(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static RedisAuthStore open(String url) {
    return RedisAuthStore.builder(url).timeout(TIMEOUT).open();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://ada:hunter2@127.0.0.1:%d",
        "rediss://ada:hunter2@127.0.0.1:%d",
        "redis+cluster://ada:hunter2@127.0.0.1:%d",
        "redis+sentinel://ada:hunter2@127.0.0.1:%d/main"
      })
  void whereNobodyAnswersItIsSaidInTimeAndWithoutThePassword(String form) throws IOException {
    String refusing = String.format(form, TestRedis.freePort());
    Throwable refused = inTime(() -> open(refusing));
    assertThat(refused).hasMessageStartingWith("Redis could not be opened");
    assertThat(everythingAbout(refused)).doesNotContain("hunter2");

    try (ServerSocket silent = new ServerSocket(0)) {
      String waiting = String.format(form, silent.getLocalPort());
      // The first use of TLS takes its time.
      Throwable unused = catchThrowable(() -> open(waiting));
      Throwable late = inTime(() -> open(waiting));
      assertThat(everythingAbout(late)).doesNotContain("hunter2");
    }
  }

  @Test
  void wrongPasswordIsSaidAndNotShown() {
    int port = TestRedis.freePort();
    RedisServer server = TestRedis.start(port, "requirepass right");
    try {
      Throwable refused = inTime(() -> open("redis://:hunter2@127.0.0.1:" + port));
      assertThat(refused).hasMessageContaining("check the user and password");
      assertThat(everythingAbout(refused)).doesNotContain("hunter2");
      Throwable missing = inTime(() -> open("redis://127.0.0.1:" + port));
      assertThat(missing).hasMessageContaining("check the user and password");
      try (RedisAuthStore store = open("redis://:right@127.0.0.1:" + port)) {
        store.migrate();
        assertThat(store.changes().isCurrent()).isTrue();
      }
    } finally {
      TestRedis.stop(server);
    }
  }

  @Test
  void serverThatStallsFailsCallsInTimeAndTheFeedIsNotCurrent() {
    int port = TestRedis.freePort();
    RedisServer server = TestRedis.start(port);
    try (RedisAuthStore store = open("redis://127.0.0.1:" + port);
        Jedis jedis = new Jedis("127.0.0.1", port)) {
      User ada = viewer("ada");
      store.users().create(fresh(ada));
      Session session = People.open(store, ada);
      List<Change> told = new CopyOnWriteArrayList<>();
      Runnable unused = store.changes().subscribe(told::add);

      jedis.clientPause(3000);

      Throwable read = inTime(() -> store.sessions().find(ada.id(), session.id()));
      assertThat(read).hasMessageStartingWith("Redis could not find a session: ");
      Throwable write = inTime(() -> store.sessions().end(ada.id(), session.id()));
      assertThat(write).hasMessageStartingWith("Redis could not end a session: ");
      Eventually.within(Duration.ofSeconds(2), () -> !store.changes().isCurrent());
      Eventually.within(Duration.ofSeconds(10), () -> store.changes().isCurrent());
      assertThat(told).contains(new Change.Missed());
      // Nobody knows whether the end was carried out; whoever tries again does.
      boolean unknown = store.sessions().end(ada.id(), session.id());
      assertThat(store.sessions().find(ada.id(), session.id())).isEmpty();
      Eventually.within(
          Duration.ofSeconds(1), () -> told.contains(new Change.OfSession(ada.id(), session.id())));
    } finally {
      TestRedis.stop(server);
    }
  }

  @Test
  void killedServerComesBackWithEverythingThatWasAnswered(@TempDir Path folder) throws Exception {
    int port = TestRedis.freePort();
    String[] settings = {"dir " + folder, "appendonly yes"};
    Set<Long> before = children();
    RedisServer first = TestRedis.start(port, settings);
    long pid =
        children().stream().filter(child -> !before.contains(child)).findFirst().orElseThrow();
    try (RedisAuthStore store = open("redis://127.0.0.1:" + port)) {
      store.migrate();
      User ada = viewer("ada");
      store.users().create(fresh(ada));
      Session session = People.open(store, ada);
      List<Change> told = new CopyOnWriteArrayList<>();
      Runnable unused = store.changes().subscribe(told::add);

      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      process.destroyForcibly();
      process.onExit().get();
      Eventually.within(Duration.ofSeconds(1), () -> !store.changes().isCurrent());
      assertThatThrownBy(() -> store.users().anyUser()).isInstanceOf(AuthStoreException.class);
      TestRedis.stop(first);
      RedisServer second = TestRedis.start(port, settings);

      try {
        assertThat(store.sessions().find(ada.id(), session.id())).isPresent();
        assertThat(store.users().findByLogin(LoginKey.of("ada"))).isPresent();
        Eventually.within(Duration.ofSeconds(5), () -> store.changes().isCurrent());
        assertThat(told).containsExactly(new Change.Missed());
        store.sessions().end(ada.id(), session.id());
        assertThat(told).endsWith(new Change.OfSession(ada.id(), session.id()));
      } finally {
        TestRedis.stop(second);
      }
    }
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  @Test
  void cutConnectionsAreNotNoticedByReaders() {
    int port = TestRedis.freePort();
    RedisServer server = TestRedis.start(port);
    try (RedisAuthStore store = open("redis://127.0.0.1:" + port);
        Jedis jedis = new Jedis("127.0.0.1", port)) {
      User ada = viewer("ada");
      store.users().create(fresh(ada));
      for (int i = 0; i < 20; i++) {
        Object unused =
            jedis.sendCommand(
                redis.clients.jedis.Protocol.Command.CLIENT, "KILL", "TYPE", "normal");
        assertThat(store.users().find(ada.id())).isPresent();
      }
    } finally {
      TestRedis.stop(server);
    }
  }

  @Test
  void userWhoMayDoLittleElseIsEnough() {
    int port = TestRedis.freePort();
    RedisServer server =
        TestRedis.start(
            port,
            "user ada on >right ~taskauth:* resetchannels &taskauth:changes* -@all +@read +@write +@scripting"
                + " +@pubsub +@connection -@dangerous +time");
    try (RedisAuthStore store = open("redis://ada:right@127.0.0.1:" + port)) {
      store.migrate();
      User ada = viewer("ada");
      store.users().createFirst(fresh(ada));
      Session session = People.open(store, ada);
      People.token(store, ada);

      assertThat(store.changes().isCurrent()).isTrue();
      assertThat(store.sessions().end(ada.id(), session.id())).isTrue();
      assertThat(store.settings().put("webhooks", "{}", 0)).contains(1L);
    } finally {
      TestRedis.stop(server);
    }
  }

  @Test
  void storeWithoutALeaveToListenWorks() {
    int port = TestRedis.freePort();
    RedisServer server =
        TestRedis.start(port, "user ada on >right ~taskauth:* +@all -subscribe &*");
    try (RedisAuthStore store = open("redis://ada:right@127.0.0.1:" + port)) {
      store.migrate();
      User ada = viewer("ada");
      store.users().create(fresh(ada));

      assertThat(store.changes().isCurrent()).isFalse();
      assertThat(store.users().find(ada.id())).contains(ada);
    } finally {
      TestRedis.stop(server);
    }
  }
}
