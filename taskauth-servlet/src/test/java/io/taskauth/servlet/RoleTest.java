package io.taskauth.servlet;

import static io.taskauth.servlet.Scenario.passed;
import static io.taskauth.servlet.Scenario.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What takes which role. */
class RoleTest {
  static Stream<Arguments> table() {
    return Scenario.at(
        Sites.all(),
        List.of(
            refused(
                "viewer in admin",
                403,
                "forbidden",
                site -> site.get("/admin/x").as(site.known("vera"))),
            refused(
                "operator in admin",
                403,
                "forbidden",
                site -> site.get("/admin/x").as(site.known("olga"))),
            refused(
                "the prefix itself",
                403,
                "forbidden",
                site -> site.get("/admin").as(site.known("olga"))),
            refused(
                "its slash", 403, "forbidden", site -> site.get("/admin/").as(site.known("olga"))),
            refused(
                "viewer runs",
                403,
                "forbidden",
                site -> site.post("/run/x").meantBy(site.known("vera"))),
            refused(
                "viewer runs by token",
                403,
                "forbidden",
                site -> site.post("/run/x").bearer(site.known("vera").token())),
            refused(
                "viewer reads a report",
                403,
                "forbidden",
                site -> site.get("/reports").as(site.known("vera"))),
            passed("admin in admin", site -> site.get("/admin/x").as(site.known("ada"))),
            passed("operator runs", site -> site.post("/run/x").meantBy(site.known("olga"))),
            passed("viewer looks at runs", site -> site.get("/run/x").as(site.known("vera"))),
            passed("admin reads a report", site -> site.get("/reports").as(site.known("ada"))),
            passed(
                "a neighbour of the prefix",
                site -> site.get("/administer").as(site.known("vera")))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("table")
  void roleDecides(Site site, Scenario scenario) {
    scenario.holdsAt(site);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void browserGetsAPageAndNoRedirect(Site site) {
    Answer answer = site.get("/admin/x").browser().as(site.known("vera")).send();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(answer.text()).contains("Your role does not allow this.", "vera", "Sign out");
    assertThat(answer.header("Location")).isEmpty();
  }
}
