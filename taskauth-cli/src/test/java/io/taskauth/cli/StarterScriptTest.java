package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed program as a process of its own. */
class StarterScriptTest {
  @TempDir private Path home;
  private final Installation installed = Installation.shared();

  private Outcome run(Map<String, String> environment, String... command) throws Exception {
    return installed.run(home, environment, List.of(), command);
  }

  private static List<Path> archives(Path cache) throws Exception {
    try (Stream<Path> files = Files.list(cache.resolve("taskauth"))) {
      return files.toList();
    }
  }

  @Test
  void itStartsThroughALink() throws Exception {
    Path links = Files.createDirectories(Path.of("target/links").toAbsolutePath());
    Files.deleteIfExists(links.resolve("first"));
    Files.deleteIfExists(links.resolve("second"));
    Files.createSymbolicLink(links.resolve("first"), installed.script());
    Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

    Outcome version = run(Map.of(), links.resolve("second").toString(), "--version").succeeded();

    assertThat(version.out()).startsWith("taskauth ").doesNotContain("development");
    assertThat(version.err()).isEmpty();
  }

  @Test
  void theFirstStartMakesAnArchiveThatTheNextOnesUse() throws Exception {
    run(Map.of(), "taskauth", "--version").succeeded();
    Map<String, String> loud = Map.of("TASKAUTH_JAVA_OPTS", "-Xlog:class+load");

    Outcome next = run(loud, "taskauth", "whoami", "--help").succeeded();

    assertThat(next.lines())
        .filteredOn(line -> line.contains("picocli.CommandLine source:"))
        .singleElement()
        .asString()
        .contains("shared objects file (top)");
  }

