package io.taskauth.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where this user's sign-in is kept. */
final class ConfigDirectory {
  private ConfigDirectory() {}

  static Path of(Surroundings around) {
    try {
      return around
          .variable("TASKAUTH_CONFIG_DIR")
          .map(Path::of)
          .orElseGet(
              () ->
                  around
                      .variable("XDG_CONFIG_HOME")
                      .map(Path::of)
                      // The XDG specification: a relative path is to be ignored.
                      .filter(Path::isAbsolute)
                      .orElseGet(() -> around.home().resolve(".config"))
                      .resolve("taskauth"));
    } catch (InvalidPathException e) {
      throw new WrongUsage("TASKAUTH_CONFIG_DIR or XDG_CONFIG_HOME is no path");
    }
  }
}
