package io.taskauth.server.docs;

import java.util.Optional;

/** One way in which a block can be proved. */
@FunctionalInterface
interface Proof {
  /** What is wrong with the block, as a sentence that says what to do; empty where it is proved. */
  Optional<String> objection(Block block);
}
