package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The style sheets and the script: open, and kept by browsers for a year. */
class AssetsTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void styleSheetsOfThePageAreKeptForAYear(Site site) {
    String page = site.get("/auth/login").browser().send().text();
    List<String> sheets =
        Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(sheets).hasSize(2).allMatch(s -> s.startsWith(site.path("/auth/assets/")));
    for (String sheet : sheets) {
      Answer answer = site.raw("GET", sheet).send();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/css");
      assertThat(answer.headers("Cache-Control"))
          .containsExactly("public, max-age=31536000, immutable");
      assertThat(answer.headers("X-Content-Type-Options")).containsExactly("nosniff");
      Answer head = site.raw("HEAD", sheet).send();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void scriptOfThePageIsKeptForAYear(Site site) {
    String page = site.get("/auth/login").browser().send().text();
    String script = page.replaceAll("(?s).*<script src=\"([^\"]+)\" defer></script>.*", "$1");
    assertThat(script).startsWith(site.path("/auth/assets/")).endsWith(".js");
    Answer answer = site.raw("GET", script).send();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/javascript");
    assertThat(answer.headers("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    assertThat(answer.headers("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.text()).contains("data-copy", "confirm");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void otherFilesAreNotThere(Site site) {
    for (String name :
        new String[] {"taskauth.css", "taskauth-000000000000.css", "x", "..%2e", "pico.css?x"}) {
      Answer answer = site.get("/auth/assets/" + name).send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(404);
      assertThat(answer.header("Cache-Control")).contains("no-store");
    }
  }
}
