package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/cli.md shows is what works: its marked blocks run here in their order, as one user. */
class DocumentationTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (run:[a-z]+) -->\\n```shell\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path home;

  @BeforeAll
  static void tools() throws Exception {
    Process look = new ProcessBuilder("bash", "-c", "command -v jq").start();
    assumeTrue(look.waitFor() == 0, "no jq, which the page's examples use");
  }

  @Test
  void theBlocksRun() throws Exception {
    String page = Files.readString(Path.of("../docs/cli.md"));
    Map<String, Outcome> outcomes = new HashMap<>();
    try (TestServer server = TestServer.start()) {
      Map<String, String> environment = new HashMap<>();
      environment.put("NAME", "ada");
      environment.put("PASSWORD", TestServer.PASSWORD);
      Matcher block = BLOCK.matcher(page);
      while (block.find()) {
        if (block.group(1).equals("run:install")) {
          // Takes a server that hands the program out; the reference server's tests have one.
          continue;
        }
        String commands = block.group(2).replace("https://tools.example.com", server.url());
        Outcome outcome = run(environment, commands);
        assertThat(outcome.code()).as("%s: %s", block.group(1), outcome).isZero();
        outcomes.put(block.group(1), outcome);
        if (block.group(1).equals("run:raw")) {
          environment.put(
              "CI_TOKEN", run(environment, "taskauth token create --name x --raw").out().strip());
        }
      }
    }
    assertThat(outcomes.keySet())
        .containsExactlyInAnyOrder(
            "run:login",
            "run:tokens",
            "run:raw",
            "run:admin",
            "run:ci",
            "run:lists",
            "run:codes",
            "run:completion");
    assertThat(outcomes.get("run:login").out()).contains("user\tada");
    assertThat(outcomes.get("run:tokens").out()).contains("nightly backup");
    assertThat(outcomes.get("run:admin").out()).contains("grace@example.com");
    assertThat(outcomes.get("run:ci").out()).isEqualTo("ada\n");
    assertThat(outcomes.get("run:lists").lines()).contains("ada", "ada");
    assertThat(outcomes.get("run:codes").out()).contains("nothing was revoked");
  }

  private Outcome run(Map<String, String> environment, String commands) throws Exception {
    return Installation.shared()
        .run(home, environment, List.of(), "bash", "-euo", "pipefail", "-c", commands);
  }
}
