package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns for people, fields for programs. */
class OutputTest {
  @ParameterizedTest
  @CsvSource({"ada, 3", "Größe, 5", "日本, 4", "e\u0301, 1", "a\u200db, 2", "😀, 2", "'', 0"})
  void columnsThatATextTakes(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({"adalovelace, 4, ada…", "ada, 3, ada", "日本語, 4, 日…", "日本語, 6, 日本語"})
  void whatDoesNotFitEndsInAnEllipsis(String text, int columns, String shown) {
    assertThat(DisplayWidth.fit(text, columns)).isEqualTo(shown);
  }

  private static String table(Map<String, String> environment, String terminals) {
    Person person = new Person(Path.of("/nonexistent")).at(terminals);
    environment.forEach(person::with);
    Surroundings around = person.around();
    new Output(around, false)
        .table(
            List.of("ID", "NAME", "NOTE"),
            List.of(List.of("1234567890", "日本", "n".repeat(30)), List.of("2", "a\tb", "")),
            "none");
    return person.written();
  }

  @Test
  void aTableIsAlignedAndAsWideAsTheTerminal() {
    assertThat(table(Map.of("COLUMNS", "40"), "o").lines())
        .containsExactly(
            "ID          NAME      NOTE",
            "1234567890  日本      nnnnnnnnnnnnnnnnn…",
            "2           a\\u0009b");
  }

  @Test
  void inAPipeItIsFieldsBetweenTabs() {
    assertThat(table(Map.of(), "").lines())
        .containsExactly("1234567890\t日本\t" + "n".repeat(30), "2\ta\\u0009b\t");
  }
}
