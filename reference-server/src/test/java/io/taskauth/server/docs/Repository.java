package io.taskauth.server.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of this project: its pages, and the tests that prove them. Read once. */
final class Repository {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", "data");
  private static final Pattern REGION =
      Pattern.compile(" *// docs:begin ([\\w-]+)\\n(.*?) *// docs:end \\1\\n", Pattern.DOTALL);

  private final Path root;
  private final List<Path> files;
  private final Map<String, String> regions = new HashMap<>();
  private final List<String> tests = new ArrayList<>();

  private Repository(Path root) {
    this.root = root;
    this.files = walk(root);
    for (Path file : files) {
      String name = root.relativize(file).toString().replace('\\', '/');
      if (name.contains("/src/test/") && name.endsWith(".java")) {
        readTest(text(file));
      }
    }
  }

  /** This one: tests run in the directory of a module. */
  static Repository here() {
    return new Repository(Path.of("").toAbsolutePath().getParent());
  }

  private void readTest(String source) {
    tests.add(source);
    Matcher region = REGION.matcher(source);
    while (region.find()) {
      String earlier =
          regions.put(region.group(1), region.group(2).stripTrailing().stripIndent().strip());
      if (earlier != null) {
        throw new IllegalStateException("two regions are called " + region.group(1));
      }
    }
  }

  /** README.md and what stands beside it, and everything in docs. */
  List<Page> pages() {
    return files.stream()
        .filter(file -> file.toString().endsWith(".md"))
        .filter(
            file -> file.getParent().equals(root) || file.getParent().equals(root.resolve("docs")))
        .map(file -> Page.read(root.relativize(file).toString().replace('\\', '/'), text(file)))
        .toList();
  }

  /** What a test has between {@code docs:begin} and {@code docs:end}; null where none has. */
  String region(String name) {
    return regions.get(name);
  }

  /** Whether a test of any module has this text as a literal. */
  boolean isNamedInATest(String text) {
    return tests.stream().anyMatch(test -> test.contains('"' + text + '"'));
  }

  boolean has(String path) {
    return Files.exists(root.resolve(path).normalize());
  }

  /** The text of a file. */
  String text(String path) {
    return text(root.resolve(path));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> walk(Path root) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused) {
              return NOT_OURS.contains(directory.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes unused) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }
}
