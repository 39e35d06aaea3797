package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the stream tells whom, and how it ends. */
class StreamTest {
  /** Something that leaves her session, and so her stream, alone. */
  private static final String RENAMED = "{\"display_name\":\"Eve of the night shift\"}";

  private static RunningServer server;
  private static String[] root;
  private static String[] operator;
  private static String[] viewer;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(RunningServer.ADMIN);
    root = server.bearer("root");
    operator = server.newUser("oscar", "operator");
    viewer = server.newUser("vera", "viewer");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void itIsForThoseWhoAreSignedIn() throws Exception {
    assertThat(server.get("/dashboard/stream").statusCode()).isEqualTo(401);
    assertThat(server.postJson("/dashboard/stream", "{}", viewer).statusCode()).isEqualTo(405);
  }

  @Test
  void itTellsOfRunsAndOfTheProcess() throws Exception {
    try (LiveStream stream = LiveStream.open(server, viewer)) {
      assertThat(stream.answer().headers().firstValue("Content-Type"))
          .contains("text/event-stream;charset=utf-8");
      assertThat(stream.answer().headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(stream.line()).isEqualTo("retry: 3000");
      assertThat(server.postJson("/api/tasks/session-report/run", "", operator).statusCode())
          .isEqualTo(202);
      // What lasts no longer than the telling of it, such as waiting, may be left out.
      assertThat(stream.next("run", "\"status\":\"succeeded\"")).doesNotContain("last_used");
      assertThat(stream.next("process", "")).contains("\"Memory\":", "\"draining\":false");
    }
  }

  @Test
  void securityEventsGoToThoseTheyAreAbout() throws Exception {
    String[] eve = server.newUser("eve", "viewer");
    try (LiveStream roots = LiveStream.open(server, root);
        LiveStream veras = LiveStream.open(server, viewer);
        LiveStream eves = LiveStream.open(server, eve)) {
      String wrong = "{\"username\":\"VERA\",\"password\":\"not the password\"}";
      assertThat(server.postJson("/api/auth/login", wrong).statusCode()).isEqualTo(401);
      assertThat(roots.next("auth", "login_failure"))
          .contains("\"username\":\"VERA\"", "127.0.0.1");
      assertThat(veras.next("auth", "login_failure")).contains("127.0.0.1");

      // Eve hears nothing of that; of what an administrator does to her, but not from where.
      String id = server.id("eve");
      assertThat(server.patchJson("/api/auth/users/" + id, RENAMED, root).statusCode())
          .isEqualTo(200);
      assertThat(roots.next("auth", "user_updated")).contains("127.0.0.1");
      String first = eves.next("auth", "");
      assertThat(first).doesNotContain("VERA");
      String changed = first.contains("user_updated") ? first : eves.next("auth", "user_updated");
      assertThat(changed).contains("\"ip\":null", "\"user_agent\":null", "\"username\":\"root\"");
    }
  }

  @Test
  void onePersonCannotTakeAllConnections() throws Exception {
    String[] greedy = server.newUser("greta", "viewer");
    List<LiveStream> open = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        open.add(LiveStream.open(server, greedy));
        assertThat(open.get(i).answer().statusCode()).isEqualTo(200);
      }
      assertThat(server.get("/dashboard/stream", greedy).body())
          .contains("\"error\":\"overloaded\"");
      try (LiveStream other = LiveStream.open(server, viewer)) {
        assertThat(other.answer().statusCode()).isEqualTo(200);
      }
    } finally {
      for (LiveStream stream : open) {
        stream.close();
      }
    }
  }

  @Test
  void whenTheServerStopsItSaysSoAndDoesNotWait() throws Exception {
    try (RunningServer own = RunningServer.start(RunningServer.ADMIN)) {
      LiveStream stream = LiveStream.open(own, own.bearer("root"));
      stream.line();
      long begin = System.nanoTime();
      own.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(stream.rest()).endsWith("event: end\ndata: {\"reason\":\"going_away\"}\n\n");
    }
  }
}
