package io.taskauth.server.docs;

import java.util.Optional;

/** {@code code:name}: the block is, to the letter, a region of a test. */
record SameAsRegion(Repository repository) implements Proof {
  @Override
  public Optional<String> objection(Block block) {
    String region = repository.region(block.marker().orElseThrow().name());
    if (region == null) {
      return Optional.of("No test has a region of that name.");
    }
    return region.equals(block.text())
        ? Optional.empty()
        : Optional.of("It is not what the test runs, which is:\n" + region);
  }
}
