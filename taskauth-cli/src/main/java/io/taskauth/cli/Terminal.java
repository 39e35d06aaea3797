package io.taskauth.cli;

import java.util.Optional;

/** The person at the other end of the three streams, if there is one. */
interface Terminal {
  /** Whether standard input is a terminal, so that somebody can be asked. */
  boolean asks();

  /** Whether standard output is a terminal, so that colours and columns make sense. */
  boolean shows();

  int width();

  /**
   * What is typed after the prompt; empty at the end of input.
   *
   * @throws Failure where nobody can be asked
   */
  Optional<String> ask(String prompt);

  /**
   * As {@link #ask}, and what is typed does not show.
   *
   * @throws Failure where it would show
   */
  Optional<Secret> askHidden(String prompt);
}
