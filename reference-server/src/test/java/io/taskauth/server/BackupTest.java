package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.server.PageScript.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup that docs/operations.md shows, made and put back. */
class BackupTest {
  @TempDir Path directory;

  @Test
  void whatIsPutBackHasAccountsAndSessions() throws Exception {
    PageScript.skipWithout("bash", "tar");
    Path data = Files.createDirectory(directory.resolve("data"));
    Path restored = directory.resolve("restored");
    Path backup = directory.resolve("taskauth.tar.gz");
    Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
    settings.put("TASKAUTH_STORE", "duckdb:" + data.resolve("auth.duckdb"));
    String[] session;
    try (RunningServer server = RunningServer.start(settings)) {
      session = server.bearer("root");
    }
    ran("run:backup-duckdb", backup, data);
    assertThat(Files.getPosixFilePermissions(backup))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    ran("run:restore-duckdb", backup, restored);
    // Neither the account nor the key is made anew: both were in the copy.
    try (RunningServer server =
        RunningServer.start(
            Map.of("TASKAUTH_STORE", "duckdb:" + restored.resolve("auth.duckdb")))) {
      assertThat(server.get("/api/auth/whoami", session).body()).contains("\"root\"");
    }
  }

  private void ran(String mark, Path backup, Path data) throws Exception {
    Outcome outcome =
        PageScript.run(
            PageScript.marked("operations.md", mark),
            directory,
            Map.of("BACKUP", backup.toString(), "DATA", data.toString()));
    assertThat(outcome.code()).as(outcome.output()).isZero();
  }
}
