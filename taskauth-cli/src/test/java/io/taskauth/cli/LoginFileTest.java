package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept between two commands, and who can read it. */
class LoginFileTest {
  private static final StoredLogin LOGIN =
      new StoredLogin(
          ServerAddress.parse("https://tools.example.com/auth", "it"),
          new Secret("token"),
          true,
          "ada",
          Path.of("/etc/ca.pem"));

  @TempDir private Path home;
  private final List<String> warnings = new ArrayList<>();

  private Path directory() {
    return home.resolve("a/taskauth");
  }

  private LoginFile file() {
    return new LoginFile(directory(), warnings::add);
  }

  private Path path() {
    return directory().resolve("login.json");
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void whatIsWrittenIsRead() {
    file().write(LOGIN);

    StoredLogin read = file().read().orElseThrow();

    assertThat(read.server()).isEqualTo(LOGIN.server());
    assertThat(read.token().reveal()).isEqualTo("token");
    assertThat(read.session()).isTrue();
    assertThat(read.account()).isEqualTo("ada");
    assertThat(read.caFile()).isEqualTo(Path.of("/etc/ca.pem"));
    assertThat(read.toString()).doesNotContain("token=token");
    assertThat(warnings).isEmpty();
  }

  @Test
  void onlyTheOwnerCanReadIt() throws Exception {
    file().write(LOGIN);

    assertThat(permissions(path())).isEqualTo("rw-------");
    assertThat(permissions(directory())).isEqualTo("rwx------");
  }

  @Test
  void whatOthersCouldReadIsTightenedAloud() throws Exception {
    file().write(LOGIN);
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));

    file().read();

    assertThat(permissions(path())).isEqualTo("rw-------");
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("others could read", path().toString());
  }

  @Test
  void directoryThatOthersCanWriteToIsRefused() throws Exception {
    file().write(LOGIN);
    for (String open : new String[] {"rwxrwx---", "rwx----w-"}) {
      Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString(open));
      for (ThrowingCallable use :
          List.<ThrowingCallable>of(() -> file().read(), () -> file().write(LOGIN))) {
        assertThatThrownBy(use)
            .isInstanceOf(Failure.class)
            .hasMessageContaining("chmod 700 " + directory());
      }
    }
  }

  @Test
  void replacingLeavesNothingBehind() throws Exception {
    file().write(LOGIN);
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-rw-rw-"));
    Object before = Files.getAttribute(path(), "unix:ino");

    file().write(LOGIN);

    // A new file took the place of the old one, which a reader may still have open.
    assertThat(Files.getAttribute(path(), "unix:ino")).isNotEqualTo(before);
    assertThat(permissions(path())).isEqualTo("rw-------");
    try (Stream<Path> all = Files.list(directory())) {
      assertThat(all).containsExactly(path());
    }
  }

  @Test
  void whatCannotBeWrittenIsAFailureThatNamesTheFile() throws Exception {
    Files.writeString(home.resolve("a"), "in the way");

    assertThatThrownBy(() -> file().write(LOGIN))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(path().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"server\": 1}",
        "{\"server\": \"https://x.example\", \"token\": \"a b\", \"session\": true, \"account\":"
            + " \"a\"}",
        "{\"server\": \"x\", \"token\": \"a\", \"session\": true, \"account\": \"a\"}"
      })
  void aDamagedFileIsNamed(String text) throws Exception {
    file().write(LOGIN);
    Files.writeString(path(), text);

    assertThatThrownBy(() -> file().read())
        .isInstanceOf(Failure.class)
        .hasMessageContaining(path().toString());
  }

  @Test
  void aDamagedFileStopsNobodyWhoNamesEverythingElse() throws Exception {
    Person person = new Person(home);
    Files.createDirectories(person.loginFile().getParent());
    Files.writeString(person.loginFile(), "{");

    person.run("whoami").failed(person.loginFile().toString(), "damaged");
    try (TestServer server = TestServer.start()) {
      Person other = new Person(home.resolve("other")).signedIn(server, "ada");
      String token = other.run("token", "create", "--name", "x", "--raw").lines().get(0);
      person.with("TASKAUTH_SERVER", server.url()).with("TASKAUTH_TOKEN", token);
      person.run("whoami").succeeded();
    }
    person.run("logout").failed("damaged and is forgotten");
    assertThat(person.loginFile()).doesNotExist();
  }

  @Test
  void theDirectoryIsWhereOneExpectsIt() {
    assertThat(of(Map.of())).isEqualTo(Path.of("/home/ada/.config/taskauth"));
    assertThat(of(Map.of("XDG_CONFIG_HOME", "/xdg"))).isEqualTo(Path.of("/xdg/taskauth"));
    assertThat(of(Map.of("XDG_CONFIG_HOME", "relative")))
        .isEqualTo(Path.of("/home/ada/.config/taskauth"));
    assertThat(of(Map.of("XDG_CONFIG_HOME", "/xdg", "TASKAUTH_CONFIG_DIR", "/own")))
        .isEqualTo(Path.of("/own"));
  }

  private static Path of(Map<String, String> environment) {
    Person person = new Person(Path.of("/home/ada"));
    environment.forEach(person::with);
    return ConfigDirectory.of(person.around());
  }
}
