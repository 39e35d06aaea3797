package io.taskauth.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** All that the program has from outside but its arguments. */
record Surroundings(
    Map<String, String> environment,
    Path home,
    Input in,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal) {

  /** A variable of the environment; an empty one counts as not set. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
