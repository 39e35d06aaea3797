package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.server.PageScript.Outcome;
import io.taskauth.server.docs.DocumentedBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docs/headless.md and its workflow tell a machine to do, done by Bash to a real server. */
class HeadlessTest {
  private static final String SERVICE = "J8mUy0bXQ0n4f6sK1rVtZpWcLd2hEa9gTiO3xNqB7uY";

  @TempDir Path directory;

  private final Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
  private RunningServer server;

  private void start() {
    PageScript.skipWithout("bash", "curl", "jq", "openssl");
    settings.put("TASKAUTH_STORE", "duckdb:" + directory.resolve("auth.duckdb"));
    settings.put("TASKAUTH_SERVICE_TOKENS", "deploy:" + SERVICE + ":drain+metrics");
    server = RunningServer.start(settings);
    settings.put("TASKAUTH_PORT", String.valueOf(server.server().port()));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void fromNothingToATokenAndADeployment() throws Exception {
    start();
    Outcome made =
        PageScript.run(
            PageScript.marked("headless.md", "run:headless-token"),
            directory,
            Map.of("SERVER", server.url(""), "ADMIN_PASSWORD", RunningServer.PASSWORD));
    assertThat(made.code()).as(made.output()).isZero();
    String token = made.output().strip();
    assertThat(server.get("/api/auth/whoami", "Authorization", "Bearer " + token).body())
        .contains("\"ci\"", "\"operator\"");

    done(step("Install the command line"), token);
    assertThat(directory.resolve(".local/bin/taskauth")).isExecutable();
    assertThat(done(step("See who this is"), token)).contains("ci", "operator");

    done(step("Drain"), token);
    assertThat(state()).contains("\"draining\":true");
    done(step("Take runs again"), token);
    assertThat(state()).contains("\"draining\":false");

    done(step("Drain"), token);
    done(step("Deploy"), token);
    assertThat(directory.resolve("deployed")).exists();
    server.close();
    server = RunningServer.start(settings);
    done(step("Wait until it serves"), token);
    done(step("Run a task"), token);
    assertThat(server.get("/api/runs?task=sweep", "Authorization", "Bearer " + token).body())
        .contains("\"ci\"");
  }

  @Test
  void firstAdministratorComesFromTheEnvironment() throws Exception {
    PageScript.skipWithout("bash", "openssl");
    // Says what the server would be started with, in place of starting it.
    Path java = Files.writeString(directory.resolve("java"), "#!/bin/sh\nenv; echo \"java $*\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    String script =
        PageScript.marked("headless.md", "run:service-tokens")
            + PageScript.marked("headless.md", "run:first-administrator");
    Map<String, String> path = Map.of("PATH", directory + ":" + System.getenv("PATH"));
    Outcome started = PageScript.run(script, directory, path);
    assertThat(started.output()).contains("java -jar taskauth-server.jar");
    started
        .output()
        .lines()
        .filter(line -> line.startsWith("TASKAUTH_"))
        .map(line -> line.split("=", 2))
        .forEach(
            line ->
                settings.put(
                    line[0],
                    line[0].endsWith("_FILE") ? directory.resolve(line[1]).toString() : line[1]));
    settings.remove("TASKAUTH_ADMIN_PASSWORD");
    server = RunningServer.start(settings);
    String password = Files.readString(directory.resolve("admin-password")).strip();
    String credentials = "{\"username\":\"root\",\"password\":\"" + password + "\"}";
    assertThat(server.postJson("/api/auth/token", credentials).statusCode()).isEqualTo(200);
    String token = Files.readString(directory.resolve("service-tokens")).split(":")[1];
    assertThat(server.get("/api/drain", "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(200);
  }

  @Test
  void environmentOfTheServiceIsUnderstood() throws Exception {
    Map<String, String> variables = new HashMap<>();
    DocumentedBlock.text("run:environment")
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(line -> variables.put(line[0], line[1]));
    ServerConfig config = ServerConfig.from(variables);
    assertThat(config.publicUrl()).hasValue("https://console.example.com");
    assertThat(config.trustedProxies()).containsExactly("127.0.0.1");
    assertThat(config.auditLog()).hasValue(Path.of("/var/lib/taskauth/audit.jsonl"));
  }

  @Test
  void everyStepIsOneThatIsTriedHere() throws Exception {
    assertThat(
            steps().stream().filter(step -> step.containsKey("run")).map(step -> step.get("name")))
        .containsExactly(
            "Install the command line",
            "See who this is",
            "Drain",
            "Deploy",
            "Wait until it serves",
            "Run a task",
            "Take runs again");
    assertThat(step("Take runs again")).containsEntry("if", "failure()");
  }

  private String state() throws Exception {
    return server.get("/api/drain", "Authorization", "Bearer " + SERVICE).body();
  }

  private String done(Map<String, Object> step, String token) throws Exception {
    Path deploy = Files.writeString(directory.resolve("deploy.sh"), "#!/bin/sh\ntouch deployed\n");
    Files.setPosixFilePermissions(deploy, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> secrets =
        Map.of(
            "${{ secrets.TASKAUTH_SERVER }}", server.url(""),
            "${{ secrets.TASKAUTH_TOKEN }}", token,
            "${{ secrets.DEPLOY_TOKEN }}", SERVICE);
    Path path = directory.resolve("path");
    Map<String, String> variables = new HashMap<>();
    variables.put("HOME", directory.toString());
    variables.put("GITHUB_PATH", path.toString());
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    // What a step has put there is on the path of the next.
    String added = Files.exists(path) ? Files.readString(path).strip() + ":" : "";
    variables.put("PATH", added + System.getenv("PATH"));
    for (Object env : List.of(job().get("env"), step.getOrDefault("env", Map.of()))) {
      ((Map<?, ?>) env)
          .forEach((name, secret) -> variables.put((String) name, secrets.get((String) secret)));
    }
    Outcome outcome = PageScript.run((String) step.get("run"), directory, variables);
    assertThat(outcome.code()).as(step.get("name") + ": " + outcome.output()).isZero();
    assertThat(outcome.output()).doesNotContain(SERVICE, token);
    return outcome.output();
  }

  private static Map<String, Object> step(String name) throws Exception {
    return steps().stream()
        .filter(step -> name.equals(step.get("name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + name));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> steps() throws Exception {
    return (List<Map<String, Object>>) job().get("steps");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> job() throws Exception {
    String text = Files.readString(PageScript.DOCS.resolve("examples/github-actions.yml"));
    Map<String, Object> workflow = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    Map<String, Object> jobs = (Map<String, Object>) workflow.get("jobs");
    return (Map<String, Object>) jobs.get("deploy");
  }
}
