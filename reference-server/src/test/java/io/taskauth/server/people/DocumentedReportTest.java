package io.taskauth.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.server.docs.DocumentedBlock;
import io.taskauth.store.InMemoryAuthStore;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The report that docs/task-dashboard.md shows is one that a file of that kind gets. */
class DocumentedReportTest {
  private static final String BCRYPT =
      "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde";

  @Test
  void reportOfThePageIsTheReport() throws Exception {
    try (Imports imports = new Imports(new InMemoryAuthStore())) {
      String before = lines(10, 12);
      assertThat(imports.run(Map.of("content", before))).startsWith("3 imported");
      assertThat(imports.run(Map.of("content", lines(2, 220))).strip())
          .isEqualTo(DocumentedBlock.text("run:import-report"));
    }
  }

  /** The lines of one file, from one number to another. */
  private static String lines(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(DocumentedReportTest::line)
        .collect(Collectors.joining("\n", "username,email,password_hash\n", "\n"));
  }

  private static String line(int number) {
    String name = "user" + number;
    return switch (number) {
      case 17 -> name + ",nobody at all,";
      case 102 -> name + ",," + BCRYPT;
      default -> name + "," + name + "@example.com," + (number > 180 ? "" : Imports.DJANGO);
    };
  }
}
