package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The accounts of machines in a browser without scripts. */
class ServicesPageTest {
  private static final String PAGE = "/auth/admin/services";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static String freshName() {
    return "machine-" + NUMBER.incrementAndGet();
  }

  private static Answer form(Site site, String... fields) {
    return site.post(PAGE).filledBy(site.known("ada"), fields).send();
  }

  private static Answer create(Site site, String name, String scopes, String expires) {
    return form(site, "action", "create", "name", name, "scopes", scopes, "expires", expires);
  }

  private static Answer page(Site site) {
    return site.get(PAGE).browser().as(site.known("ada")).send();
  }

  private static String shownToken(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.text())
        .contains("it is not shown again", "role=\"status\"", "data-copy=\"new-token\" hidden");
    return answer.text().replaceAll("(?s).*value=\"(taskauth_svc_[^\"]*)\".*", "$1");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenIsShownOnceAndWorks(Site site) {
    Map<String, String> ends =
        Map.of("90", "expires 30 May 2026", "365", "expires 1 Mar 2027", "never", "never expires");
    for (String expires : ends.keySet()) {
      String name = freshName();
      Answer made = create(site, name, " drain,  metrics ", expires);
      String token = shownToken(made);
      assertThat(made.text())
          .contains("the new token of " + name + ".", ">metrics</span>", "never used")
          .contains("made by ada", ends.get(expires));
      assertThat(site.get("/drain").bearer(token).send().text())
          .contains("user=service:" + name + "\n");
      assertThat(page(site).text())
          .contains(name, ">just now</time>")
          .doesNotContain("taskauth_svc_");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', drain, 365, The name must be",
    "Not a name, drain, 365, The name must be",
    "typed, '', 365, The scopes must be",
    "typed, '  ,', never, The scopes must be",
    "typed, Drain, 365, The scopes must be",
    "typed, drain, 30, must be 90",
    "typed, drain, '', must be 90"
  })
  void whatWasTypedStaysWithWhatIsWrongAboutIt(
      String name, String scopes, String expires, String complaint) {
    Site site = Sites.one();
    Answer page = create(site, name, scopes, expires);
    assertThat(page.status()).as("%s", page).isEqualTo(400);
    assertThat(page.text())
        .contains("role=\"alert\"", complaint, "name=\"name\" value=\"" + name + "\"", "open>")
        .doesNotContain("taskauth_svc_");
    assertThat(page(site).text()).doesNotContain("<strong>typed</strong>");
  }

  @Test
  void takenNameIsSaidInTheForm() {
    Site site = Sites.one();
    String name = freshName();
    shownToken(create(site, name, "drain", "365"));
    Answer again = create(site, name, "metrics", "never");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text())
        .contains("There is a service account named '" + name + "' already.", "open>")
        .contains("value=\"metrics\"", "<option value=\"never\" selected")
        .doesNotContain("taskauth_svc_");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void newTokenTakesThePlaceOfTheOld(Site site) {
    String name = freshName();
    MadeToken first = site.service(name, "drain");
    Answer week = form(site, "action", "rotate", "service", first.id(), "overlap", "week");
    String second = shownToken(week);
    assertThat(week.text()).contains("of " + name + ".", "is good until", "8 Mar 2026");
    assertThat(site.get("/drain").bearer(first.secret()).send().status()).isEqualTo(200);
    assertThat(site.get("/drain").bearer(second).send().status()).isEqualTo(200);

    String third =
        shownToken(form(site, "action", "rotate", "service", first.id(), "overlap", "now"));
    assertThat(site.get("/drain").bearer(first.secret()).send().status()).isEqualTo(401);
    assertThat(site.get("/drain").bearer(second).send().status()).isEqualTo(401);
    assertThat(site.get("/drain").bearer(third).send().status()).isEqualTo(200);

    Answer odd = form(site, "action", "rotate", "service", first.id(), "overlap", "year");
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.text()).contains("role=\"alert\"").doesNotContain("taskauth_svc_");
    assertThat(site.get("/drain").bearer(third).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"hour, PT1H", "day, P1D"})
  void overlapIsWhatWasChosen(String choice, Duration overlap) {
    Site site = Site.ofItsOwn();
    try {
      MadeToken first = site.service("deploy", "drain");
      shownToken(form(site, "action", "rotate", "service", first.id(), "overlap", choice));
      site.clock.advance(overlap.minusMillis(1));
      assertThat(site.get("/drain").bearer(first.secret()).send().status()).isEqualTo(200);
      site.clock.advance(Duration.ofMillis(1));
      assertThat(site.get("/drain").bearer(first.secret()).send().status()).isEqualTo(401);
    } finally {
      site.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void machineIsRemoved(Site site) {
    String name = freshName();
    MadeToken machine = site.service(name, "drain");
    assertThat(page(site).text())
        .contains("value=\"" + machine.id() + "\"", "aria-label=\"Remove " + name + "\"")
        .contains("data-confirm=\"Remove this machine?");
    Answer gone = form(site, "action", "remove", "service", machine.id());
    assertThat(gone.status()).isEqualTo(303);
    assertThat(site.raw("GET", gone.location()).browser().as(site.known("ada")).send().text())
        .contains("The machine is removed")
        .doesNotContain(machine.id());
    assertThat(site.get("/drain").bearer(machine.secret()).send().status()).isEqualTo(401);
    for (String action : new String[] {"remove", "rotate"}) {
      Answer late = form(site, "action", action, "service", machine.id(), "overlap", "day");
      assertThat(late.status()).isEqualTo(404);
      assertThat(late.text()).contains("role=\"alert\"", "There is no service account");
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void formNeedsItsToken(Site site) {
    MadeToken machine = site.service(freshName(), "drain");
    for (String[] fields :
        new String[][] {
          {"action", "create", "name", "forged", "scopes", "drain", "expires", "never"},
          {"action", "rotate", "service", machine.id(), "overlap", "now"},
          {"action", "remove", "service", machine.id()}
        }) {
      Answer forged = site.post(PAGE).browser().as(site.known("ada")).form(fields).send();
      assertThat(forged.status()).isEqualTo(403);
      assertThat(forged.text()).doesNotContain("taskauth_svc_");
    }
    assertThat(site.get("/drain").bearer(machine.secret()).send().status()).isEqualTo(200);
    assertThat(page(site).text()).doesNotContain("forged");
  }

  @Test
  void endedAccountIsShownAsSuchAndGetsNoNewToken() {
    Site site = Site.ofItsOwn();
    try {
      assertThat(page(site).text())
          .contains("There are none yet.", "Asked for here: drain, metrics.");
      shownToken(create(site, "short", "drain", "90"));
      site.clock.advance(Duration.ofDays(91));
      assertThat(site.get(PAGE).browser().as(site.signIn("ada")).send().text())
          .contains(">expired</span>", "short")
          .doesNotContain("value=\"rotate\"");
    } finally {
      site.stop();
    }
  }
}
