package io.taskauth.server.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.TaskAuth;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.server.web.Json;
import io.taskauth.session.ClientInfo;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.testkit.SettableClock;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SessionReportTest {
  private static final String HEADER = "username,role,sessions,last_used\n";

  private final InMemoryAuthStore store = new InMemoryAuthStore();

  @AutoClose
  private final TaskAuth auth =
      TaskAuth.builder()
          .secretKeys("first-0123456789-abcdefghijklmnopqrstuvwxyz")
          .store(store)
          .clock(new SettableClock())
          .argon2(new Argon2Parameters(8, 1, 1))
          .build();

  private final SessionReport task = new SessionReport(auth);

  private void user(String name, String role, int sessions) {
    User user =
        User.created(
            auth.ids().uuidV7(),
            new Username(name),
            new Role(role),
            Origin.PASSWORD,
            auth.clock().instant());
    store.users().create(new NewUser(user, null));
    for (int i = 0; i < sessions; i++) {
      assertThat(auth.sessions().open(user, 0, ClientInfo.LOCAL)).isPresent();
    }
  }

  private String report(Task report, String json, Progress progress) throws Exception {
    return report.prepare(Arguments.of(Json.read(json).orElseThrow())).run(progress);
  }

  private String report(String json) throws Exception {
    return report(task, json, fraction -> {});
  }

  @Test
  void everybodyWhoIsSignedInIsListedHoweverManyThereAre() throws Exception {
    for (int i = 0; i < 6000; i++) {
      user("user" + i, "viewer", i % 4 == 0 ? 1 : 0);
    }
    List<Double> progress = new ArrayList<>();

    String report = report(task, "{}", progress::add);

    assertThat(report.lines()).hasSize(1501);
    assertThat(report).startsWith(HEADER).contains("\"user0\",viewer,1,").doesNotContain("#");
    assertThat(progress).isSorted().hasSizeGreaterThan(6000);
    assertThat(progress.get(progress.size() - 1)).isBetween(0.99, 1.0);
  }

  @Test
  void roleChoosesWhoIsListed() throws Exception {
    user("ada", "admin", 2);
    user("vera", "viewer", 1);

    assertThat(report("{\"role\":\"admin\",\"format\":\"csv\"}"))
        .contains("\"ada\",admin,2,")
        .doesNotContain("vera");
    assertThat(report("{\"role\":\"operator\"}")).isEqualTo(HEADER);
    for (String bad : List.of("{\"role\":\"hunter22\"}", "{\"format\":\"xml\"}", "{\"roles\":1}")) {
      assertThatThrownBy(() -> report(bad))
          .isInstanceOf(BadArgumentsException.class)
          .hasMessageNotContaining("hunter22");
    }
  }

  @Test
  void whatDoesNotFitIsCountedAndSaid() throws Exception {
    for (int i = 0; i < 20; i++) {
      user("user" + i, "viewer", 1);
    }
    user("nobody", "viewer", 0);

    String report = report(new SessionReport(auth, 700), "{}", fraction -> {});

    int listed = (int) report.lines().filter(line -> line.startsWith("\"")).count();
    assertThat(listed).isBetween(5, 15);
    assertThat(report.length()).isLessThanOrEqualTo(700);
    assertThat(report).endsWith("# cut at 1 MiB: " + (20 - listed) + " more are signed in\n");
  }

  @Test
  void namesThatSpreadsheetsWouldRunAreQuoted() throws Exception {
    for (String name : List.of("+1", "-1", "@1")) {
      user(name, "viewer", 1);
    }
    assertThat(report("{}")).contains("\"'+1\",", "\"'-1\",", "\"'@1\",");
  }

  @Test
  void itCanBeCancelledAtEachUser() {
    user("ada", "viewer", 1);
    user("vera", "viewer", 1);

    assertThatThrownBy(
            () ->
                report(
                    task,
                    "{}",
                    fraction -> {
                      if (fraction > 0) {
                        throw new CancellationException();
                      }
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(task.isConfidential()).isTrue();
  }
}
