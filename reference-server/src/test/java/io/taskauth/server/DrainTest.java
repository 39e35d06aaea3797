package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How whatever deploys the server empties it first. */
class DrainTest {
  private static final String SECRET = "Q2hvb3NlIGEgc2VjcmV0IHRoYXQgbm9ib2R5IGtub3dz";
  private static final String OTHER = "QW5vdGhlciBzZWNyZXQsIGFuZCBub2JvZHkga25vd3MgaXQ";
  private static final String[] DEPLOYER = {"Authorization", "Bearer " + SECRET};
  private static final String[] SCRAPER = {"Authorization", "Bearer " + OTHER};

  @Test
  void drainingIsForItsTokenAlone() throws Exception {
    try (RunningServer server = start()) {
      assertThat(server.postJson("/api/drain", "").statusCode()).isEqualTo(401);
      assertThat(server.postJson("/api/drain", "", server.bearer("root")).statusCode())
          .isEqualTo(401);
      assertThat(server.get("/api/drain", "Cookie", server.signIn("root")).statusCode())
          .isEqualTo(401);
      assertThat(server.postJson("/api/drain", "", SCRAPER).statusCode()).isEqualTo(403);
      assertThat(server.postJson("/api/drain/", "", server.bearer("root")).statusCode())
          .isEqualTo(401);
      assertThat(server.get("/api/drain", DEPLOYER).body())
          .isEqualTo("{\"draining\":false,\"in_flight\":0}");
    }
  }

  @Test
  void runningRunsFinishAndNewOnesAreRefusedUntilItIsCancelled() throws Exception {
    try (RunningServer server = start()) {
      String[] root = server.bearer("root");
      String path = "/api/tasks/hash-calibration/run";
      assertThat(server.postJson(path, "{\"args\":{\"rounds\":5}}", root).statusCode())
          .isEqualTo(202);
      while (!server.get("/api/drain", DEPLOYER).body().contains("\"in_flight\":1")) {
        Thread.sleep(5);
      }

      HttpResponse<String> begun = server.postJson("/api/drain", "", DEPLOYER);
      assertThat(begun.statusCode()).isEqualTo(202);
      assertThat(begun.body()).isEqualTo("{\"draining\":true,\"in_flight\":1}");
      HttpResponse<String> refused = server.postJson(path, "", root);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("\"error\":\"draining\"");
      HttpResponse<String> readiness = server.get("/readiness", SCRAPER);
      assertThat(readiness.statusCode()).isEqualTo(503);
      assertThat(readiness.body()).contains("\"draining\":true", "\"store\":\"reachable\"");
      assertThat(server.get("/dashboard", root).body()).contains("takes no new runs");

      while (!server.get("/api/drain", DEPLOYER).body().contains("\"in_flight\":0")) {
        Thread.sleep(20);
      }
      assertThat(server.get("/api/runs?status=succeeded", root).body())
          .contains("hash-calibration");

      HttpResponse<String> cancelled = server.delete("/api/drain", DEPLOYER);
      assertThat(cancelled.statusCode()).isEqualTo(200);
      assertThat(cancelled.body()).isEqualTo("{\"draining\":false,\"in_flight\":0}");
      assertThat(server.get("/readiness", SCRAPER).statusCode()).isEqualTo(200);
      assertThat(server.postJson(path, "{\"args\":{\"rounds\":1}}", root).statusCode())
          .isEqualTo(202);
    }
  }

  private static RunningServer start() {
    Map<String, String> variables = new HashMap<>(RunningServer.ADMIN);
    variables.put(
        "TASKAUTH_SERVICE_TOKENS", "deployer:" + SECRET + ":drain,scraper:" + OTHER + ":metrics");
    return RunningServer.start(variables);
  }
}
