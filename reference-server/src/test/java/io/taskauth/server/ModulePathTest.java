package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** taskauth as named modules, in the module path of a JVM of its own. */
class ModulePathTest {
  private static final Path SOURCES = Path.of("src/test/modules");
  private static final Pattern PACKAGE = Pattern.compile("package (io\\.taskauth\\.[a-z.]+) is");

  /** Of all that the tests have, what a host with these modules has. */
  private static final Pattern OF_A_HOST =
      Pattern.compile(
          ".*[/\\\\](taskauth-(core|servlet|store-\\w+)[/\\\\-].*|jspecify-.*|slf4j-.*"
              + "|jackson-(core|databind|annotations)-.*|jjwt-.*|argon2-.*|jna-.*|caffeine-.*"
              + "|jte-.*|jdbi3-.*|geantyref-.*|duckdb_.*|postgresql-.*|HikariCP-.*|jedis-.*"
              + "|commons-pool2-.*|json-2.*|gson-.*|redis-authx-core-.*|jakarta\\.servlet-api-.*"
              + "|jetty-(ee10-servlet|server|http|io|util|security|session)-.*)");

  private static final Predicate<String> JJWT = Pattern.compile("jjwt-").asPredicate();

  @TempDir static Path directory;

  @BeforeAll
  static void hostNamesWhatIsMeantForIt() throws IOException {
    assertThat(compile("host", jars(file -> true))).isEmpty();
  }

  @Test
  void hostsSignPeopleInOverEveryStore() throws Exception {
    String said =
        run(
            jars(file -> true),
            "",
            "duckdb",
            SharedStores.POSTGRES.freshAddress(),
            SharedStores.REDIS.freshAddress());
    assertThat(said.lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("201 200 {").contains("\"ada\""));
  }

  /** Where Maven leaves it, as no module requires it by name. */
  @Test
  void jjwtMayLieOnTheClassPath() throws Exception {
    assertThat(run(jars(JJWT.negate()), jars(JJWT), "duckdb")).startsWith("201 200 {");
  }

  @Test
  void innerPackagesCannotBeNamed() throws IOException {
    assertThat(
            compile("intruder", jars(file -> true)).stream()
                .map(problem -> PACKAGE.matcher(problem.getMessage(null)))
                .filter(Matcher::find)
                .map(found -> found.group(1)))
        .containsExactlyInAnyOrder(
            "io.taskauth.internal",
            "io.taskauth.servlet.http",
            "io.taskauth.servlet.endpoint",
            "io.taskauth.servlet.jte",
            "io.taskauth.store.jdbi");
  }

  /** A name that Java makes of a file's may be another one in any release. */
  @Test
  void whatIsRequiredHasANameThatLasts() throws IOException {
    Set<String> lasting =
        ModuleFinder.ofSystem().findAll().stream()
            .map(module -> module.descriptor().name())
            .collect(Collectors.toSet());
    Set<String> required = new TreeSet<>();
    for (String file : System.getProperty("java.class.path").split(File.pathSeparator)) {
      for (ModuleReference module : modules(Path.of(file))) {
        ModuleDescriptor descriptor = module.descriptor();
        if (!descriptor.isAutomatic() || isNamed(file)) {
          lasting.add(descriptor.name());
        }
        if (descriptor.name().startsWith("io.taskauth")) {
          descriptor.requires().forEach(other -> required.add(other.name()));
        }
      }
    }
    assertThat(required).contains("io.taskauth", "org.jdbi.v3.core").isSubsetOf(lasting);
  }

  private static Set<ModuleReference> modules(Path file) {
    try {
      return ModuleFinder.of(file).findAll();
    } catch (FindException e) {
      return Set.of(); // One of the tests' own, whose file has a name that is none for a module.
    }
  }

  private static boolean isNamed(String jar) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      Manifest manifest = file.getManifest();
      return manifest != null
          && manifest.getMainAttributes().getValue("Automatic-Module-Name") != null;
    }
  }

  private static String jars(Predicate<String> which) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(OF_A_HOST.asMatchPredicate().and(which))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Diagnostic<? extends JavaFileObject>> compile(
      String module, String modulePath) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, UTF_8);
        Stream<Path> sources = Files.walk(SOURCES.resolve(module))) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of("--release", "17", "-p", modulePath, "-d", directory.resolve(module).toString());
      compiler
          .getTask(null, files, problems, options, null, files.getJavaFileObjectsFromPaths(java))
          .call();
    }
    return problems.getDiagnostics();
  }

  private static String run(String modulePath, String classPath, String... stores)
      throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "-p",
            directory.resolve("host") + File.pathSeparator + modulePath,
            "-m",
            "host/host.Main");
    Path errors = directory.resolve("errors");
    Process host =
        new ProcessBuilder(Stream.concat(command.stream(), Stream.of(stores)).toList())
            .redirectError(errors.toFile())
            .start();
    String said = new String(host.getInputStream().readAllBytes(), UTF_8);
    assertThat(host.waitFor()).as(() -> read(errors)).isZero();
    return said;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
