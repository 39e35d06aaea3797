package io.taskauth.server.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not proved is refused, with a sentence that says what to do. */
class ProofsTest {
  private static final Repository REPOSITORY = Repository.here();
  private static final Proof PROOFS = new Proofs(REPOSITORY);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | echo | Say after the fence what language it is",
        "'' | java | int x; | between '// docs:begin name'",
        "'' | shell | curl -s $SERVER | DocumentedBlock.text",
        "'' | text | anything | DocumentedBlock.text",
        "'' | nginx | server {} | file:path/of/a/file",
        "'' | klingon | Qapla | DocumentedBlock.text",
        "'' | json | {} | schema:Name",
        "cod:jetty | java | int x; | There is no marker of this kind",
        "code:no-such-region | java | int x; | No test has a region of that name.",
        "code:readme | java | int x; | It is not what the test runs, which is:",
        "run:no-such-test | shell | true | No test runs it",
        "file:no/such/file | text | x | There is no such file.",
        "file:../main/pom.xml | xml | <project | There is no such file.",
        "file:pom.xml | xml | <module>taskauth-none</module> | The file has no such lines.",
        "file:pom.xml | xml | <module>taskauth-core | The file has no such lines.",
        "'' | xml | <filter/> | DocumentedBlock.text",
        "'' | yaml | 'a: 1\na: 2' | It is no YAML",
        "'' | yaml | 'a: [1' | It is no YAML",
        "'' | yaml | words | nothing but words",
        "'' | shell | ./mvnw -Pno-such-profile | Nobody here knows",
        "'' | shell | ./mvnw verfy | Nobody here knows",
        "'' | shell | java -jar another.jar | not how the server is started",
        "'' | shell | java -jar taskauth-server.jar --let-out ada | not how the server is started",
        "'' | shell | './mvnw verify\nrm -rf x' | DocumentedBlock.text",
        "'' | mermaid | pie | A diagram begins with one of",
        "'' | mermaid | 'sequenceDiagram\nparticipant A\nA->>B: hi' | no participant",
        "'' | mermaid | 'sequenceDiagram\nparticipant A\nA=>A: hi' | Not a line of a sequence",
        "'' | mermaid | 'sequenceDiagram\nparticipant A\nalt x\nA->>A: hi' | has its 'end'",
        "'' | mermaid | 'flowchart LR\nA[one --> B' | left open",
        "schema:NoSuch | json | {} | no schema of that name",
        "schema:Ok | json | {\"ok\": true,} | It is no JSON",
        "schema:Ok | json | {\"ok\": 1} | is no boolean",
        "schema:Ok | json | {} | is missing",
        "schema:Ok | json | {\"ok\": true, \"so\": 1} | The API knows no",
        "schema:Ok | json | {\"ok\": true, \"ok\": true} | It is no JSON"
      })
  void unprovedBlockIsRefused(String marker, String language, String text, String why) {
    String above = marker.isEmpty() ? "" : "<!-- " + marker + " -->\n";
    Page page = Page.read("page.md", above + "```" + language + "\n" + text + "\n```\n");
    assertThat(PROOFS.objection(page.blocks().get(0)).orElseThrow()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "io.taskauth, taskauth-none, ${v}, There is no module",
    "io.taskauthority, taskauth-core, ${v}, There is no module",
    "io.taskauth, taskauth-core, 0.0.1, The version here is another one"
  })
  void dependencyHasToBeHere(String group, String module, String version, String why) {
    String xml =
        "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
            .formatted(group, module, version);
    Page page = Page.read("page.md", "```xml\n" + xml + "\n```\n");
    assertThat(PROOFS.objection(page.blocks().get(0)).orElseThrow()).contains(why);
  }

  @Test
  void blockInAListIsReadWithoutItsIndentation() {
    Page page = Page.read("page.md", "1. This:\n\n   ```shell\n   ./mvnw verify\n   ```\n");
    assertThat(page.blocks().get(0).text()).isEqualTo("./mvnw verify");
    assertThat(PROOFS.objection(page.blocks().get(0))).isEmpty();
  }

  @Test
  void blockWithoutAnEndIsRefused() {
    assertThatThrownBy(() -> Page.read("page.md", "x\n```shell\ntrue\n"))
        .hasMessageContaining("page.md:2");
  }

  @Test
  void anchorsAreThoseOfGitHub() {
    Page page =
        Page.read(
            "page.md",
            "# The `web.xml`, plain\n## [Two](x.md) words_here\n## A\n## A\n```text\n# none\n```\n");
    assertThat(page.anchors())
        .containsExactlyInAnyOrder("the-webxml-plain", "two-words_here", "a", "a-1");
  }

  @ParameterizedTest
  @CsvSource({
    "[x](no-such-page.md), docs/page.md links to no-such-page.md",
    "[x](embedding.md#no-such-heading), embedding.md#no-such-heading",
    "[x](#no-such-heading), #no-such-heading",
    "![x](images/none.png), images/none.png",
    "'<img src=\"images/none.png\">', images/none.png",
    "[x](openapi.yaml#paths), openapi.yaml#paths"
  })
  void linkThatLeadsNowhereIsNamed(String written, String named) {
    Page page = Page.read("docs/page.md", written);
    assertThat(new Links(REPOSITORY, REPOSITORY.pages()).broken(page))
        .singleElement()
        .asString()
        .contains(named);
  }

  @Test
  void linkThatLeadsSomewhereIsNot() {
    Page page =
        Page.read(
            "docs/page.md",
            "# There\n[a](embedding.md#jetty-12) [b](#there) [c](../LICENSE) [d](https://x.example/y)"
                + " ![e](images/auth-login-light.png)");
    List<Page> pages = Stream.concat(REPOSITORY.pages().stream(), Stream.of(page)).toList();
    assertThat(new Links(REPOSITORY, pages).broken(page)).isEmpty();
  }
}
