package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for scripts. */
class TokenTest {
  private static TestServer server;
  @TempDir private static Path home;
  private static Person ada;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    ada = new Person(home).signedIn(server, "ada");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Outcome create(String... more) {
    String[] arguments = new String[more.length + 3];
    System.arraycopy(new String[] {"token", "create", "--json"}, 0, arguments, 0, 3);
    System.arraycopy(more, 0, arguments, 3, more.length);
    return ada.run(arguments);
  }

  private static String id(String name) {
    return create("--name", name).succeeded().json().text("id").orElseThrow();
  }

  private static List<String> ids() {
    return ada.run("token", "list").succeeded().lines().stream()
        .map(line -> line.split("\t", -1)[0])
        .toList();
  }

  @Test
  void rawPrintsTheTokenAlone() {
    Outcome made =
        ada.run("token", "create", "--name", "ci", "--scope", "read", "--raw").succeeded();

    assertThat(made.out()).matches("taskauth_pat_[A-Za-z0-9._-]+\\n");
    assertThat(made.err()).isEmpty();
    Person script = new Person(home.resolve("elsewhere"));
    script.with("TASKAUTH_SERVER", server.url()).with("TASKAUTH_TOKEN", made.lines().get(0));
    assertThat(script.run("whoami").succeeded().lines()).contains("user\tada", "scopes\tread");
    script.run("token", "revoke", "ci").failed("may only read");
  }

  @Test
  void withoutRawItSaysThatThisIsTheOnlyTime() {
    Outcome made = ada.run("token", "create", "--name", "shown").succeeded();

    assertThat(made.lines())
        .contains("name\tshown")
        .anyMatch(line -> line.startsWith("token\ttaskauth_pat_"));
    assertThat(made.err()).contains("not shown again");
    assertThat(ada.run("token", "list", "--json").out()).doesNotContain("taskauth_pat_");
  }

  @ParameterizedTest
  @CsvSource({"30d,30", "12w,84", "1y,365", "10y,3650", "3650d,3650"})
  void lifetimesAreWholeDays(String ttl, int days) {
    Instant before = Instant.now();

    Instant end =
        create("--name", ttl, "--ttl", ttl).succeeded().json().instant("expires_at").orElseThrow();

    assertThat(Duration.between(before, end))
        .isBetween(Duration.ofDays(days).minusSeconds(1), Duration.ofDays(days).plusMinutes(5));
  }

  @Test
  void aTokenCanLastForEver() {
    JsonObject made = create("--name", "eternal", "--ttl", "never").succeeded().json();

    assertThat(made.members()).containsEntry("expires_at", null);
    assertThat(ada.run("token", "list").succeeded().out())
        .contains("\teternal\t\t")
        .contains("\tnever\t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0d", "30", "1h", "-1d", "3651d", "11y", "1.5d", "d", "99999999999d", ""})
  void otherLifetimesAreWrongUsage(String ttl) {
    ada.run("token", "create", "--name", "x", "--ttl=" + ttl).wrongUsage("30d", "never");
  }

  @Test
  void aBadNameOrScopeIsTheServersToRefuse() {
    ada.run("token", "create", "--name", " ", "--raw").failed("name");
    ada.run("token", "create", "--name", "x", "--scope", "No Such", "--raw").failed("scope");
  }

  @Test
  void revokesById() {
    String id = id("by id");

    ada.run("token", "revoke", id).succeeded();

    assertThat(ids()).doesNotContain(id);
    ada.run("token", "revoke", id).failed("no token");
  }

  @Test
  void revokesByName() {
    String id = id("by name");
    String other = id("by name too");

    assertThat(ada.run("token", "rm", "by name").succeeded().err()).contains(id);

    assertThat(ids()).doesNotContain(id).contains(other);
  }

  @Test
  void anAmbiguousNameRevokesNone() {
    String first = id("twins");
    String second = id("twins");

    ada.run("token", "revoke", "twins").failed("several", first, second, "none was revoked");

    assertThat(ids()).contains(first, second);
    ada.run("token", "revoke", second).succeeded();
    ada.run("token", "revoke", "twins").succeeded();
  }

  @Test
  void revokesByPrefixUnlessOthersHaveItToo() {
    String id = id("by prefix");
    String prefix = id.substring(0, 8);
    long alike = ids().stream().filter(other -> other.startsWith(prefix)).count();

    Outcome revoked = ada.run("token", "revoke", prefix);

    // Ids begin with the time: two of one minute may begin alike.
    if (alike == 1) {
      revoked.succeeded();
    } else {
      revoked.failed("several", id);
    }
    assertThat(ids().contains(id)).isEqualTo(alike > 1);
  }

  @Test
  void anIdWinsOverANameThatLooksLikeIt() {
    String id = id("original");
    String impostor = id(id);

    ada.run("token", "revoke", id).succeeded();

    assertThat(ids()).doesNotContain(id).contains(impostor);
  }
}
