package io.taskauth.store.duckdb;

import static io.taskauth.store.duckdb.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.SettingStore.Setting;
import io.taskauth.user.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("auth.duckdb");
  }

  private DuckDbAuthStore open() {
    DuckDbAuthStore store = DuckDbAuthStore.open(file());
    store.migrate();
    return store;
  }

  @Test
  void everythingIsThereAfterReopening() {
    User ada = People.user("ada");
    Session session = People.session(ada, "curl/8");
    try (DuckDbAuthStore store = open()) {
      store.users().createFirst(People.fresh(ada));
      store.sessions().changePassword(ada.id(), OptionalLong.empty(), People.hash(1), null);
      store.sessions().open(session, 1, 10);
      store.secrets().put(People.secret("kept"));
      store.secrets().put(People.secret("taken"));
      store.secrets().take(People.secret("taken").hash(), "test", NOW);
      store.settings().put("rules", "{\"a\":1}", 0);
      store.attempts().count(List.of("ada"), Duration.ofMinutes(5), NOW);
    }

    try (DuckDbAuthStore store = open()) {
      User signedIn = ada.withLastLoginAt(NOW);
      assertThat(store.users().createFirst(People.fresh(People.user("eve")))).isFalse();
      assertThat(store.users().findByLogin(ada.email().key()))
          .hasValueSatisfying(
              row -> {
                assertThat(row.user()).isEqualTo(signedIn);
                assertThat(row.passwordHash()).isEqualTo(People.hash(1));
                assertThat(row.credentialEpoch()).isEqualTo(1);
              });
      assertThat(store.sessions().find(session.userId(), session.id()))
          .hasValueSatisfying(
              found -> {
                assertThat(found.session()).isEqualTo(session);
                assertThat(found.user()).isEqualTo(signedIn);
              });
      assertThat(store.secrets().take(People.secret("taken").hash(), "test", NOW)).isEmpty();
      assertThat(store.secrets().take(People.secret("kept").hash(), "test", NOW))
          .contains(People.secret("kept"));
      assertThat(store.settings().get("rules")).contains(new Setting(1, "{\"a\":1}"));
      assertThat(store.attempts().count(List.of("ada"), Duration.ofMinutes(5), NOW).get("ada"))
          .satisfies(attempts -> assertThat(attempts.count()).isEqualTo(2));
    }
  }

  @Test
  void secondProcessIsToldWhoHasTheFile() throws Exception {
    try (DuckDbAuthStore store = open()) {
      Process second = ChildJvm.of(OpenAndSay.class, directory, file().toString()).start();

      String said = new String(second.getInputStream().readAllBytes()).strip();

      assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(said)
          .endsWith(
              "AuthStoreException: "
                  + file().toRealPath()
                  + " is in use by another process, and a DuckDB file can have only one at a time:"
                  + " stop the other one, or use PostgreSQL or Redis for several nodes");
      assertThat(store.users().anyUser()).isFalse();
    }
  }

  /** Another process that wants the file. */
  static final class OpenAndSay {
    public static void main(String[] arguments) {
      try (DuckDbAuthStore store = DuckDbAuthStore.open(Path.of(arguments[0]))) {
        System.out.println("opened");
      } catch (AuthStoreException e) {
        System.out.println(e);
      }
    }
  }

  @Test
  void secondStoreOfTheSameProcessIsRefusedUntilTheFirstIsClosed() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    try (DuckDbAuthStore store = open()) {
      assertThatThrownBy(() -> DuckDbAuthStore.open(link.resolve("auth.duckdb")))
          .isInstanceOf(AuthStoreException.class)
          .hasMessageContaining("is in use by another store of this process");
      assertThat(store.users().anyUser()).isFalse();
    }
    open().close();
  }

  @Test
  void fileThatIsNoDatabaseIsNamedAndLeftAlone() throws IOException {
    for (String content : List.of("", "short", "# not a database\n".repeat(2000))) {
      Files.writeString(file(), content);

      assertThatThrownBy(() -> DuckDbAuthStore.open(file()))
          .isInstanceOf(AuthStoreException.class)
          .hasMessage(
              file().toRealPath()
                  + " is there but is no DuckDB database; it is left alone: name another file");

      assertThat(file()).hasContent(content);
    }
  }

  @Test
  void directoryIsNoDatabaseEither() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder")).toRealPath();

    assertThatThrownBy(() -> DuckDbAuthStore.open(folder))
        .isInstanceOf(AuthStoreException.class)
        .hasMessage("DuckDB cannot open " + folder);
  }

  @Test
  void pathThatTheDriverWouldReadSettingsFromIsRefused() {
    assertThatThrownBy(() -> DuckDbAuthStore.open(directory.resolve("a;threads=9")))
        .isInstanceOf(AuthStoreException.class)
        .hasMessageContaining("cannot contain ';'");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyElseMayReadWhatWasCreated() throws IOException {
    Path file = directory.resolve("a/b/auth.duckdb");
    try (DuckDbAuthStore store = DuckDbAuthStore.open(file)) {
      store.migrate();

      assertThat(permissions(file)).isEqualTo("rw-------");
      assertThat(permissions(directory.resolve("a/b"))).isEqualTo("rwx------");
      assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void closedStoreThrowsInsteadOfAnswering() {
    DuckDbAuthStore store = open();
    store.close();
    store.close();

    assertThatThrownBy(() -> store.users().anyUser())
        .isInstanceOf(AuthStoreException.class)
        .hasMessage("the store is closed");
    assertThatThrownBy(() -> store.users().create(People.fresh(People.user("ada"))))
        .isInstanceOf(AuthStoreException.class)
        .hasMessage("the store is closed");
  }

  @Test
  void closingLeavesOneFileWithoutALog() {
    try (DuckDbAuthStore store = open()) {
      store.users().createFirst(People.fresh(People.user("ada")));
      assertThat(directory.resolve("auth.duckdb.wal")).exists();
    }

    assertThat(directory.toFile().list()).containsExactly("auth.duckdb");
  }
}
