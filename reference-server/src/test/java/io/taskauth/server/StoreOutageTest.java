package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.testkit.TcpProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole server whose store cannot be reached: "try again", for everybody, and then on it goes.
 */
class StoreOutageTest {
  private static final String KEY = "Zm9yIHRlc3RzIG9ubHksIGFuZCBmb3IgYm90aCBzZXJ2ZXJz";
  private static final Duration RECOVERY = Duration.ofSeconds(8);

  /** Two seconds, and room for a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Fault(String name, Consumer<TcpProxy> how) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Arguments> faults() {
    Fault silent = new Fault("silent", TcpProxy::stall);
    Fault cut = new Fault("cut off", TcpProxy::cut);
    return List.of(
        Arguments.of(SharedStores.POSTGRES, silent),
        Arguments.of(SharedStores.POSTGRES, cut),
        Arguments.of(SharedStores.REDIS, silent),
        Arguments.of(SharedStores.REDIS, cut));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everybodyIsToldToTryAgainAndNobodyIsSignedOut(SharedStores store, Fault fault)
      throws Exception {
    URI address = URI.create(store.freshAddress().replaceFirst("^jdbc:", ""));
    try (TcpProxy way =
            TcpProxy.before(new InetSocketAddress(address.getHost(), address.getPort()));
        RunningServer server = start(store, way)) {
      String cookie = server.signIn("root");
      assertThat(server.get("/dashboard", "Cookie", cookie).statusCode()).isEqualTo(200);

      fault.how().accept(way);
      Thread.sleep(Duration.ofSeconds(1).toMillis());

      assertTriesAgain(() -> server.get("/dashboard", "Cookie", cookie));
      assertTriesAgain(() -> server.get("/dashboard", "Cookie", cookie, "Accept", "text/html"));
      assertTriesAgain(() -> server.get("/readiness", "Cookie", cookie));
      assertTriesAgain(() -> server.postJson("/api/auth/login", RunningServer.credentials("root")));
      assertThat(server.get("/health").statusCode()).isEqualTo(200);

      way.restore();
      long end = System.nanoTime() + RECOVERY.toNanos();
      while (!server
          .get("/readiness", "Cookie", cookie)
          .body()
          .contains("\"session_cache\":\"on\"")) {
        assertThat(System.nanoTime()).as("works again in time").isLessThan(end);
        Thread.sleep(50);
      }
      assertThat(server.get("/dashboard", "Cookie", cookie).statusCode()).isEqualTo(200);
    }
  }

  private static RunningServer start(SharedStores store, TcpProxy way) {
    String through =
        store.freshAddress().replaceFirst("://[^:/]+:\\d+", "://127.0.0.1:" + way.port());
    return RunningServer.start(
        Map.of(
            "TASKAUTH_STORE",
            through,
            "TASKAUTH_SECRET_KEY",
            KEY,
            "TASKAUTH_ADMIN_USER",
            "root",
            "TASKAUTH_ADMIN_PASSWORD",
            RunningServer.PASSWORD));
  }

  private static void assertTriesAgain(Callable<HttpResponse<String>> call) throws Exception {
    long begin = System.nanoTime();
    HttpResponse<String> answer = call.call();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }
}
