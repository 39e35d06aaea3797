package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator runs it: a process of its own. */
class MainTest {
  private static final String KEY = "Zm9yIHRlc3RzIG9ubHksIGFuZCBmb3IgYm90aCBzZXJ2ZXJz";

  @TempDir Path directory;

  private final List<ServerProcess> processes = new ArrayList<>();

  @AfterEach
  void endWhatWasStarted() {
    processes.forEach(ServerProcess::close);
  }

  @Test
  void itSaysWhereItIsAndEndsOnSigterm() throws Exception {
    ServerProcess started = start(Map.of());
    Process server = started.process();
    String listening = started.line();
    assertThat(listening).matches("taskauth listening on http://127\\.0\\.0\\.1:\\d+");
    String address = listening.substring(listening.indexOf("http"));
    assertThat(started.line()).contains(address + "/auth/setup?code=");
    HttpRequest health = HttpRequest.newBuilder(URI.create(address + "/health")).build();
    assertThat(HttpClient.newHttpClient().send(health, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);

    server.destroy();
    assertThat(server.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(143);
  }

  @Test
  void aSecondProcessIsToldThatTheFileIsTaken() throws Exception {
    assertThat(start(Map.of()).line()).startsWith("taskauth listening");

    Process second = start(Map.of()).process();
    String complaint = new String(second.getErrorStream().readAllBytes(), UTF_8);
    assertThat(second.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(2);
    assertThat(complaint).contains("taskauth cannot start: TASKAUTH_STORE").doesNotContain("\tat ");
  }

  @Test
  void aSettingThatMakesNoSenseIsOneLine() throws Exception {
    Process server = start(Map.of("TASKAUTH_PORT", "http")).process();
    String complaint = new String(server.getErrorStream().readAllBytes(), UTF_8);
    assertThat(complaint.lines())
        .containsExactly(
            "taskauth cannot start: TASKAUTH_PORT: must be a number from 0 to 65535, not 'http'");
    assertThat(server.waitFor()).isEqualTo(2);
  }

  @Test
  void helpIsPrintedAndNothingIsStarted() throws Exception {
    Process help =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.taskauth.server.Main",
                "--help")
            .start();
    String text = new String(help.getInputStream().readAllBytes(), UTF_8);
    assertThat(help.waitFor()).isZero();
    assertThat(text).isEqualTo(Help.text()).doesNotContain("listening on ");
  }

  @Test
  void aWatcherComesAndGoesWithIt() throws Exception {
    ServerProcess started = start(Map.of("TASKAUTH_SECRET_KEY", KEY));
    Process server = started.process();
    assertThat(started.line()).startsWith("taskauth listening");
    ProcessHandle watcher = server.children().findFirst().orElseThrow();
    String command = Files.readString(Path.of("/proc/" + watcher.pid() + "/cmdline"));
    String environment = Files.readString(Path.of("/proc/" + watcher.pid() + "/environ"));
    assertThat(command).contains("io.taskauth.server.Watcher").doesNotContain("taskauth_internal_");
    assertThat(environment.split("\0"))
        .filteredOn(variable -> variable.startsWith("TASKAUTH_"))
        .singleElement()
        .satisfies(
            it -> assertThat(it).startsWith("TASKAUTH_INTERNAL_CREDENTIAL=taskauth_internal_"));
    assertThat(environment).doesNotContain(KEY);

    server.destroyForcibly();
    assertThat(watcher.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void withoutAWatcherThereIsNone() throws Exception {
    // Beneath a child of another server it starts all the same.
    ServerProcess server =
        start(Map.of("TASKAUTH_WATCHER", "off", "TASKAUTH_INTERNAL_CREDENTIAL", "of another"));
    assertThat(server.line()).startsWith("taskauth listening");
    assertThat(server.process().children()).isEmpty();
  }

  private ServerProcess start(Map<String, String> variables) throws IOException {
    ServerProcess server = ServerProcess.start(directory, variables);
    processes.add(server);
    return server;
  }
}
