package io.taskauth.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the documentation shows is proved, and wherever it points there is something. */
class PagesTest {
  private static final Repository REPOSITORY = Repository.here();
  private static final List<Page> PAGES = REPOSITORY.pages();

  @Test
  void everyBlockIsProved() {
    Proof proofs = new Proofs(REPOSITORY);
    assertThat(PAGES).extracting(Page::path).contains("README.md", "docs/embedding.md");
    assertThat(
            PAGES.stream()
                .flatMap(page -> page.blocks().stream())
                .flatMap(
                    block ->
                        proofs.objection(block).stream().map(why -> block.place() + ": " + why)))
        .isEmpty();
  }

  @Test
  void everyLinkLeadsSomewhere() {
    Links links = new Links(REPOSITORY, PAGES);
    assertThat(PAGES.stream().flatMap(page -> links.broken(page).stream())).isEmpty();
  }

  @Test
  void everyPageIsInTheIndex() {
    Links links = new Links(REPOSITORY, PAGES);
    String index = REPOSITORY.has("docs/README.md") ? "docs/README.md" : "README.md";
    List<String> listed =
        PAGES.stream()
            .filter(page -> page.path().equals(index))
            .flatMap(page -> links.targets(page).stream())
            .toList();
    assertThat(new TreeSet<>(listed))
        .as("what %s links to", index)
        .containsAll(
            Stream.concat(PAGES.stream().map(Page::path), Stream.of("docs/openapi.yaml"))
                .filter(path -> path.startsWith("docs/") && !path.equals(index))
                .toList());
  }
}
