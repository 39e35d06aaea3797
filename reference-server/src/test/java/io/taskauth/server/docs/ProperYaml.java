package io.taskauth.server.docs;

import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Other programs' YAML is at least YAML, and no key stands in it twice. */
final class ProperYaml implements Proof {
  @Override
  public Optional<String> objection(Block block) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    try {
      Object read = new Yaml(new SafeConstructor(strict)).load(block.text());
      return read instanceof String || read == null
          ? Optional.of("It is YAML of nothing but words.")
          : Optional.empty();
    } catch (YAMLException e) {
      return Optional.of("It is no YAML: " + e.getMessage());
    }
  }
}
