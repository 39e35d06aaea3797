package io.taskauth.server.people;

import static io.taskauth.server.people.Imports.DJANGO;
import static io.taskauth.server.people.Imports.NO_MATTER;
import static io.taskauth.server.people.Imports.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditType;
import io.taskauth.oauth.GitHubProvider;
import io.taskauth.page.PageRequest;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import io.taskauth.user.UserStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole files: what comes of them, what is said of it, and what stops them. */
class ImportUsersTest {
  private final InMemoryAuthStore store = new InMemoryAuthStore();
  @AutoClose private final Imports imports = new Imports(store);

  private String imported(String content) throws Exception {
    return imports.run(Map.of("content", content));
  }

  private String hash(String name) {
    return store.users().findByLogin(LoginKey.of(name)).orElseThrow().passwordHash().encoded();
  }

  private static String users(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "user" + i + ",user" + i + "@example.org\n")
        .collect(Collectors.joining("", "username,email\n", ""));
  }

  private String audit() {
    assertThat(imports.auth.audit().settle(Duration.ofSeconds(10))).isTrue();
    return store.audit().newest(AuditFilter.NONE, PageRequest.first(200)).items().toString();
  }

  @Test
  void itIsForAdministratorsAndNobodyElseReadsIt() {
    assertThat(imports.task.isForAdministrators()).isTrue();
    assertThat(imports.task.isConfidential()).isTrue();
    assertThat(imports.task.hasSecretArguments()).isTrue();
  }

  @Test
  void importedUsersSignInWithTheirOldPasswordAndAreRehashed() throws Exception {
    String report = imported("username,password_hash\nada," + DJANGO + "\n");

    assertThat(report)
        .isEqualTo(
            """
            1 imported, 0 skipped because they exist, 0 bad.
            Read as csv, guessed from how it begins.
            """);
    assertThat(hash("ada")).startsWith("pbkdf2_sha256$20000$");
    assertThat(imports.signsIn("ada", "letmein")).isFalse();
    assertThat(imports.signsIn("ada", PASSWORD)).isTrue();
    assertThat(hash("ada")).startsWith("$argon2id$v=19$m=8,t=1,p=1$");
    assertThat(imports.signsIn("ada", PASSWORD)).isTrue();
  }

  @Test
  void whatDjangoDumpsIsImportedAndSuperusersGetNoMoreThanOthers() throws Exception {
    String dump = dump();

    String report = imported(dump);

    assertThat(report)
        .isEqualTo(
            """
            3 imported, 0 skipped because they exist, 0 bad.
            Read as django, guessed from how it begins.
            1 without a password: send them a link with which they choose one.
            Superusers with the role viewer like anybody else: 1. With "admins": true they become administrators.
            Ignored: date_joined, groups, is_staff, last_login, user_permissions.
            """);
    User ada = imports.user("ada");
    assertThat(ada.role().name()).isEqualTo("viewer");
    assertThat(ada.displayName()).isEqualTo("Ada Lovelace");
    assertThat(ada.email().value()).isEqualTo("ada@example.org");
    assertThat(imports.signsIn("ada@example.org", PASSWORD)).isTrue();
    assertThat(imports.user("bob").active()).isFalse();
    assertThat(imports.signsIn("bob", PASSWORD)).isFalse();
    assertThat(imports.user("eve").displayName()).isNull();
  }

  @Test
  void superusersBecomeAdministratorsWhereThatIsSaid() throws Exception {
    String report = imports.run(Map.of("content", dump(), "admins", true, "role", "operator"));

    assertThat(report).doesNotContain("Superusers");
    assertThat(imports.user("ada").role().name()).isEqualTo("admin");
    assertThat(imports.user("eve").role().name()).isEqualTo("operator");
  }

  private static String dump() {
    return """
        [{"model": "auth.user", "pk": 1, "fields": {"password": "%1$s", "last_login": null,
          "is_superuser": true, "username": "ada", "first_name": "Ada", "last_name": "Lovelace",
          "email": "ada@example.org", "is_staff": true, "is_active": true,
          "date_joined": "2020-01-01T00:00:00Z", "groups": [], "user_permissions": []}},
         {"model": "auth.user", "pk": 2, "fields": {"password": "%1$s", "is_superuser": false,
          "username": "bob", "first_name": "", "last_name": "", "email": "", "is_active": false}},
         {"model": "auth.user", "pk": 3, "fields": {"password": "!unusable", "username": "eve",
          "is_superuser": false, "first_name": "", "last_name": "", "email": "", "is_active": true}}]
        """
        .formatted(DJANGO);
  }

  @Test
  void columnsStandInAnyOrderAndUnknownOnesAreNamed() throws Exception {
    String report =
        imported(
            "\uFEFF ROLE ,phone,Username,$secret$,display_name\r\n"
                + "operator,123,ada,x,\"Lovelace,\"\" Ada\"\r\n\r\n"
                + ",,bob,,\r\n");

    assertThat(report)
        .contains("2 imported", "Ignored: (one with an unusual name), phone.")
        .doesNotContain("$secret$", "123");
    assertThat(imports.user("ada").displayName()).isEqualTo("Lovelace,\" Ada");
    assertThat(imports.user("ada").role().name()).isEqualTo("operator");
    assertThat(imports.user("bob").role().name()).isEqualTo("viewer");
  }

  @Test
  void linesAreNumberedAsAnEditorDoes() throws Exception {
    String report =
        imported("username,display_name\n\n\"ada\",\"two\nlines\"\n\nb b,\nbob,\ne e,\n");

    assertThat(report).contains("line 3: The display name", "line 6: ", "line 8: ");
    assertThat(imports.exists("bob")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "username,password\nada,hunter22\n",
        "username, PassWord \nada,hunter22\n",
        "[{\"username\":\"ada\"},{\"username\":\"bob\",\"password\":\"hunter22\"}]",
      })
  void filesWithPasswordsInClearAreRefusedAsAWhole(String content) {
    assertThatThrownBy(() -> imported(content))
        .isInstanceOf(BadArgumentsException.class)
        .hasMessageContaining("passwords do not belong in files")
        .hasMessageNotContaining("hunter22");
    assertThat(imports.exists("ada")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter22",
        "ada,hunter22\n",
        "username;email\nada;hunter22\n",
        "username,email,username\nada,hunter22,x\n",
        "username,email\nada,\"hunter22\n",
        "username,email\nada,\"hunter22\"x\n",
        "{\"username\":\"hunter22\"}",
        "[{\"username\":\"hunter22\"}",
        "[{\"username\":\"hunter22\",\"username\":\"hunter22\"}]",
      })
  void whatIsNoFileOfUsersIsRefusedBeforeAnythingIsQueued(String content) {
    assertThatThrownBy(() -> imports.task.prepare(Imports.arguments(Map.of("content", content))))
        .isInstanceOf(BadArgumentsException.class)
        .hasMessageContaining("'content'")
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() {
    for (Map<String, ?> bad :
        List.<Map<String, ?>>of(
            Map.of(),
            Map.of("content", 5),
            Map.of("content", "username\n" + "a".repeat(1024 * 1024)),
            Map.of("content", "username\n", "format", "hunter22"),
            Map.of("content", "username\n", "format", "django"),
            Map.of("content", "username\n", "role", "hunter22"),
            Map.of("content", "username\n", "dry_run", "hunter22"),
            Map.of("content", "username\n", "hunter22", true))) {
      assertThatThrownBy(() -> imports.task.prepare(Imports.arguments(bad)))
          .isInstanceOf(BadArgumentsException.class)
          .hasMessageNotContaining("hunter22");
    }
  }

  @Test
  void dryRunSaysTheSameAndChangesNothing() throws Exception {
    String content =
        "username,email,password_hash\nada,a@example.org,"
            + DJANGO
            + "\nADA,,\nbob,A@example.org,\nroot,,\neve,,md5$x$y\n";

    String rehearsed = imports.run(Map.of("content", content, "dry_run", true));

    assertThat(imports.exists("ada")).isFalse();
    String done = imported(content);
    assertThat(rehearsed).startsWith("Dry run: nothing was changed.").endsWith(done);
    assertThat(done).startsWith("1 imported, 2 skipped because they exist, 2 bad.");
    assertThat(imports.exists("ada")).isTrue();
  }

  @Test
  void twoThousandLinesWithAHundredBadOnes() throws Exception {
    StringBuilder content = new StringBuilder("username,role\n");
    for (int i = 0; i < 2000; i++) {
      content.append(i % 20 == 7 ? "bad name,viewer\n" : "user" + i + ",viewer\n");
    }
    List<Double> progress = new ArrayList<>();

    String report = imports.run(Map.of("content", content.toString()), progress::add);

    assertThat(report).startsWith("1900 imported, 0 skipped because they exist, 100 bad.");
    assertThat(report.lines().filter(line -> line.startsWith("line "))).hasSize(100);
    assertThat(report).contains("\nline 9: The username must be");
    assertThat(progress).hasSize(2000).isSorted();
    assertThat(imports.exists("user1999")).isTrue();
    assertThat(imports.auth.audit().count(AuditType.USER_CREATED)).isEqualTo(1901);
  }

  @Test
  void noMoreThanFiveHundredBadLinesAreListed() throws Exception {
    String report = imported("username\n" + "bad name\n".repeat(613));

    assertThat(report).startsWith("0 imported, 0 skipped because they exist, 613 bad.");
    assertThat(report.lines().filter(line -> line.startsWith("line "))).hasSize(500);
    assertThat(report).endsWith("… and 113 more that are bad.\n");
  }

  @Test
  void onceMoreSkipsThoseWhoExist() throws Exception {
    imported(users(0, 5));

    assertThat(imported(users(0, 7)))
        .startsWith("2 imported, 5 skipped because they exist, 0 bad.");
  }

  @Test
  void cancelInTheMiddleKeepsWhatWasImportedAndSaysSo() {
    AtomicInteger lines = new AtomicInteger();

    assertThatThrownBy(
            () ->
                imports.run(
                    Map.of("content", users(0, 10)),
                    fraction -> {
                      if (lines.getAndIncrement() == 4) {
                        throw new CancellationException();
                      }
                    }))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("at line 6: 4 imported")
        .hasMessageContaining("stays");

    assertThat(imports.exists("user3")).isTrue();
    assertThat(imports.exists("user4")).isFalse();
  }

  @Test
  void interruptionEndsItToo() {
    assertThatThrownBy(
            () ->
                imports.run(
                    Map.of("content", users(0, 10)),
                    fraction -> {
                      if (fraction >= 0.4) {
                        Thread.currentThread().interrupt();
                      }
                    }))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("5 imported");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void outageOfTheStoreFailsItAndSaysHowFarItCame() throws Exception {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    try (Imports broken = new Imports(breaking(new InMemoryAuthStore(), left))) {
      left.set(4);
      assertThatThrownBy(() -> broken.run(Map.of("content", users(0, 10))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("at line 6: 4 imported")
          .hasCauseInstanceOf(AuthStoreException.class);

      left.set(Integer.MAX_VALUE);
      assertThat(broken.run(Map.of("content", users(0, 10))))
          .startsWith("6 imported, 4 skipped because they exist, 0 bad.");
    }
  }

  /** A store that makes so many accounts and is out then. */
  private static AuthStore breaking(AuthStore real, AtomicInteger left) {
    UserStore users =
        proxy(
            UserStore.class,
            real.users(),
            verb -> {
              if (verb.equals("create") && left.getAndDecrement() <= 0) {
                throw new AuthStoreException("cut off", null);
              }
            });
    return (AuthStore)
        Proxy.newProxyInstance(
            AuthStore.class.getClassLoader(),
            new Class<?>[] {AuthStore.class},
            (self, verb, arguments) ->
                verb.getName().equals("users") ? users : verb.invoke(real, arguments));
  }

  private static <T> T proxy(Class<T> type, T real, Consumer<String> before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, verb, arguments) -> {
              before.accept(verb.getName());
              try {
                return verb.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void nothingSecretIsSaidAnywhere() throws Exception {
    String report =
        imported(
            "username,password_hash\nada,"
                + DJANGO
                + "\nbob,md5$hunter22$x\neve,hunter22\nhunter22,\"x\"\n");

    assertThat(report).contains("line 3", "line 4").doesNotContain("seasalt", "oBSd886");
    assertThat(report.replace("hunter22,", "")).doesNotContain("hunter22");
    assertThat(audit())
        .contains("imported=true", "by=task import-users")
        .doesNotContain("seasalt", "73656173", "oBSd886", "md5");
    assertThat(imports.task.prepare(Imports.arguments(Map.of("content", "username\n"))).toString())
        .doesNotContain("username");
  }

  @Test
  void exceptionOfABrokenRunHoldsNothingOfTheFile() {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    try (Imports broken = new Imports(breaking(new InMemoryAuthStore(), left))) {
      left.set(0);
      String content = "username,password_hash\nada," + DJANGO + "\n";
      assertThatThrownBy(() -> broken.run(Map.of("content", content)))
          .satisfies(
              e -> {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain("seasalt", "73656173", "ada,");
              });
    }
  }

  @Test
  void wherePasswordsAreOffHashesAreRefused() throws Exception {
    String content = "username,password_hash\nada,\nbob," + DJANGO + "\n";
    try (Imports off =
        new Imports(
            Imports.builder(new InMemoryAuthStore())
                .withoutPasswordLogin()
                .identityProvider(
                    GitHubProvider.builder().clientId("id").clientSecret("secret").build()))) {
      assertThat(off.run(Map.of("content", content, "dry_run", true)))
          .contains("1 imported", "1 bad", "line 3: Nobody signs in with a password here");
      assertThat(off.run(Map.of("content", content)))
          .contains("1 imported", "1 bad", "line 3: Nobody signs in with a password here");
    }
  }

  @Test
  void inAFileOfDuckDbTheyAreTheSame() throws Exception {
    try (Imports real = new Imports(DuckDbAuthStore.inMemory())) {
      assertThat(real.run(Map.of("content", dump()), NO_MATTER)).startsWith("3 imported");
      assertThat(real.user("bob").active()).isFalse();
      assertThat(real.signsIn("bob", PASSWORD)).isFalse();
      assertThat(real.signsIn("ada", PASSWORD)).isTrue();
      assertThat(real.run(Map.of("content", dump()))).startsWith("0 imported, 3 skipped");
    }
  }
}
