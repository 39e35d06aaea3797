package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back in where nobody signs in with a password and the provider is gone. */
class LetInTest {
  @TempDir Path directory;

  private Map<String, String> settings(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "TASKAUTH_STORE", "duckdb:" + directory.resolve("auth.duckdb"),
                "TASKAUTH_PASSWORD_LOGIN", "false",
                "TASKAUTH_OAUTH_OIDC_PROVIDERS", "corp",
                "TASKAUTH_OAUTH_OIDC_CORP_DISCOVERY_URL", "http://127.0.0.1:1",
                "TASKAUTH_OAUTH_OIDC_CORP_CLIENT_ID", "id"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  @Test
  void linkOfTheConsoleLetsOneAdministratorInUntilTheProcessEnds() throws Exception {
    String login = RunningServer.credentials("ada");
    try (RunningServer server = RunningServer.start(settings())) {
      HttpResponse<String> refused = server.postJson("/api/auth/login", login);
      assertThat(refused.body()).contains("password_login_disabled");
    }
    try (RunningServer server = RunningServer.letIn(settings(), "ada")) {
      URI link = URI.create(server.server().linkFor("ada"));
      assertThat(link.toString()).startsWith(server.url("/auth/reset?token="));
      String token = link.getQuery().substring("token=".length());
      String chosen =
          "{\"token\":\"" + token + "\",\"new_password\":\"" + RunningServer.PASSWORD + "\"}";
      assertThat(server.postJson("/api/auth/reset-password", chosen).statusCode()).isEqualTo(200);
      assertThat(server.postJson("/api/auth/reset-password", chosen).statusCode()).isEqualTo(400);
      assertThat(server.get("/api/auth/users", server.bearer("ada")).statusCode()).isEqualTo(200);
      assertThat(server.get("/api/auth/audit", server.bearer("ada")).body())
          .contains("\"by\":\"console\"");
    }
    try (RunningServer server = RunningServer.start(settings())) {
      assertThat(server.postJson("/api/auth/login", login).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void administratorWithAPasswordIsNoSettingWhereNobodyHasOne() {
    Map<String, String> with =
        settings("TASKAUTH_ADMIN_USER", "root", "TASKAUTH_ADMIN_PASSWORD", RunningServer.PASSWORD);
    assertThatThrownBy(() -> RunningServer.start(with).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TASKAUTH_ADMIN_USER", "TASKAUTH_PASSWORD_LOGIN", LetIn.FLAG);
  }

  @Test
  void whoeverIsNoAdministratorIsNotLetIn() throws Exception {
    Map<String, String> with =
        settings("TASKAUTH_ADMIN_USER", "root", "TASKAUTH_ADMIN_PASSWORD", RunningServer.PASSWORD);
    try (RunningServer server = RunningServer.letIn(with, "root")) {
      String[] unused = server.newUser("olga", "operator");
      assertThatThrownBy(() -> server.server().linkFor("olga"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("no active administrator");
      assertThatThrownBy(() -> server.server().linkFor("no good name"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("user name");
    }
  }

  @Test
  void itTakesTheCommandLine() throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.taskauth.server.Main",
                "--let-me-in")
            .start();
    String complaint = new String(server.getErrorStream().readAllBytes(), UTF_8);
    assertThat(server.waitFor()).isEqualTo(2);
    assertThat(complaint).contains("there is only --let-in <user name>").doesNotContain("\tat ");
    assertThat(complaint.lines()).hasSize(1);
  }
}
