package io.taskauth.server.docs;

import java.util.Optional;

/** {@code run:name}: a test finds the block by that name, and runs it. */
record RunByATest(Repository repository) implements Proof {
  @Override
  public Optional<String> objection(Block block) {
    String marker = block.marker().orElseThrow().toString();
    return repository.isNamedInATest(marker)
        ? Optional.empty()
        : Optional.of("No test runs it: none has the text \"" + marker + "\".");
  }
}
