package io.taskauth.server.docs;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** {@code file:path}: the lines of the block stand so in that file, whatever their indentation. */
record PartOfAFile(Repository repository) implements Proof {
  @Override
  public Optional<String> objection(Block block) {
    String path = block.marker().orElseThrow().name();
    if (path.contains("..") || !repository.has(path)) {
      return Optional.of("There is no such file.");
    }
    return Collections.indexOfSubList(lines(repository.text(path)), lines(block.text())) >= 0
        ? Optional.empty()
        : Optional.of("The file has no such lines.");
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).toList();
  }
}
