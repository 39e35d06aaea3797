package io.taskauth.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares what the steps of users and administrators cost in a DuckDB store with 100 of everything
 * and in one with 100 000.
 */
public final class StoreBenchmark {
  private static final int SMALL = 100;
  private static final int LARGE = 100_000;

  private StoreBenchmark() {}

  public static void main(String[] args) throws IOException, SQLException {
    Path directory = Files.createTempDirectory("taskauth-benchmark");
    try (FilledStore small = FilledStore.of(SMALL, directory);
        FilledStore large = FilledStore.of(LARGE, directory)) {
      Comparison compare = new Comparison(small, large);
      Reading.measure(compare);
      Writing.measure(compare);
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      deepestFirst.forEach(StoreBenchmark::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
