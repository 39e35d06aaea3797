package io.taskauth.server.people;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.taskauth.server.task.BadArgumentsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Comma-separated values (RFC 4180) whose first line names the columns. */
final class CsvUsers {
  private CsvUsers() {}

  static UserFile read(String text) {
    List<CsvRecord> records = records(text);
    Set<String> ignored = new TreeSet<>();
    List<Optional<Column>> columns =
        columns(records.isEmpty() ? List.of() : records.get(0).getFields(), ignored);
    List<Candidate> candidates =
        records.stream().skip(1).map(line -> candidate(line, columns)).toList();
    return new UserFile(UserFile.CSV, "line", candidates, ignored);
  }

  private static List<CsvRecord> records(String text) {
    List<CsvRecord> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .skipEmptyLines(true)
            // They are counted here, so that such a line spoils no other.
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(text)) {
      for (CsvRecord line : reader) {
        records.add(line);
      }
    } catch (CsvParseException e) {
      // Where a quote is missing, nobody knows any more where lines begin.
      String where =
          records.isEmpty()
              ? "in its first line"
              : "after line " + records.get(records.size() - 1).getStartingLineNumber();
      throw new BadArgumentsException(
          "The quotes of 'content' do not match " + where + ", and none of it was imported.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  private static List<Optional<Column>> columns(List<String> header, Set<String> ignored) {
    List<Optional<Column>> columns =
        header.stream()
            .map(name -> UserFile.column(name.strip().toLowerCase(Locale.ROOT), ignored))
            .toList();
    List<Column> known = columns.stream().flatMap(Optional::stream).toList();
    if (!known.contains(Column.USERNAME)) {
      throw new BadArgumentsException(
          "The first line of 'content' must name the columns, with commas between them, and one of"
              + " them 'username'.");
    }
    if (known.stream().distinct().count() < known.size()) {
      throw new BadArgumentsException("The first line of 'content' names a column twice.");
    }
    return columns;
  }

  private static Candidate candidate(CsvRecord line, List<Optional<Column>> columns) {
    int number = (int) line.getStartingLineNumber();
    if (line.getFieldCount() != columns.size()) {
      return Candidate.bad(
          number,
          "It has another number of fields than the first line: "
              + line.getFieldCount()
              + " instead of "
              + columns.size()
              + ".");
    }
    Map<Column, String> values = new EnumMap<>(Column.class);
    for (int i = 0; i < columns.size(); i++) {
      String value = line.getField(i).strip();
      if (!value.isEmpty()) {
        columns.get(i).ifPresent(column -> values.put(column, value));
      }
    }
    return new Candidate(number, values, false, null);
  }
}
