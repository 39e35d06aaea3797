package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.FileModelSource;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.building.ModelSource2;
import org.apache.maven.model.resolution.ModelResolver;
import org.apache.maven.model.resolution.UnresolvableModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Maven Central asks of each module, and what the applications that use them get. */
class PublishedPomsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** What is no library. */
  private static final Set<String> NOT_TO_DEPEND_ON =
      Set.of("taskauth-bom", "taskauth-cli", "reference-server");

  @Test
  void everyModuleSaysWhatMavenCentralAsks() throws Exception {
    for (String module : modules()) {
      Model model = withParents(ROOT.resolve(module).resolve("pom.xml"));
      assertThat(model.getName()).as(module).isEqualTo(module);
      assertThat(model.getDescription()).as(module).hasSizeGreaterThan(20).endsWith(".");
      assertThat(model.getUrl()).as(module).isEqualTo("https://github.com/taskauth/taskauth");
      assertThat(model.getScm().getUrl()).as(module).isEqualTo(model.getUrl());
      assertThat(model.getScm().getConnection()).as(module).endsWith("/taskauth/taskauth.git");
      assertThat(model.getScm().getDeveloperConnection()).as(module).endsWith("taskauth.git");
      assertThat(model.getLicenses())
          .as(module)
          .singleElement()
          .satisfies(licence -> assertThat(licence.getName()).isEqualTo("Apache-2.0"));
      assertThat(model.getDevelopers())
          .as(module)
          .isNotEmpty()
          .allSatisfy(developer -> assertThat(developer.getName()).isNotBlank());
    }
  }

  @Test
  void descriptionsAreTheirOwn() throws Exception {
    List<String> descriptions =
        Stream.concat(Stream.of(""), modules().stream())
            .map(module -> withParents(ROOT.resolve(module).resolve("pom.xml")).getDescription())
            .toList();
    assertThat(descriptions).doesNotHaveDuplicates();
  }

  @Test
  void applicationsThatImportTheBomNameNoVersions(@TempDir Path directory) throws Exception {
    List<String> libraries =
        modules().stream().filter(module -> !NOT_TO_DEPEND_ON.contains(module)).toList();
    Model application = application(directory.resolve("pom.xml"), libraries);
    String version = withParents(ROOT.resolve("pom.xml")).getVersion();
    assertThat(application.getDependencies())
        .hasSize(8)
        .extracting(Dependency::getArtifactId, Dependency::getVersion)
        .containsExactlyElementsOf(
            libraries.stream().map(module -> tuple(module, version)).toList());
    // The versions that this build is made with are for this build.
    assertThat(application.getDependencyManagement().getDependencies())
        .extracting(Dependency::getArtifactId)
        .containsExactlyInAnyOrderElementsOf(libraries);
  }

  private static List<String> modules() throws IOException {
    List<String> modules = withParents(ROOT.resolve("pom.xml")).getModules();
    assertThat(modules).contains("taskauth-core", "taskauth-bom");
    return modules;
  }

  /** The model as it is with what its parents say, and without what they import. */
  private static Model withParents(Path pom) {
    try {
      return build(
          new DefaultModelBuildingRequest()
              .setPomFile(pom.toFile())
              .setTwoPhaseBuilding(true)
              .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL));
    } catch (ModelBuildingException e) {
      throw new AssertionError(pom.toString(), e);
    }
  }

  private static Model application(Path pom, List<String> libraries) throws Exception {
    StringBuilder dependencies = new StringBuilder();
    libraries.forEach(
        library ->
            dependencies
                .append("<dependency><groupId>io.taskauth</groupId><artifactId>")
                .append(library)
                .append("</artifactId></dependency>"));
    Files.writeString(
        pom,
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>application</artifactId>
          <version>1</version>
          <dependencyManagement>
            <dependencies>
              <dependency>
                <groupId>io.taskauth</groupId>
                <artifactId>taskauth-bom</artifactId>
                <version>any</version>
                <type>pom</type>
                <scope>import</scope>
              </dependency>
            </dependencies>
          </dependencyManagement>
          <dependencies>%s</dependencies>
        </project>
        """
            .formatted(dependencies));
    return build(
        new DefaultModelBuildingRequest()
            .setPomFile(pom.toFile())
            .setModelResolver(new OnlyTheBom())
            .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_STRICT));
  }

  private static Model build(ModelBuildingRequest request) throws ModelBuildingException {
    return new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
  }

  /** A repository in which there is what this build publishes as the BOM, and nothing else. */
  private static final class OnlyTheBom implements ModelResolver {
    private static final File BOM = ROOT.resolve("taskauth-bom/target/published-pom.xml").toFile();

    @Override
    public ModelSource2 resolveModel(String groupId, String artifactId, String version)
        throws UnresolvableModelException {
      if (!artifactId.equals("taskauth-bom")) {
        throw new UnresolvableModelException("not asked for", groupId, artifactId, version);
      }
      return new FileModelSource(BOM);
    }

    @Override
    public ModelSource2 resolveModel(Dependency dependency) throws UnresolvableModelException {
      return resolveModel(
          dependency.getGroupId(), dependency.getArtifactId(), dependency.getVersion());
    }

    @Override
    public ModelSource2 resolveModel(Parent parent) throws UnresolvableModelException {
      return resolveModel(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
    }

    @Override
    public void addRepository(Repository repository) {}

    @Override
    public void addRepository(Repository repository, boolean replace) {}

    @Override
    public ModelResolver newCopy() {
      return this;
    }
  }
}
