package io.taskauth.store.duckdb;

import static io.taskauth.store.duckdb.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.session.SessionStore.SessionOfUser;
import io.taskauth.user.LoginKey;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever instant a process dies at: what it was told is true afterwards, and nothing is half. */
class KilledProcessTest {
  private static final int ROUNDS = 5;

  @TempDir Path directory;

  @Test
  @Timeout(120)
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    Path file = directory.resolve("auth.duckdb");
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<String> told = runAndKill(file, round);
      assertThat(told).as("round %s", round).hasSizeGreaterThan(10);
      acknowledged.addAll(told);

      try (DuckDbAuthStore store = DuckDbAuthStore.open(file)) {
        store.migrate();
        acknowledged.forEach(line -> check(store, line));
      }
      assertNothingIsHalf(file);
    }
  }

  private List<String> runAndKill(Path file, int round) throws Exception {
    // Into a file: whoever kills a child also closes the pipe, with what is still in it.
    Path said = directory.resolve("round" + round);
    Process child =
        ChildJvm.of(Scribe.class, directory, file.toString(), "r" + round)
            .redirectOutput(said.toFile())
            .start();
    try {
      while (child.isAlive() && Files.size(said) == 0) {
        Thread.sleep(5);
      }
      Thread.sleep(300 + new Random().nextInt(500));
      assertThat(child.isAlive()).as(Files.readString(said)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    // The last line may have been cut off.
    return Files.readAllLines(said).stream().filter(line -> line.endsWith(".")).toList();
  }

  private static Optional<SessionOfUser> session(DuckDbAuthStore store, String name, String id) {
    StoredUser owner = store.users().findByLogin(LoginKey.of(name)).orElseThrow();
    return store.sessions().find(owner.user().id(), new SessionId(id));
  }

  private static void check(DuckDbAuthStore store, String line) {
    String[] words = line.substring(0, line.length() - 1).split(" ");
    String name = words[1];
    switch (words[0]) {
      case "user" -> {
        StoredUser byName = store.users().findByLogin(LoginKey.of(name)).orElseThrow();
        assertThat(store.users().findByLogin(LoginKey.of(name + "@example.org")))
            .as(line)
            .contains(byName);
        assertThat(store.users().find(byName.user().id())).as(line).contains(byName.user());
      }
      case "session" ->
          assertThat(session(store, name, words[2]))
              .as(line)
              .hasValueSatisfying(
                  found -> assertThat(found.user().username().value()).isEqualTo(name));
      case "password" ->
          assertThat(store.users().findByLogin(LoginKey.of(name)))
              .as(line)
              .hasValueSatisfying(
                  row ->
                      assertThat(row.credentialEpoch())
                          .isGreaterThanOrEqualTo(Long.parseLong(words[2])));
      case "ended" -> assertThat(session(store, name, words[2])).as(line).isEmpty();
      case "taken" ->
          assertThat(store.secrets().take(People.secret(name).hash(), "test", NOW))
              .as(line)
              .isEmpty();
      default -> throw new AssertionError(line);
    }
  }

  /** Acknowledged or not: rows that belong together are all there or none of them is. */
  private static void assertNothingIsHalf(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
      assertThat(
              count(
                  connection,
                  """
                  SELECT count(*) FROM taskauth_user u WHERE 2 <>
                    (SELECT count(*) FROM taskauth_login_name n WHERE n.user_id = u.id)
                  """))
          .as("users without both of their names")
          .isZero();
      assertThat(
              count(
                  connection,
                  """
                  SELECT count(*) FROM taskauth_login_name n
                  WHERE NOT EXISTS (SELECT 1 FROM taskauth_user u WHERE u.id = n.user_id)
                  """))
          .as("names without their user")
          .isZero();
      assertThat(
              count(
                  connection,
                  """
                  SELECT count(*) FROM taskauth_user
                  WHERE password_hash <> 'hash of epoch ' || credential_epoch
                  """))
          .as("passwords of another epoch")
          .isZero();
      assertThat(
              count(
                  connection,
                  """
                  SELECT count(*) FROM taskauth_session s JOIN taskauth_user u ON u.id = s.user_id
                  WHERE s.user_agent <> 'epoch ' || u.credential_epoch
                  """))
          .as("sessions that a password change should have ended")
          .isZero();
      assertThat(
              count(
                  connection,
                  """
                  SELECT count(*) FROM taskauth_session s
                  JOIN taskauth_user u ON u.id = s.user_id WHERE u.last_login_at IS NULL
                  """))
          .as("sessions without their sign-in")
          .isZero();
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The process that is killed: says what it was told, and ends each line with a full stop. */
  static final class Scribe {
    private static final int THREADS = 4;
    private static final int PASSWORDS = 4;

    public static void main(String[] arguments) throws IOException {
      DuckDbAuthStore store = DuckDbAuthStore.open(Path.of(arguments[0]));
      store.migrate();
      say("open");
      for (int i = 0; i < THREADS; i++) {
        String prefix = arguments[1] + "t" + i;
        new Thread(() -> writeForever(store, prefix)).start();
      }
    }

    private static void writeForever(DuckDbAuthStore store, String prefix) {
      for (int i = 0; ; i++) {
        writeOnce(store, prefix + "n" + i);
      }
    }

    private static void writeOnce(DuckDbAuthStore store, String name) {
      User user = People.user(name);
      store.users().create(People.fresh(user));
      say("user " + name + ".");

      for (long epoch = 0; epoch < PASSWORDS; epoch++) {
        Session old = People.session(user, "epoch " + epoch);
        store.sessions().open(old, epoch, 10);
        store
            .sessions()
            .changePassword(user.id(), OptionalLong.of(epoch), People.hash(epoch + 1), null)
            .orElseThrow();
        say("password " + name + " " + (epoch + 1) + ".");
        say("ended " + name + " " + old.id() + ".");
      }

      Session last = People.session(user, "epoch " + PASSWORDS);
      store.sessions().open(last, PASSWORDS, 10);
      say("session " + name + " " + last.id() + ".");

      store.secrets().put(People.secret(name));
      store.secrets().take(People.secret(name).hash(), "test", NOW).orElseThrow();
      say("taken " + name + ".");
    }

    private static void say(String line) {
      synchronized (System.out) {
        System.out.println(line);
        System.out.flush();
      }
    }
  }
}
