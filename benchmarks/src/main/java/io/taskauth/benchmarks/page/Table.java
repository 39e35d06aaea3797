package io.taskauth.benchmarks.page;

import io.taskauth.benchmarks.Figures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A table of figures in Markdown: the named rows, those that were measured. */
final class Table {
  private final Figures figures;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final String first;

  private record Column(String heading, String key, String format, double factor) {}

  Table(Figures figures, String first) {
    this.figures = figures;
    this.first = first;
  }

  Table column(String heading, String key, String format) {
    return column(heading, key, format, 1);
  }

  Table column(String heading, String key, String format, double factor) {
    columns.add(new Column(heading, key, format, factor));
    return this;
  }

  Table row(String label, String row) {
    List<String> cells = new ArrayList<>(List.of(label));
    boolean any = false;
    for (Column column : columns) {
      OptionalDouble number = figures.number(row, column.key());
      any |= number.isPresent();
      cells.add(
          number.isPresent()
              ? String.format(Locale.ROOT, column.format(), number.getAsDouble() * column.factor())
              : "");
    }
    if (any) {
      lines.add(line(cells));
    }
    return this;
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  List<String> lines() {
    if (lines.isEmpty()) {
      return List.of("Not measured yet.");
    }
    List<String> headings = new ArrayList<>(List.of(first));
    columns.forEach(column -> headings.add(column.heading()));
    List<String> rules = new ArrayList<>(List.of("---"));
    rules.addAll(Collections.nCopies(columns.size(), "---:"));
    List<String> all = new ArrayList<>(List.of(line(headings), line(rules)));
    all.addAll(lines);
    return all;
  }
}
