package io.taskauth.server.docs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The two programs of this project, started by one line each: the Maven wrapper, with phases that
 * there are and profiles that are here, and the server's jar, with the arguments that it takes.
 */
record OwnCommands(Repository repository) implements Proof {
  private static final String ARGUMENT =
      "reference-server/src/main/java/io/taskauth/server/LetIn.java";
  private static final Set<String> KNOWN_TO_MAVEN =
      Set.of("clean", "compile", "test", "package", "verify", "install", "-q", "-DskipTests");

  @Override
  public Optional<String> objection(Block block) {
    List<String> lines = block.text().lines().map(String::strip).toList();
    if (lines.stream().allMatch(line -> line.startsWith("./mvnw "))) {
      return lines.stream()
          .flatMap(line -> Stream.of(line.split(" +")).skip(1))
          .filter(word -> !isKnownToMaven(word))
          .map(word -> "Nobody here knows '" + word + "'; a test has to run it, then.")
          .findFirst();
    }
    if (lines.size() == 1 && lines.get(0).startsWith("java -jar ")) {
      return isOurServer(List.of(lines.get(0).substring("java -jar ".length()).split(" +")))
          ? Optional.empty()
          : Optional.of("That is not how the server is started.");
    }
    return Optional.of(Proofs.unproved(block));
  }

  private boolean isKnownToMaven(String word) {
    return KNOWN_TO_MAVEN.contains(word)
        || (word.startsWith("-P")
            && repository.text("pom.xml").contains("<id>" + word.substring(2) + "</id>"));
  }

  private boolean isOurServer(List<String> words) {
    String jar = words.get(0).replaceFirst("^reference-server/target/", "");
    boolean built =
        jar.endsWith(".jar")
            && repository
                .text("reference-server/pom.xml")
                .contains("<finalName>" + jar.replaceFirst("\\.jar$", "") + "</finalName>");
    boolean understood =
        words.size() == 1
            || (words.size() == 3
                && repository.text(ARGUMENT).contains('"' + words.get(1) + '"')
                && words.get(2).matches("\\w+"));
    return built && understood;
  }
}
