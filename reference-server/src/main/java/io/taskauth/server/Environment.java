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

/** The environment variables, read strictly: what makes no sense is refused by name. */
record Environment(Map<String, String> variables) {
  /** The value without the white space around it; empty where it is not set, or set to nothing. */
  Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  List<String> list(String name) {
    return text(name).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  Optional<Path> path(String name) {
    try {
      return text(name).map(value -> Path.of(value).toAbsolutePath());
    } catch (InvalidPathException e) {
      throw new ConfigException(name, "is no path of this system: '" + e.getInput() + "'");
    }
  }

  Optional<URI> uri(String name) {
    try {
      return text(name).map(URI::create);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name, "is no address: '" + text(name).orElse("") + "'");
    }
  }

  int integer(String name, int otherwise, int min, int max) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    throw new ConfigException(
        name, "must be a number from " + min + " to " + max + ", not '" + value.get() + "'");
  }

  boolean oneOf(String name, boolean otherwise, String yes, String no) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get().equals(yes) || value.get().equals(no)) {
      return value.get().equals(yes);
    }
    throw new ConfigException(
        name, "must be '" + yes + "' or '" + no + "', not '" + value.get() + "'");
  }

  Optional<Duration> duration(String name) {
    try {
      return text(name).map(Duration::parse);
    } catch (DateTimeParseException e) {
      throw new ConfigException(
          name,
          "must be an ISO-8601 duration such as PT12H or P7D, not '" + text(name).orElse("") + "'");
    }
  }

  /** A secret that stands in the variable itself or in the file that {@code <name>_FILE} names. */
  Optional<String> secret(String name) {
    Optional<String> direct = text(name);
    Optional<String> file = text(name + "_FILE");
    if (direct.isPresent() && file.isPresent()) {
      throw new ConfigException(name, "is set, and so is " + name + "_FILE; set one of them");
    }
    if (file.isEmpty()) {
      return direct;
    }
    try {
      return Optional.of(Files.readString(Path.of(file.get())).strip());
    } catch (IOException e) {
      throw new ConfigException(name + "_FILE", "cannot read '" + file.get() + "': " + e);
    }
  }
}
