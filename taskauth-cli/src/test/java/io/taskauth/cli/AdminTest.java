package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking after accounts. */
class AdminTest {
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

  /** With the usual password. */
  private static void account(String name, String... more) {
    String[] arguments = new String[more.length + 4];
    System.arraycopy(
        new String[] {"admin", "create-user", name, "--set-password"}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    ada.typing(TestServer.PASSWORD).run(arguments).succeeded();
  }

  private static List<String> row(String name) {
    return ada.run("admin", "list-users").succeeded().lines().stream()
        .map(line -> List.of(line.split("\t", -1)))
        .filter(row -> row.get(0).equals(name))
        .findFirst()
        .orElse(List.of());
  }

  private static String id(String name) {
    return row(name).get(6);
  }

  private static Person newPerson(String name) {
    return new Person(home.resolve(name));
  }

  @Test
  void anAccountWithoutAPasswordComesWithALink() {
    Outcome made =
        ada.run(
            "admin",
            "create-user",
            "grace",
            "--email",
            "grace@example.com",
            "--display-name",
            "Grace Hopper",
            "--role",
            "operator");

    assertThat(made.succeeded().lines())
        .contains("user\tgrace", "role\toperator", "mailed\tno")
        .anyMatch(line -> line.startsWith("link\t" + server.url() + "/auth/reset"));
    assertThat(row("grace").subList(0, 5))
        .containsExactly("grace", "operator", "active", "Grace Hopper", "grace@example.com");
    ada.run("admin", "create-user", "GRACE").failed("Choose another name");
    JsonObject other = ada.run("admin", "create-user", "other", "--json").succeeded().json();
    assertThat(other.text("reset_url")).isPresent();
  }

  @Test
  void aPasswordComesFromStandardInputAndNeverFromAnArgument() {
    account("alan");

    newPerson("alan").signedIn(server, "alan");
    ada.run("admin", "create-user", "eve", "--set-password").failed("first line");
    Outcome refused = ada.run("admin", "create-user", "eve", "--password=hunter2");
    refused.wrongUsage("--password");
    assertThat(refused.err()).doesNotContain("hunter2");
  }

  @Test
  void rolesChangeByNameEmailOrId() {
    account("kay", "--email", "kay@example.com");
    assertThat(row("kay").get(1)).isEqualTo("viewer");

    ada.run("admin", "set-role", "KAY", "operator").succeeded();
    assertThat(row("kay").get(1)).isEqualTo("operator");
    ada.run("admin", "set-role", "Kay@Example.com", "admin").succeeded();
    assertThat(row("kay").get(1)).isEqualTo("admin");
    ada.run("admin", "set-role", id("kay"), "viewer").succeeded();
    assertThat(row("kay").get(1)).isEqualTo("viewer");
    ada.run("admin", "set-role", "kay", "emperor").failed("role");
    // No more than the beginning of a name is no name.
    ada.run("admin", "set-role", "ka", "viewer").failed("no user ka");
    ada.run("admin", "set-role", "@" + home.resolve("x"), "viewer").failed("no user @");
    ada.run("admin", "set-role", "../tokens", "viewer").failed("no user");
    ada.run("admin", "set-role", "00000000-0000-0000-0000-000000000000", "viewer")
        .failed("no user");
  }

  @Test
  void aDeactivatedAccountIsShutUntilItIsActivated() {
    account("joan");
    Person joan = newPerson("joan").signedIn(server, "joan");

    ada.run("admin", "deactivate", "joan").succeeded();
    joan.run("whoami").failed("Run: taskauth login");
    assertThat(row("joan").get(2)).isEqualTo("deactivated");
    joan.typing("joan", TestServer.PASSWORD)
        .run("login", "--server", server.url())
        .failed("password is wrong");

    ada.run("admin", "activate", "joan").succeeded();
    joan.signedIn(server, "joan");
  }

  @Test
  void deletingTakesAYes() {
    account("mary");

    ada.run("admin", "delete", "mary").wrongUsage("--yes");
    Outcome asked = ada.at("ie").typing("n").run("admin", "delete", "mary");
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.err()).contains("Delete mary for good? [y/N]", "nothing was deleted");
    ada.at("ie").typing("").run("admin", "delete", "mary");
    ada.at("");
    assertThat(row("mary")).isNotEmpty();

    ada.at("ie").typing("y").run("admin", "delete", "mary").succeeded();
    ada.at("");
    assertThat(row("mary")).isEmpty();
    account("mary");
    ada.run("admin", "delete", "mary", "--yes").succeeded();
    assertThat(row("mary")).isEmpty();
  }

  @Test
  void passwordsCanBeSetAndReset() {
    account("dan");

    ada.typing("another long password").run("admin", "set-password", "dan").succeeded();
    newPerson("dan")
        .typing("dan", "another long password")
        .run("login", "--server", server.url())
        .succeeded();
    ada.typing("short").run("admin", "set-password", "dan").failed("password");
    assertThat(ada.run("admin", "reset-password", "dan").succeeded().lines())
        .contains("user\tdan")
        .anyMatch(line -> line.startsWith("link\t" + server.url() + "/auth/reset"));
    assertThat(
            ada.run("admin", "reset-password", "dan", "--json")
                .succeeded()
                .json()
                .text("reset_url"))
        .isPresent();
  }

  @Test
  void theLastAdministratorStays() {
    ada.run("admin", "set-role", "ada", "viewer").failed("last active administrator");
    ada.run("admin", "deactivate", "ada").failed("own account");
    ada.run("admin", "delete", "ada", "--yes").failed("own account");
  }

  @Test
  void othersAreRefused() {
    account("vera");

    Person vera = newPerson("vera").signedIn(server, "vera");

    vera.run("admin", "list-users").failed("role");
  }

  @Test
  void listsGoOnToTheLastPage() throws Exception {
    try (TestServer full = TestServer.start()) {
      Person boss = newPerson("boss").signedIn(full, "ada");
      for (int number = 0; number < 205; number++) {
        boss.run("admin", "create-user", "many" + number).succeeded();
      }

      assertThat(boss.run("admin", "list-users").succeeded().lines()).hasSize(206);
      assertThat(
              boss.run("admin", "users", "--query", "many20", "--json")
                  .succeeded()
                  .json()
                  .objects("items")
                  .orElseThrow())
          .hasSize(6);
    }
  }
}
