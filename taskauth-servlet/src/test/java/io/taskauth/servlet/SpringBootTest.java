package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.TaskAuth;
import io.taskauth.password.Password;
import io.taskauth.servlet.docs.boot.Launcher;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application that docs/embedding-spring-boot.md shows, in both Spring Boots. */
class SpringBootTest {
  private static final String SECRET = "a secret of 32 bytes or more, for this test";
  private static final String LOGGING = "org.springframework.boot.logging.LoggingSystem";

  @TempDir Path data;

  @BeforeAll
  static void leaveTheLogsOfTheTestsAlone() {
    System.setProperty(LOGGING, "none");
  }

  @AfterAll
  static void forget() {
    System.clearProperty(LOGGING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.", "4."})
  void oneBeanPutsALoginInFrontOfTheApplication(String version) throws Exception {
    makeAdministrator();
    Map<String, Object> running = start(version);
    int port = (int) running.get("port");
    try {
      assertThat((String) running.get("version")).startsWith(version);
      strangersAreKeptOut(port);
      SignedIn admin = signIn(port, "admin");
      peopleAreKnownToControllers(port, admin);
      rolesHold(port, admin);
      assertThatThrownBy(this::open).hasMessageContaining("in use by another store");
    } finally {
      ((Runnable) running.get("stop")).run();
    }
    try (TaskAuth again = open()) {
      assertThat(again.isSetupRequired()).as("the store was closed, with all in it").isFalse();
    }
  }

  private static void strangersAreKeptOut(int port) {
    Answer page = new Call(port, "GET", "/jobs?page=2").browser().send();
    assertThat(page.status()).as("%s", page).isEqualTo(302);
    assertThat(page.location()).isEqualTo("/auth/login?next=%2Fjobs%3Fpage%3D2");
    assertThat(new Call(port, "GET", "/jobs").send().error()).isEqualTo("not_authenticated");
    assertThat(new Call(port, "GET", "/error").send().error()).isEqualTo("not_authenticated");
    assertThat(new Call(port, "GET", "/auth/login").browser().send().text()).contains("Sign in");
  }

  private static void peopleAreKnownToControllers(int port, SignedIn admin) {
    assertThat(new Call(port, "GET", "/jobs").as(admin).send().text())
        .isEqualTo("the jobs that admin may see");
    assertThat(new Call(port, "GET", "/slow").as(admin).send().text())
        .isEqualTo("admin waited for this");
    assertThat(new Call(port, "POST", "/jobs").as(admin).send().error()).isEqualTo("csrf_failed");
    assertThat(new Call(port, "POST", "/jobs").meantBy(admin).send().text())
        .isEqualTo("admin runs a job");
  }

  private static void rolesHold(int port, SignedIn admin) {
    Answer made =
        new Call(port, "POST", "/api/auth/users")
            .meantBy(admin)
            .object("username", "vera", "password", Site.PASSWORD)
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    SignedIn vera = signIn(port, "vera");
    assertThat(new Call(port, "GET", "/settings/who").as(vera).send().error())
        .isEqualTo("forbidden");
    assertThat(new Call(port, "GET", "/settings/who").as(admin).send().text())
        .isEqualTo("admin true");
  }

  private static SignedIn signIn(int port, String name) {
    Answer in =
        new Call(port, "POST", "/api/auth/login")
            .json(Site.credentials(name, Site.PASSWORD))
            .send();
    assertThat(in.status()).as("%s", in).isEqualTo(200);
    return Site.signedIn(in);
  }

  private void makeAdministrator() {
    try (TaskAuth auth = open()) {
      assertThat(
              auth.setup().orElseThrow().ensureAdministrator("admin", Password.of(Site.PASSWORD)))
          .isTrue();
    }
  }

  private TaskAuth open() {
    return Site.builder().store(DuckDbAuthStore.open(data.resolve("auth.duckdb"))).build();
  }

  private Map<String, Object> start(String version) throws Exception {
    String[] arguments =
        Stream.of(
                "console.data=" + data,
                "console.secret=" + SECRET,
                "server.address=127.0.0.1",
                "server.port=0",
                "spring.main.banner-mode=off",
                "spring.main.register-shutdown-hook=false")
            .map("--"::concat)
            .toArray(String[]::new);
    if (version.startsWith("4")) {
      return new Launcher().apply(arguments);
    }
    OwnClasses classes = OwnClasses.of("spring-boot-3", "tomcat10");
    Callable<Map<String, Object>> launch = () -> launcher(classes).apply(arguments);
    return classes.run(launch);
  }

  @SuppressWarnings("unchecked")
  private static Function<String[], Map<String, Object>> launcher(ClassLoader classes)
      throws Exception {
    return (Function<String[], Map<String, Object>>)
        classes.loadClass(Launcher.class.getName()).getDeclaredConstructor().newInstance();
  }
}
