package io.taskauth.server.docs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dependency to copy has the coordinates and the version of a module that is here. */
record MavenDependency(Repository repository) implements Proof {
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*"
              + "<version>([^<]+)</version>\\s*(?:<scope>(?:test|runtime)</scope>\\s*)?"
              + "</dependency>\\s*");
  private static final Pattern PARENT_VERSION =
      Pattern.compile("<artifactId>taskauth-parent</artifactId>\\s*<version>([^<]+)</version>");

  @Override
  public Optional<String> objection(Block block) {
    Matcher dependency = DEPENDENCY.matcher(block.text());
    int end = 0;
    while (dependency.find() && dependency.start() == end) {
      end = dependency.end();
      String group = dependency.group(1);
      String module = dependency.group(2);
      if (!group.equals("io.taskauth") || !repository.has(module + "/pom.xml")) {
        return Optional.of("There is no module " + group + ":" + module + " here.");
      }
      Matcher version = PARENT_VERSION.matcher(repository.text("pom.xml"));
      if (!version.find() || !version.group(1).equals(dependency.group(3))) {
        return Optional.of("The version here is another one than " + dependency.group(3) + ".");
      }
    }
    return end > 0 && end == block.text().length()
        ? Optional.empty()
        : Optional.of(Proofs.unproved(block));
  }
}
