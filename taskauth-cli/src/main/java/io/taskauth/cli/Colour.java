package io.taskauth.cli;

import java.util.Locale;

/** When to colour what is shown. */
enum Colour {
  AUTO,
  ALWAYS,
  NEVER;

  boolean on(Surroundings around) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          around.terminal().shows()
              && around.variable("NO_COLOR").isEmpty()
              && !around.variable("TERM").orElse("dumb").equals("dumb");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
