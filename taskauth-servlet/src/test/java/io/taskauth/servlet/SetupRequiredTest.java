package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.testkit.Race;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** There is no user yet. */
class SetupRequiredTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void everybodyIsSentToTheSetupUntilSomebodyDidIt(Kind kind) {
    for (Mount mount : List.of(Mount.ROOT, Mount.MOUNTED)) {
      Site site = Site.empty(kind, mount);
      try {
        programsAreTold(site);
        browsersAreSentThere(site);
        exactlyOneOfManyWins(site);
        assertThat(site.get("/jobs").send().error()).isEqualTo("not_authenticated");
        assertThat(site.get("/auth/setup").browser().send().location())
            .isEqualTo(site.path("/auth/login"));
      } finally {
        site.stop();
      }
    }
  }

  private static void programsAreTold(Site site) {
    for (Call call :
        List.of(
            site.get("/jobs"),
            site.post("/run/x").browser(),
            site.get("/api/jobs").browser(),
            site.get("/api/auth/whoami"),
            site.get("/admin/x").bearer("x"),
            site.get("/jobs").cookie("taskauth_session=x"))) {
      Answer answer = call.send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(503);
      assertThat(answer.error()).isEqualTo("setup_required");
      assertThat(answer.json().get("login_url").asString()).isEqualTo(site.path("/auth/setup"));
    }
    assertThat(site.get("/public/x").send().isFromHost()).isTrue();
    assertThat(site.get("/api/auth/status").send().json().get("setup_required").asBoolean())
        .isTrue();
  }

  private static void browsersAreSentThere(Site site) {
    assertThat(site.get("/jobs?a=b").browser().send().location())
        .startsWith(site.path("/auth/setup?next=%2F"))
        .endsWith("jobs%3Fa%3Db");
    assertThat(site.call("HEAD", "/jobs").browser().send().status()).isEqualTo(302);
    assertThat(site.get("/auth/login").browser().send().location())
        .isEqualTo(site.path("/auth/setup"));
  }

  private static void exactlyOneOfManyWins(Site site) {
    List<Answer> answers =
        Race.of(
            16,
            n ->
                site.post("/api/auth/setup")
                    .json(Site.credentials("first" + n, Site.PASSWORD))
                    .send());
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).as("%s", answer).isIn(409, 503);
              assertThat(answer.error()).isIn("setup_complete", "overloaded");
              assertThat(answer.headers("Set-Cookie")).isEmpty();
            });
    Answer won = answers.stream().filter(a -> a.status() == 201).findFirst().orElseThrow();
    SignedIn first = Site.signedIn(won);
    assertThat(won.json().at("/user/role").asString()).isEqualTo("admin");
    assertThat(site.get("/admin/x").as(first).send().status()).isEqualTo(200);
  }
}
