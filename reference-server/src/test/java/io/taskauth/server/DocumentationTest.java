package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation shows code that runs, links that lead somewhere, and every setting. */
class DocumentationTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK =
      Pattern.compile("<!-- code:(\\w+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile(" *// docs:begin (\\w+)\\n(.*?) *// docs:end \\1\\n", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  @Test
  void everyCodeBlockStandsInATest() throws IOException {
    Map<String, String> regions = new HashMap<>();
    for (Path source : files("glob:**/src/test/**.java")) {
      Matcher region = REGION.matcher(Files.readString(source));
      while (region.find()) {
        regions.put(region.group(1), region.group(2).stripTrailing().stripIndent());
      }
    }
    List<String> shown = new ArrayList<>();
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        shown.add(block.group(1));
        assertThat(block.group(2).strip())
            .as(page + ", " + block.group(1))
            .isEqualTo(regions.get(block.group(1)));
      }
    }
    assertThat(shown)
        .contains(
            "readme", "jetty", "tomcat", "store", "who", "options", "lambda", "ldap", "contract")
        .contains("mailer", "audit", "scopes", "hasscope")
        .contains("tokenroutes", "servicetoken", "workload", "child")
        .contains("bind", "bindsocket", "websocket", "metrics")
        .contains("google", "github", "openid", "forge")
        .contains("receiver", "webhooks", "publish", "owntask");
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        assertThat(page.resolveSibling(link.group(1))).exists();
      }
    }
  }

  @Test
  void everySettingOfTheServerIsDocumented() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/configuration.md"));
    assertThat(ServerConfig.KNOWN)
        .allSatisfy(
            name ->
                assertThat(page)
                    .contains(name.endsWith("_FILE") ? name.replace("_FILE", "") : name));
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = files("glob:**/docs/*.md");
    pages.add(ROOT.resolve("README.md"));
    assertThat(pages.size()).isGreaterThan(5);
    return pages;
  }

  private static List<Path> files(String pattern) throws IOException {
    var matcher = ROOT.getFileSystem().getPathMatcher(pattern);
    try (Stream<Path> all = Files.walk(ROOT)) {
      return new ArrayList<>(
          all.filter(path -> !path.toString().contains("/target/"))
              .filter(matcher::matches)
              .sorted()
              .toList());
    }
  }
}
