package io.taskauth.server.people;

import io.taskauth.server.task.BadArgumentsException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file of users, read and not yet checked.
 *
 * @param format what it was read as
 * @param unit what its parts are called: lines or entries
 * @param ignored names of what nothing is made of
 */
record UserFile(String format, String unit, List<Candidate> candidates, Set<String> ignored) {
  static final String CSV = "csv";
  static final String DJANGO = "django";
  static final String JSON = "json";
  static final List<String> FORMATS = List.of(CSV, DJANGO, JSON);

  /** What else stands where a name should may be a secret, and is not repeated. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_ -]{0,39}");

  private static final String PASSWORDS_IN_CLEAR =
      "This file has passwords in clear ('password'), and none of it was imported: passwords do not"
          + " belong in files. Take them out, and send links for choosing one instead.";

  /**
   * @param format what it is; where that is not said, it follows from how the file begins
   * @throws BadArgumentsException where it is no such file, or has passwords in clear
   */
  static UserFile read(String content, Optional<String> format) {
    String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
    boolean json = format.map(f -> !f.equals(CSV)).orElseGet(() -> looksLikeJson(text));
    return json ? JsonUsers.read(text, format) : CsvUsers.read(text);
  }

  private static boolean looksLikeJson(String text) {
    String begin = text.stripLeading();
    return begin.startsWith("[") || begin.startsWith("{");
  }

  /** The column of that name; empty, and noted, where there is none. */
  static Optional<Column> column(String name, Set<String> ignored) {
    if (name.equals("password")) {
      throw new BadArgumentsException(PASSWORDS_IN_CLEAR);
    }
    Optional<Column> column = Column.ofCode(name);
    if (column.isEmpty()) {
      ignore(name, ignored);
    }
    return column;
  }

  static void ignore(String name, Set<String> ignored) {
    ignored.add(NAME.matcher(name).matches() ? name : "(one with an unusual name)");
  }
}
