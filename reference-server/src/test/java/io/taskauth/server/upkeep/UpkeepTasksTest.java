package io.taskauth.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.TaskAuth;
import io.taskauth.Upkeep;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditType;
import io.taskauth.oauth.GitHubProvider;
import io.taskauth.oauth.OpenIdProvider;
import io.taskauth.oauth.OpenIdStandIn;
import io.taskauth.oauth.StandIn;
import io.taskauth.page.PageRequest;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.Task;
import io.taskauth.server.web.Json;
import io.taskauth.session.ClientInfo;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.testkit.SettableClock;
import io.taskauth.ticket.OneTimeSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The server's own house: what is removed, what is asked for, and what is said of it. */
class UpkeepTasksTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryAuthStore store = new InMemoryAuthStore();

  @AutoClose
  private final TaskAuth auth =
      TaskAuth.builder()
          .secretKeys("first-0123456789-abcdefghijklmnopqrstuvwxyz")
          .store(store)
          .clock(clock)
          .argon2(new Argon2Parameters(8, 1, 1))
          .auditEvents(100)
          .withoutHousekeeping()
          .build();

  private final Upkeep upkeep = auth.upkeep().orElseThrow();

  @AutoClose private final OpenIdStandIn first = new OpenIdStandIn();
  @AutoClose private final OpenIdStandIn second = new OpenIdStandIn();

  private static String run(Task task) throws Exception {
    return task.prepare(Arguments.none()).run(fraction -> {});
  }

  private static IdentityProvider provider(String slot, OpenIdStandIn them) {
    return OpenIdProvider.builder(slot)
        .discoveryUrl(them.issuer())
        .clientId(OpenIdStandIn.CLIENT_ID)
        .clientSecret(OpenIdStandIn.CLIENT_SECRET)
        .build();
  }

  @Test
  void theyRunByThemselvesInAQueueOfTheirOwn() {
    List<Task> tasks =
        List.of(new Sweep(upkeep), new AuditTurnover(upkeep), new IdentityKeys(List.of()));

    assertThat(tasks).extracting(Task::queue).containsOnly("upkeep");
    assertThat(tasks)
        .extracting(task -> task.every().orElseThrow())
        .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(30));
    assertThat(tasks)
        .extracting(Task::name)
        .containsExactly("sweep", "audit-turnover", "identity-keys");
    assertThat(tasks).extracting(task -> task.defaults().maxConcurrent()).containsOnly(1);
  }

  @Test
  void theyTakeNoArguments() {
    Arguments some = Arguments.of(Json.read("{\"hunter22\":1}").orElseThrow());
    for (Task task :
        List.of(new Sweep(upkeep), new AuditTurnover(upkeep), new IdentityKeys(List.of()))) {
      assertThatThrownBy(() -> task.prepare(some))
          .isInstanceOf(BadArgumentsException.class)
          .hasMessageNotContaining("hunter22");
    }
  }

  @Test
  void sweepSaysHowManyOfEachItRemoved() throws Exception {
    for (int i = 0; i < 3; i++) {
      store.secrets().put(new OneTimeSecret("h" + i, "test", null, null, "", clock.instant()));
    }

    assertThat(run(new Sweep(upkeep)))
        .isEqualTo(
            "Removed 0 sessions, 3 single-use secrets, 0 counts of attempts and 0 access tokens"
                + " that had ended.\n");
    assertThat(run(new Sweep(upkeep))).contains("0 single-use secrets");
  }

  @Test
  void sweepThatIsInterruptedSaysThatThereIsMore() throws Exception {
    store.secrets().put(new OneTimeSecret("h", "test", null, null, "", clock.instant()));
    Thread.currentThread().interrupt();

    String result = run(new Sweep(upkeep));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).contains("0 single-use secrets", "stopped before the end");
  }

  @Test
  void cancelComesBeforeTheWork() {
    for (Task task : List.of(new Sweep(upkeep), new AuditTurnover(upkeep))) {
      assertThatThrownBy(
              () ->
                  task.prepare(Arguments.none())
                      .run(
                          fraction -> {
                            throw new CancellationException();
                          }))
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void auditTurnoverLeavesTheConfiguredNumber() throws Exception {
    for (int i = 0; i < 101; i++) {
      auth.audit().of(AuditType.SETUP, "name" + i, ClientInfo.LOCAL, Map.of());
    }
    assertThat(auth.audit().settle(Duration.ofSeconds(10))).isTrue();

    assertThat(run(new AuditTurnover(upkeep)))
        .isEqualTo("Removed 1 security event beyond the number that is kept.\n");
    assertThat(store.audit().newest(AuditFilter.NONE, PageRequest.first(200)).items()).hasSize(100);
  }

  @Test
  void oneProviderThatIsOutKeepsNoOtherFromBeingAsked() throws Exception {
    first
        .server()
        .replace(
            OpenIdStandIn.DISCOVERY,
            e -> StandIn.send(e, 503, "text/plain", "hunter22 " + first.issuer()));
    IdentityProvider github =
        GitHubProvider.builder().clientId("id").clientSecret("secret").build();
    IdentityKeys task =
        new IdentityKeys(List.of(provider("corp", first), provider("partner", second), github));

    String result = run(task);

    assertThat(result.lines())
        .containsExactly(
            "Asked by this node, and kept by it alone:",
            "corp: OUT; what was known stays in use for a while, and the server's log says why",
            "partner: metadata and keys are fresh",
            "github: nothing is kept of it");
    assertThat(second.server().hits(OpenIdStandIn.DISCOVERY)).isEqualTo(1);
    assertThat(second.server().hits(OpenIdStandIn.KEYS)).isEqualTo(1);
  }

  @Test
  void eachRunAsksAnewAndCanBeCancelledBetweenProviders() throws Exception {
    IdentityKeys task =
        new IdentityKeys(List.of(provider("corp", first), provider("partner", second)));
    run(task);
    List<Double> progress = new ArrayList<>();

    assertThatThrownBy(
            () ->
                task.prepare(Arguments.none())
                    .run(
                        fraction -> {
                          progress.add(fraction);
                          if (fraction > 0) {
                            throw new CancellationException();
                          }
                        }))
        .isInstanceOf(CancellationException.class);

    assertThat(progress).containsExactly(0.0, 0.5);
    assertThat(first.server().hits(OpenIdStandIn.KEYS)).isEqualTo(2);
    assertThat(second.server().hits(OpenIdStandIn.KEYS)).isEqualTo(1);
  }
}
