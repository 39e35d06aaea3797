package io.taskauth.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows results: columns and colours for a person, a line of tab-separated fields for a program.
 * Whatever text comes from the server passes through {@link VisibleText} here.
 */
final class Output {
  /** Below this a column says nothing any more. */
  private static final int NARROWEST = 8;

  private static final String GAP = "  ";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private final boolean coloured;

  Output(Surroundings around, boolean coloured) {
    this.out = around.out();
    this.err = around.err();
    this.terminal = around.terminal();
    this.coloured = coloured;
  }

  /** A result as one line. */
  void line(String text) {
    out.println(VisibleText.of(text));
  }

  /** What goes with a result but is none: kept out of pipes. */
  void note(String text) {
    err.println(VisibleText.of(text));
  }

  void json(Object value) {
    out.println(Json.pretty(value));
  }

  /** A name and a value on each line. */
  void facts(List<List<String>> facts) {
    List<List<String>> shown =
        facts.stream().filter(fact -> !terminal.shows() || !fact.get(1).isEmpty()).toList();
    if (!terminal.shows()) {
      shown.forEach(this::fields);
      return;
    }
    List<List<String>> safe = visible(shown);
    int width = safe.stream().mapToInt(fact -> DisplayWidth.of(fact.get(0))).max().orElse(0);
    safe.forEach(fact -> out.println(bold(padded(fact.get(0), width)) + GAP + fact.get(1)));
  }

  /** One line a row; the columns' names only for a person. */
  void table(List<String> names, List<List<String>> rows, String none) {
    if (!terminal.shows()) {
      rows.forEach(this::fields);
      return;
    }
    if (rows.isEmpty()) {
      note(none);
      return;
    }
    List<List<String>> all = new ArrayList<>();
    all.add(names);
    all.addAll(visible(rows));
    int[] widths = widths(all);
    out.println(bold(row(names, widths)));
    all.subList(1, all.size()).forEach(row -> out.println(row(row, widths)));
  }

  private void fields(List<String> row) {
    out.println(String.join("\t", row.stream().map(VisibleText::of).toList()));
  }

  private static List<List<String>> visible(List<List<String>> rows) {
    return rows.stream().map(row -> row.stream().map(VisibleText::of).toList()).toList();
  }

  /**
   * As wide as they need to be; where that is too much, the widest give way. The first, what the
   * row is called by, does not.
   */
  private int[] widths(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], DisplayWidth.of(row.get(column)));
      }
    }
    int excess = GAP.length() * (columns - 1) - terminal.width();
    for (int width : widths) {
      excess += width;
    }
    while (excess > 0) {
      int widest = 1;
      for (int column = 2; column < columns; column++) {
        widest = widths[column] > widths[widest] ? column : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  private static String row(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(column == 0 ? "" : GAP)
          .append(padded(DisplayWidth.fit(cells.get(column), widths[column]), widths[column]));
    }
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - DisplayWidth.of(text)));
  }

  private String bold(String text) {
    return coloured ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /** A moment: for a person in their own time zone and to the minute, for a program as it came. */
  String moment(JsonObject of, String name) {
    Optional<Instant> instant = of.instant(name);
    return terminal.shows() && instant.isPresent()
        ? local(instant.get())
        : of.text(name).orElse("");
  }

  static String local(Instant instant) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")
        .format(instant.atZone(ZoneId.systemDefault()));
  }
}
