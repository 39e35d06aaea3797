package io.taskauth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event as a line of the log. */
class LoggingAuditSinkTest {
  private final Warnings log = new Warnings("taskauth.audit");

  @AfterEach
  void close() {
    log.close();
  }

  private String line(AuditEvent event) {
    new LoggingAuditSink().record(event);
    return log.messages().get(0);
  }

  @Test
  void textCannotForgeAPairOrALine() {
    String line =
        line(Events.with("ada\" outcome=\"failure\n\u2028\u202e\\ {}", Map.of("reason", "a\"b")));

    assertThat(line)
        .startsWith("event=login_success outcome=\"success\" user_id=\"")
        .contains("username=\"ada\\\" outcome=\\\"failure \\u2028\\u202e\\\\ {}\"")
        .contains("reason=\"a\\\"b\"")
        .doesNotContainPattern("[\\n\\u2028\\u202e]");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(line(Events.with(Map.of("b", "2", "a", "1"))))
        .doesNotContain("target")
        .endsWith("ip=\"192.0.2.1\" user_agent=\"curl/8\" a=\"1\" b=\"2\"");
  }
}
