package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceServerTest {
  private static final Map<String, String> ADMIN =
      Map.of("TASKAUTH_ADMIN_USER", "root", "TASKAUTH_ADMIN_PASSWORD", RunningServer.PASSWORD);

  @TempDir Path directory;

  @Test
  void setUpTakesTheCodeOfTheLinkAndHappensOnce() throws Exception {
    try (var server = RunningServer.start(Map.of())) {
      String link = server.server().setupLink().orElseThrow();
      String code = link.substring(link.indexOf("?code=") + 6);
      String ada = RunningServer.credentials("ada");
      assertThat(server.postJson("/api/auth/setup", ada).statusCode()).isEqualTo(403);
      String withCode = ada.replace("}", ",\"code\":\"" + code + "\"}");
      assertThat(server.postJson("/api/auth/setup", withCode).statusCode()).isEqualTo(201);
      assertThat(server.postJson("/api/auth/setup", withCode).statusCode()).isEqualTo(409);
      assertThat(server.server().setupLink()).isEmpty();
    }
  }

  @Test
  void theConfiguredAdministratorIsMadeOnceAndKeepsAChangedPassword() throws Exception {
    String store = "duckdb:" + directory.resolve("kept/auth.duckdb");
    Map<String, String> variables =
        Map.of(
            "TASKAUTH_STORE",
            store,
            "TASKAUTH_ADMIN_USER",
            "root",
            "TASKAUTH_ADMIN_PASSWORD",
            RunningServer.PASSWORD);
    String cookie;
    try (var server = RunningServer.start(variables)) {
      assertThat(server.server().setupLink()).isEmpty();
      cookie = server.signIn("root");
    }
    try (var server = RunningServer.start(variables)) {
      HttpResponse<String> whoami = server.get("/api/auth/whoami", "Cookie", cookie);
      assertThat(whoami.statusCode()).as("the made key outlives the process").isEqualTo(200);
    }
  }

  @Test
  void theMadeKeyAndTheDatabaseAreForTheOwnerOnly() throws Exception {
    Path file = directory.resolve("made/auth.duckdb");
    try (var server = RunningServer.start(Map.of("TASKAUTH_STORE", "duckdb:" + file))) {
      assertThat(server.server().port()).isPositive();
      assertThat(Files.getPosixFilePermissions(file.resolveSibling("auth.duckdb.key")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.getPosixFilePermissions(file.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aFileThatIsNoDatabaseStopsTheStartWithASentence() throws Exception {
    Path text = Files.writeString(directory.resolve("text"), "this is no database\n".repeat(500));
    ServerConfig config =
        ServerConfig.from(Map.of("TASKAUTH_STORE", "duckdb:" + text, "TASKAUTH_PORT", "0"));
    assertThatThrownBy(() -> ReferenceServer.start(config).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TASKAUTH_STORE");
  }

  @Test
  void healthIsOpenAndTheDashboardIsNot() throws Exception {
    try (var server = RunningServer.start(ADMIN)) {
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
      assertThat(server.get("/dashboard").statusCode()).isEqualTo(401);
      HttpResponse<String> page = server.get("/dashboard", "Accept", "text/html");
      assertThat(page.statusCode()).isEqualTo(302);
      assertThat(page.headers().firstValue("Location")).contains("/auth/login?next=%2Fdashboard");
      String cookie = server.signIn("root");
      assertThat(server.get("/", "Cookie", cookie).headers().firstValue("Location"))
          .contains("/dashboard");
      assertThat(server.get("/dashboard", "Cookie", cookie).body())
          .contains("Signed in as")
          .contains("root");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x/a%2Fb", "/x/%3Clocals%3E", "/x/a+b", "/x/100%25", "/x/%C3%BC"})
  void namesWithAnythingInThemReachTheServersOwnPages(String path) throws Exception {
    try (var server = RunningServer.start(ADMIN)) {
      assertThat(server.get(path).statusCode()).isEqualTo(401);
      assertThat(server.get(path, "Cookie", server.signIn("root")).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/%2e%2e/dashboard", "/health/..%2Fdashboard", "/dash%252Fboard"})
  void whatCanBeReadInTwoWaysIsNeverServed(String path) throws Exception {
    try (var server = RunningServer.start(ADMIN)) {
      assertThat(server.get(path).statusCode()).isIn(400, 401, 404);
      assertThat(server.get(path).body()).doesNotContain("This process");
    }
  }

  @Test
  void withoutAuthenticationEverythingIsOpenAndThePageSaysSo() throws Exception {
    try (var server = RunningServer.start(Map.of("TASKAUTH_AUTH", "off"))) {
      assertThat(server.get("/dashboard").body()).contains("Authentication is turned off");
      assertThat(server.get("/api/auth/status").body()).contains("\"auth_enabled\":false");
    }
  }

  @Test
  void withoutAuthenticationNobodyPlantsAnAdministrator() throws Exception {
    Map<String, String> open = Map.of("TASKAUTH_AUTH", "off", "TASKAUTH_SETUP_CODE", "none");
    try (var server = RunningServer.start(open)) {
      String eve = RunningServer.credentials("eve");
      assertThat(server.postJson("/api/auth/setup", eve).statusCode()).isEqualTo(404);
      assertThat(server.postJson("/api/auth/login", eve).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whereAPublicAddressIsSetItAloneIsOurs() throws Exception {
    Map<String, String> variables = new HashMap<>(ADMIN);
    variables.put("TASKAUTH_PUBLIC_URL", "https://tools.example.com");
    try (var server = RunningServer.start(variables)) {
      String root = RunningServer.credentials("root");
      String byHost = server.server().address();
      assertThat(server.postJson("/api/auth/login", root, "Origin", byHost).statusCode())
          .isEqualTo(403);
      assertThat(
              server
                  .postJson("/api/auth/login", root, "Origin", "https://tools.example.com")
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aPasswordTooWeakForAnAdministratorStopsTheStart() {
    Map<String, String> weak =
        Map.of(
            "TASKAUTH_STORE", "memory",
            "TASKAUTH_ADMIN_USER", "root",
            "TASKAUTH_ADMIN_PASSWORD", "password");
    assertThatThrownBy(() -> ReferenceServer.start(ServerConfig.from(weak)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TASKAUTH_ADMIN_PASSWORD")
        .hasMessageContaining("common");
  }
}
