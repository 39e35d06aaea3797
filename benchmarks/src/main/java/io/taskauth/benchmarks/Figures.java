package io.taskauth.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run has measured, and where: {@code benchmarks/results/NAME.properties}, one line for each
 * figure as {@code row.column=number}, in the order in which they were measured.
 */
public final class Figures {
  private static final String ABOUT = "about.";

  private final Map<String, String> about = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();

  /** With what there is to know of the machine. */
  public static Figures here(List<String> addresses) {
    Figures figures = new Figures();
    figures.about.putAll(Surroundings.of(addresses));
    return figures;
  }

  /** Where the results are. */
  public static Path directory() {
    return repository().resolve("benchmarks").resolve("results");
  }

  /** The directory with README.md and docs. */
  public static Path repository() {
    return Path.of(System.getProperty("bench.directory", "."));
  }

  /** What was saved under that name; empty where nothing was. */
  public static Figures load(String name) {
    Figures figures = new Figures();
    Path file = directory().resolve(name + ".properties");
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        int equals = line.indexOf('=');
        String key = line.substring(0, equals);
        String value = line.substring(equals + 1);
        if (key.startsWith(ABOUT)) {
          figures.about.put(key.substring(ABOUT.length()), value);
        } else {
          figures.numbers.put(key, Double.valueOf(value));
        }
      }
      return figures;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void put(String row, String column, double number) {
    numbers.put(row + "." + column, number);
  }

  /** Empty where that was not measured. */
  public OptionalDouble number(String row, String column) {
    Double number = numbers.get(row + "." + column);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  /** In the order in which they were measured. */
  public List<String> rows() {
    return numbers.keySet().stream()
        .map(key -> key.substring(0, key.lastIndexOf('.')))
        .distinct()
        .toList();
  }

  /** The machine and the programs, by what they are. */
  public Map<String, String> about() {
    return about;
  }

  public void save(String name) {
    List<String> lines = new ArrayList<>();
    about.forEach((key, value) -> lines.add(ABOUT + key + "=" + value));
    numbers.forEach((key, number) -> lines.add(key + "=" + text(number)));
    try {
      Files.createDirectories(directory());
      Path file = directory().resolve(name + ".properties");
      Files.write(file, lines, UTF_8);
      System.out.println("written to " + file.normalize());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }
}