  @Test
  void withoutAPlaceForTheArchiveAllWorks() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "");

    Outcome version = run(Map.of("XDG_CACHE_HOME", file.toString()), "taskauth", "--version");

    assertThat(version.succeeded().err()).isEmpty();
  }

  @Test
  void aReplacedJarOrABrokenArchiveIsPassedOverInSilence() throws Exception {
    Installation own = Installation.in(home.resolve("own"));
    own.run(home, Map.of(), List.of(), "taskauth", "--version").succeeded();
    Path fresh = Files.copy(own.jar(), home.resolve("fresh.jar"));
    Files.move(fresh, own.jar(), StandardCopyOption.ATOMIC_MOVE);

    assertThat(own.run(home, Map.of(), List.of(), "taskauth", "--version").succeeded().err())
        .isEmpty();

    List<Path> archives = archives(own.cache());
    assertThat(archives).hasSize(2);
    for (Path archive : archives) {
      Files.delete(archive);
      Files.writeString(archive, "rubbish");
    }
    assertThat(own.run(home, Map.of(), List.of(), "taskauth", "--version").succeeded().err())
        .isEmpty();
  }

  @Test
  void classesThatSomebodyElseCouldHavePutThereAreNotTaken() throws Exception {
    Installation own = Installation.in(home.resolve("own"));
    own.run(home, Map.of(), List.of(), "taskauth", "--version").succeeded();
    Path archive = archives(own.cache()).get(0);
    Path elsewhere = Files.move(archive, home.resolve("elsewhere.jsa"));
    Files.createSymbolicLink(archive, elsewhere);
    own.run(home, Map.of(), List.of(), "taskauth", "--version").succeeded();
    assertThat(Files.isSymbolicLink(archive)).as("made anew").isFalse();

    Path directory = archive.getParent();
    Files.delete(archive);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    own.run(home, Map.of(), List.of(), "taskauth", "--version").succeeded();
    assertThat(Files.getPosixFilePermissions(directory))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aCacheThatIsWhereverOneIsIsIgnored() throws Exception {
    Map<String, String> relative = Map.of("XDG_CACHE_HOME", "here");
    Installation.shared().run(home, relative, List.of(), "taskauth", "--version").succeeded();
    assertThat(home.resolve("here")).doesNotExist();
    assertThat(archives(home.resolve(".cache"))).hasSize(1);
  }

  @Test
  void twoFirstStartsAtOnceDoNotDisturbEachOther() throws Exception {
    Map<String, String> empty = Map.of("XDG_CACHE_HOME", home.resolve("cache").toString());
    Process one = installed.process(home, empty, "taskauth", "--version").start();
    Process two = installed.process(home, empty, "taskauth", "--version").start();

    assertThat(List.of(one.waitFor(), two.waitFor())).containsOnly(0);
    assertThat(one.getErrorStream().readAllBytes()).isEmpty();
    assertThat(two.getErrorStream().readAllBytes()).isEmpty();
    assertThat(archives(home.resolve("cache"))).hasSize(1);
  }

  @Test
  void withoutAUsableJavaItSaysSo() throws Exception {
    Map<String, String> wrong = Map.of("JAVA_HOME", home.toString());
    run(wrong, "taskauth", "--version").failed("JAVA_HOME is " + home);

    Path tools = Files.createDirectory(home.resolve("tools"));
    for (String tool : List.of("dirname", "ls", "cksum")) {
      Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
      assertThat(tools.resolve(tool).toFile().setExecutable(true)).isTrue();
    }
    Map<String, String> none = Map.of("JAVA_HOME", "", "PATH", tools.toString());
    run(none, installed.script().toString(), "--version").failed("no Java found");
  }

  @Test
  void anOldJavaIsNamed() throws Exception {
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Map<String, String> old = Map.of("JAVA_HOME", home.resolve("jdk").toString());

    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    run(old, "taskauth", "--version").failed("Java 11", "17 or later");

    Files.writeString(java, "#!/bin/sh\necho 'java version \"1.8.0_202\"' >&2\n");
    run(old, "taskauth", "--version").failed("17 or later");
  }

  @Test
  void aMissingJarIsNamed() throws Exception {
    Installation own = Installation.in(home.resolve("own"));
    Files.delete(own.jar());

    own.run(home, Map.of(), List.of(), "taskauth", "--version").failed("taskauth.jar is missing");
  }

  @Test
  void argumentsArriveAsTheyWere() throws Exception {
    try (TestServer server = TestServer.start()) {
      Map<String, String> plain =
          Map.of("TASKAUTH_SERVER", server.url(), "LC_ALL", "C", "LANG", "C");
      installed
          .run(home, plain, List.of("ada", TestServer.PASSWORD), "taskauth", "login")
          .succeeded();
      String name = " *  $HOME \"Größe\" ";

      // From a file: this process may not be able to give such letters to another as arguments.
      Path command = home.resolve("create");
      Files.writeString(command, "taskauth token create --json --name '" + name + "'\n");
      Outcome made = run(plain, "sh", command.toString()).succeeded();

      assertThat(made.json().text("name").map(String::strip)).contains(name.strip());
      assertThat(run(plain, "taskauth", "token", "list").succeeded().out()).contains("Größe");
    }
  }

  @Test
  void aResultThatCannotBeWrittenIsAFailure() throws Exception {
    Outcome full = run(Map.of(), "sh", "-c", "taskauth completion bash >/dev/full");

    full.failed("not all of the result could be written");
  }

  @Test
  void theJarCarriesTheScriptAndTheLicences() throws Exception {
    try (JarFile jar = new JarFile(Installation.builtJar().toFile())) {
      assertThat(text(jar, "META-INF/taskauth/taskauth"))
          .isEqualTo(Files.readString(installed.script()));
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
      assertThat(text(jar, "META-INF/NOTICE")).contains("picocli", "Gson");
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.taskauth.cli.Main");
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("io.taskauth.cli");
      assertThat(jar.stream().map(Object::toString).filter(name -> name.endsWith(".class")))
          .allMatch(name -> name.matches("(io/taskauth/cli|picocli|com/google/gson)/.*"));
    }
  }

  private static String text(JarFile jar, String name) throws Exception {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
