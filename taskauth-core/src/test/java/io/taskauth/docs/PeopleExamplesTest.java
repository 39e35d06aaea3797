package io.taskauth.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.audit.JsonLinesAuditSink;
import io.taskauth.mail.SmtpMailer;
import io.taskauth.password.Password;
import io.taskauth.store.AuthStore;
import io.taskauth.store.InMemoryAuthStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/users.md and docs/audit.md, run. */
class PeopleExamplesTest {
  private final AuthStore store = new InMemoryAuthStore();
  private final String secret = "an example of a secret that is long enough";

  @Test
  void mailIsSentThroughSmtp() {
    // docs:begin mailer
    TaskAuth auth =
        TaskAuth.builder()
            .store(store)
            .secretKeys(secret)
            .mailer(
                SmtpMailer.of(
                    "smtps://robot:p%40ss@mail.example.com", "Console <robot@example.com>"))
            .build();
    // docs:end mailer
    assertThat(auth.linkMails()).isNotNull();
    auth.close();
  }

  @Test
  void eventsGoToAFileAndToTheHost(@TempDir Path logs) throws IOException {
    List<String> alarms = new CopyOnWriteArrayList<>();
    // docs:begin audit
    TaskAuth auth =
        TaskAuth.builder()
            .store(store)
            .secretKeys(secret)
            .auditSink(JsonLinesAuditSink.open(logs.resolve("audit.jsonl")))
            .auditSink(event -> alarms.add(event.type().code()))
            .build();
    // docs:end audit
    assertThat(auth.setup().orElseThrow().ensureAdministrator("ada", Password.of("a long secret")))
        .isTrue();
    auth.close();
    assertThat(alarms).containsExactly("user_created");
    assertThat(Files.readString(logs.resolve("audit.jsonl")))
        .contains("\"event\":\"user_created\"");
  }
}
