package io.taskauth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event as JSON and back. */
class AuditJsonTest {
  private static final AuditEvent FULL =
      new AuditEvent(
          UUID.fromString("0195513a-7a00-7000-8000-000000000002"),
          Instant.parse("2026-03-01T12:00:00Z"),
          AuditType.USER_UPDATED,
          AuditEvent.Outcome.SUCCESS,
          UUID.fromString("0195513a-7a00-7000-8000-000000000001"),
          "root",
          "192.0.2.1",
          "curl/8",
          "0195513a-7a00-7000-8000-000000000003",
          Map.of("role", "viewer -> admin", AuditEvent.TARGET_USERNAME, "ada"));

  private static final AuditEvent BARE =
      new AuditEvent(
          UUID.fromString("0195513a-7a00-7000-8000-000000000002"),
          Instant.parse("2026-03-01T12:00:00.007Z"),
          AuditType.LOGIN_FAILURE,
          AuditEvent.Outcome.FAILURE,
          null,
          null,
          null,
          null,
          null,
          Map.of());

  private static final String GOOD = AuditJson.line(FULL);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "null",
        "true",
        "1",
        "\"login_success\"",
        "[]",
        "{}",
        "{\"event\":null}",
        "{\"event\":7}",
        "{\"event\":{}}",
        "{\"event\":\"\"}",
        "{\"event\":\"LOGIN_SUCCESS\"}",
        "{\"event\":\"of_a_newer_version\"}",
        "{\"event\":\"login_success\"}",
        "{\"event\":\"login_success\",\"id\":\"x\",\"ts\":\"x\",\"outcome\":\"success\"}",
        "{\"event\":\"login_suc",
        "{\"ts\":\"2026-03-01T12:00:00.000Z\",\"event\":\"log"
      })
  void lineThatIsNoEventIsEmpty(String line) {
    assertThat(AuditJson.parse(line)).isEmpty();
  }

  @Test
  void lineThatIsSpoiledIsEmpty() {
    assertThat(AuditJson.parse(GOOD)).contains(FULL);
    for (String spoiled :
        new String[] {
          GOOD.replace("user_updated", "user_promoted"),
          GOOD.replace("\"success\"", "\"perhaps\""),
          GOOD.replace("2026-03-01", "2026-13-01"),
          GOOD.replace("0195513a-7a00-7000-8000-000000000001", "somebody"),
          GOOD.replace("\"outcome\":\"success\",", ""),
          GOOD + "}",
          GOOD + GOOD,
          GOOD.substring(0, GOOD.length() - 1),
          "[".repeat(100_000),
        }) {
      assertThat(AuditJson.parse(spoiled)).as(spoiled).isEmpty();
    }
  }

  @Test
  void membersAreInTheOrderInWhichPeopleReadThem() {
    assertThat(GOOD)
        .isEqualTo(
            "{\"ts\":\"2026-03-01T12:00:00.000Z\",\"event\":\"user_updated\","
                + "\"outcome\":\"success\",\"user_id\":\"0195513a-7a00-7000-8000-000000000001\","
                + "\"username\":\"root\",\"ip\":\"192.0.2.1\",\"user_agent\":\"curl/8\","
                + "\"target\":\"0195513a-7a00-7000-8000-000000000003\","
                + "\"details\":{\"role\":\"viewer -> admin\",\"target_username\":\"ada\"},"
                + "\"id\":\"0195513a-7a00-7000-8000-000000000002\"}");
  }

  @Test
  void whatIsNotKnownIsNull() {
    assertThat(AuditJson.line(BARE))
        .contains("\"user_id\":null", "\"username\":null", "\"ip\":null", "\"target\":null")
        .contains("\"ts\":\"2026-03-01T12:00:00.007Z\"", "\"details\":{}");
    assertThat(AuditJson.parse(AuditJson.line(BARE))).contains(BARE);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindComesBack(AuditType type) {
    assertThat(AuditType.ofCode(type.code())).contains(type);
    assertThat(type.code()).matches("[a-z_]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"quoted\"",
        "back\\slash",
        "</script><script>",
        "a\nb\r\nc\u0000d\u001be\u0085f",
        "line\u2028and\u2029paragraph",
        "\u202eright to left",
        "\uD83D\uDE80 and \uD83D",
        "Zürich 東京",
        "{\"event\":\"login_success\"}",
        "\\u0022",
        "%s ${jndi:ldap://x}",
      })
  void everyTextComesBackFromOneLine(String text) {
    AuditEvent event = Events.with(text, Map.of("reason", text));

    String line = AuditJson.line(event);

    assertThat(line).doesNotContainPattern("[\\u0000-\\u001f\\u0085\\u2028\\u2029]");
    assertThat(AuditJson.parse(line)).contains(event);
  }

  @Test
  void moreMembersOfANewerVersionDoNotMatter() {
    assertThat(AuditJson.parse("{\"new\":[1,{\"x\":null}]," + GOOD.substring(1))).contains(FULL);
  }
}
