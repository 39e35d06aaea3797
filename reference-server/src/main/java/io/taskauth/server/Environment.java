package io.taskauth.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The environment variables, read strictly: what makes no sense is refused by name.
 *
 * @param slot as it is spelt in the variables of one identity provider; empty where none is read
 */
record Environment(Map<String, String> variables, String slot) {
  Environment(Map<String, String> variables) {
    this(variables, "");
  }

  /** The variables of one identity provider. */
  Environment ofSlot(String spelt) {
    return new Environment(variables, spelt);
  }

  /** What the operator calls a setting, to complain about it. */
  String name(Setting setting) {
    return setting.variable(slot);
  }

  /** Whether the operator has said anything, be it in a file. */
  boolean isSet(Setting setting) {
    return given(name(setting)).isPresent()
        || (setting.isSecret() && given(Setting.fileOf(name(setting))).isPresent());
  }

  /**
   * The value without the white space around it, or what holds where it is not set, or set to
   * nothing.
   */
  Optional<String> text(Setting setting) {
    return given(name(setting)).or(setting::standard);
  }

  List<String> list(Setting setting) {
    return text(setting).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  Optional<Path> path(Setting setting) {
    try {
      return text(setting).map(value -> Path.of(value).toAbsolutePath());
    } catch (InvalidPathException e) {
      throw new ConfigException(name(setting), "is no path of this system: '" + e.getInput() + "'");
    }
  }

  Optional<URI> uri(Setting setting) {
    try {
      return text(setting).map(URI::create);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name(setting), "is no address: '" + text(setting).orElse("") + "'");
    }
  }

  int integer(Setting setting, int min, int max) {
    String value = text(setting).orElseThrow();
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    throw new ConfigException(
        name(setting), "must be a number from " + min + " to " + max + ", not '" + value + "'");
  }

  boolean oneOf(Setting setting, String yes, String no) {
    String value = text(setting).orElseThrow();
    if (value.equals(yes) || value.equals(no)) {
      return value.equals(yes);
    }
    throw new ConfigException(
        name(setting), "must be '" + yes + "' or '" + no + "', not '" + value + "'");
  }

  Optional<Duration> duration(Setting setting) {
    try {
      return text(setting).map(Duration::parse);
    } catch (DateTimeParseException e) {
      throw new ConfigException(
          name(setting),
          "must be an ISO-8601 duration such as PT12H or P7D, not '"
              + text(setting).orElse("")
              + "'");
    }
  }

  /** A secret that stands in the variable itself or in the file that {@code <name>_FILE} names. */
  Optional<String> secret(Setting setting) {
    String name = name(setting);
    Optional<String> direct = given(name);
    Optional<String> file = given(Setting.fileOf(name));
    if (direct.isPresent() && file.isPresent()) {
      throw new ConfigException(name, "is set, and so is " + name + "_FILE; set one of them");
    }
    if (file.isEmpty()) {
      return direct.or(setting::standard);
    }
    try {
      return Optional.of(Files.readString(Path.of(file.get())).strip());
    } catch (IOException e) {
      throw new ConfigException(Setting.fileOf(name), "cannot read '" + file.get() + "': " + e);
    }
  }

  private Optional<String> given(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
