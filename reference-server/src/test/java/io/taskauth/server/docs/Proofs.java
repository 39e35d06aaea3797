package io.taskauth.server.docs;

import java.util.Map;
import java.util.Optional;

/**
 * Every block of the documentation is proved: by what its marker names, or, where there is none, by
 * what its language can be checked for. A new kind of marker or language is one line here.
 */
final class Proofs implements Proof {
  private final Map<String, Proof> byMarker;
  private final Map<String, Proof> byLanguage;

  Proofs(Repository repository) {
    this.byMarker =
        Map.of(
            "code", new SameAsRegion(repository),
            "run", new RunByATest(repository),
            "file", new PartOfAFile(repository),
            "schema", new AnswerOfTheApi(repository.text("docs/openapi.yaml")));
    this.byLanguage =
        Map.of(
            "xml", new MavenDependency(repository),
            "yaml", new ProperYaml(),
            "mermaid", new MermaidDiagram(),
            "shell", new OwnCommands(repository));
  }

  @Override
  public Optional<String> objection(Block block) {
    if (block.language().isEmpty()) {
      return Optional.of("Say after the fence what language it is, such as ```shell or ```text.");
    }
    if (block.marker().isEmpty()) {
      Proof proof = byLanguage.get(block.language());
      return proof == null ? Optional.of(unproved(block)) : proof.objection(block);
    }
    Proof proof = byMarker.get(block.marker().get().kind());
    return proof == null
        ? Optional.of("There is no marker of this kind, only " + byMarker.keySet() + ".")
        : proof.objection(block);
  }

  static String unproved(Block block) {
    return switch (block.language()) {
      case "java" ->
          "Put the code into a test, between '// docs:begin name' and '// docs:end name', and"
              + " '<!-- code:name -->' above the block.";
      case "json" ->
          "Put '<!-- schema:Name -->' above the block, with the schema of docs/openapi.yaml that it"
              + " is an example of, or let a test use it ('<!-- run:name -->').";
      default ->
          "Let a test run it, found with DocumentedBlock.text(\"run:name\"), and put"
              + " '<!-- run:name -->' above the block; or '<!-- file:path/of/a/file -->' where it is"
              + " a part of a file that a test uses.";
    };
  }
}
