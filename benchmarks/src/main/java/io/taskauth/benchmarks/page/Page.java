package io.taskauth.benchmarks.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.benchmarks.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A page of the docs, with places for figures between two comments each. */
final class Page {
  private final Path file;
  private String text;

  private Page(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  static Page of(String name) {
    Path file = Figures.repository().resolve("docs").resolve(name);
    try {
      return new Page(file, Files.readString(file, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a kind of store is called in prose. */
  static String label(String store) {
    return switch (store) {
      case "memory" -> "memory";
      case "duckdb" -> "DuckDB";
      case "postgresql" -> "PostgreSQL";
      default -> "Redis";
    };
  }

  Page put(String place, List<String> lines) {
    String begin = "<!-- figures:" + place + " begin -->";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- figures:" + place + " end -->");
    if (from < begin.length() || to < from) {
      throw new IllegalStateException(file + " has no place for figures:" + place);
    }
    text = text.substring(0, from) + "\n" + String.join("\n", lines) + "\n" + text.substring(to);
    return this;
  }

  /** The same followed by what it was measured with. */
  Page put(String place, Table table, Figures figures) {
    List<String> lines = new ArrayList<>(table.lines());
    if (!figures.about().isEmpty()) {
      lines.add("");
      lines.add(sentence(figures.about()));
    }
    return put(place, lines);
  }

  private static String sentence(Map<String, String> about) {
    List<String> programs = new ArrayList<>();
    programs.add("Java " + about.get("java"));
    for (String program : List.of("jetty", "postgresql", "redis", "duckdb")) {
      if (about.containsKey(program)) {
        String name = program.equals("jetty") ? "Jetty" : label(program);
        programs.add(name + " " + about.get(program));
      }
    }
    return about.get("date")
        + ", "
        + about.get("processors")
        + " processors, "
        + about.get("memory")
        + ", "
        + about.get("system")
        + ";\n"
        + String.join(", ", programs)
        + ".";
  }

  void save() {
    try {
      Files.writeString(file, text, UTF_8);
      System.out.println("written to " + file.normalize());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
