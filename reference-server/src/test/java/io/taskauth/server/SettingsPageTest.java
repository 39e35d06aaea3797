package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.live.InternalCredential;
import io.taskauth.server.Setting.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables of docs/configuration.md are made from {@link Setting}. With {@code -Ddocs.write=true}
 * this writes them, else it compares.
 */
class SettingsPageTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path PAGE = ROOT.resolve("docs/configuration.md");
  private static final Pattern TABLE =
      Pattern.compile(
          "(<!-- settings:begin (\\w+) -->\n).*?(<!-- settings:end -->)", Pattern.DOTALL);
  private static final Pattern NAME =
      Pattern.compile("\\bTASKAUTH_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_])");

  /** Of the command line, of tests, and what children of the server get. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "TASKAUTH_SERVER",
          "TASKAUTH_TOKEN",
          "TASKAUTH_CONFIG_DIR",
          "TASKAUTH_ALLOW_HTTP",
          "TASKAUTH_CA_FILE",
          "TASKAUTH_JAVA_OPTS",
          "TASKAUTH_TEST_POSTGRES_URL",
          "TASKAUTH_TEST_REDIS_URL",
          InternalCredential.VARIABLE);

  @Test
  void theTablesAreMadeFromTheCode() throws IOException {
    String page = Files.readString(PAGE);
    String made =
        TABLE
            .matcher(page)
            .replaceAll(
                found -> Matcher.quoteReplacement(found.group(1) + table(found) + found.group(3)));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, made);
      return;
    }
    assertThat(page)
        .as("write it with -Ddocs.write=true, see docs/configuration.md")
        .isEqualTo(made);
  }

  @Test
  void everyGroupHasItsTable() throws IOException {
    List<String> groups =
        TABLE.matcher(Files.readString(PAGE)).results().map(found -> found.group(2)).toList();
    assertThat(groups)
        .containsExactlyElementsOf(
            Stream.of(Group.values()).map(group -> group.name().toLowerCase(Locale.ROOT)).toList());
  }

  @Test
  void everySettingIsRead() {
    Set<String> read = new HashSet<>();
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "TASKAUTH_OAUTH_OIDC_PROVIDERS", "corp",
                "TASKAUTH_OAUTH_OIDC_CORP_CLIENT_ID", "id",
                "TASKAUTH_OAUTH_OIDC_CORP_DISCOVERY_URL", "https://sso.example.org")) {
          @Override
          public String get(Object name) {
            read.add((String) name);
            return super.get(name);
          }
        };
    assertThat(ServerConfig.from(variables).providers().oidc()).hasSize(1);
    assertThat(read).containsExactlyInAnyOrderElementsOf(Setting.variables(List.of("CORP")));
  }

  @Test
  void aSettingOfASlotCannotBeReadWithoutOne() {
    assertThatThrownBy(() -> new Environment(Map.of()).text(Setting.OIDC_LABEL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void helpNamesIt(Setting setting) {
    assertThat(Help.text().lines())
        .anyMatch(line -> line.split("[* ]", 2)[0].equals(setting.variable()))
        .allMatch(line -> line.matches("[ -~&&[^`]]{0,100}") && !line.contains("]("));
  }

  @Test
  void everyNameInTheCodeAndOnThePagesIsOne() throws IOException {
    Pattern known = known();
    Set<String> strangers = new TreeSet<>();
    for (Path file : pagesAndSources()) {
      NAME.matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .filter(name -> !known.matcher(name).matches() && !NO_SETTINGS.contains(name))
          .forEach(name -> strangers.add(file.getFileName() + ": " + name));
    }
    assertThat(strangers).isEmpty();
  }

  /** Any slot's too. */
  private static Pattern known() {
    return Pattern.compile(
        Setting.variables(List.of("<SLOT>")).stream()
            .map(name -> name.replace("<SLOT>", "[A-Z0-9_]+"))
            .collect(Collectors.joining("|")));
  }

  private static List<Path> pagesAndSources() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"));
        Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      return Stream.concat(
              pages.filter(page -> page.toString().endsWith(".md")),
              sources.filter(source -> source.toString().endsWith(".java")))
          .toList();
    }
  }

  private static String table(MatchResult found) {
    Group group = Group.valueOf(found.group(2).toUpperCase(Locale.ROOT));
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.group() == group)
        .map(SettingsPageTest::row)
        .collect(
            Collectors.joining(
                "\n", "| variable | default | meaning |\n| --- | --- | --- |\n", "\n"));
  }

  private static String row(Setting setting) {
    String file = setting.isSecret() ? " (or `…_FILE`)" : "";
    return String.format(
        "| `%s`%s | %s | %s |",
        setting.variable(), file, setting.standardText(), setting.meaning());
  }
}
