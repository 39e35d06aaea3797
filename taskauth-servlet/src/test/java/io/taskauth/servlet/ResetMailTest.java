package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.mail.Mail;
import io.taskauth.mail.MailException;
import io.taskauth.mail.Mailer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Links are mailed as well as can be, and the answer says whether they were. */
class ResetMailTest {
  private final List<Mail> sent = new CopyOnWriteArrayList<>();
  private Site site;

  @AfterEach
  void stop() {
    site.stop();
  }

  private void start(Mailer mailer) {
    site =
        Site.custom(
            Mount.ROOT,
            settings -> settings.mailer(mailer),
            web -> web.publicUrl("https://tools.example.com").applicationName("Night Shift"));
  }

  private Answer create(Object... fields) {
    return site.post("/api/auth/users").bearer(site.token("ada").secret()).object(fields).send();
  }

  private JsonNode linkFor(String name) {
    return site.post(site.userPath(name) + "/reset-password")
        .bearer(site.token("ada").secret())
        .send()
        .json();
  }

  private List<JsonNode> failures() {
    return site.get("/api/auth/audit?event=email_failed")
        .as(site.known("ada"))
        .send()
        .json()
        .get("items")
        .valueStream()
        .toList();
  }

  @Test
  void linkGoesToTheAddressOfTheAccount() {
    start(sent::add);
    JsonNode made = create("username", "grace", "email", "grace@example.com").json();
    assertThat(made.get("email_sent").asBoolean()).isTrue();
    assertThat(linkFor("grace").get("email_sent").asBoolean()).isTrue();
    assertThat(sent).hasSize(2);
    Mail mail = sent.get(0);
    assertThat(mail.to().value()).isEqualTo("grace@example.com");
    assertThat(mail.subject()).contains("Night Shift");
    assertThat(mail.text())
        .contains(made.get("reset_url").asString(), "https://tools.example.com/auth/reset?token=");
    assertThat(failures()).isEmpty();
  }

  @Test
  void accountWithoutAnAddressIsNotMailed() {
    start(sent::add);
    assertThat(create("username", "grace").json().get("email_sent").asBoolean()).isFalse();
    assertThat(linkFor("vera").get("email_sent").asBoolean()).isFalse();
    assertThat(sent).isEmpty();
    assertThat(failures()).isEmpty();
  }

  @Test
  void passwordThatIsGivenNeedsNoMail() {
    start(sent::add);
    Answer made =
        create("username", "grace", "email", "grace@example.com", "password", Site.PASSWORD);
    assertThat(made.json().has("reset_url")).isFalse();
    assertThat(made.json().has("email_sent")).isFalse();
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mailThatFailsIsSaidAndOnRecord(boolean byMistake) {
    start(
        mail -> {
          throw byMistake
              ? new IllegalStateException("the mailer is broken")
              : new MailException("the mailer is broken", null);
        });
    try (CapturedLog log = new CapturedLog()) {
      JsonNode made = create("username", "grace", "email", "grace@example.com").json();
      assertThat(made.get("email_sent").asBoolean()).isFalse();
      String token = made.get("reset_token").asString();
      assertThat(failures())
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.get("username").asString()).isEqualTo("ada");
                assertThat(event.get("target").asString()).isEqualTo(made.get("id").asString());
                assertThat(event.at("/details/target_username").asString()).isEqualTo("grace");
                assertThat(event.at("/details/reason").asString())
                    .isEqualTo(byMistake ? "IllegalStateException" : "the mailer is broken");
                assertThat(event.get("outcome").asString()).isEqualTo("failure");
              });
      assertThat(log.text()).contains("could not be mailed").doesNotContain(token);
      assertThat(ResetLinks.use(site, token, ResetLinks.NEXT).send().status()).isEqualTo(200);
    }
  }

  @Test
  void mailerThatQuotesTheMailGivesNothingAway() {
    start(
        mail -> {
          throw new IllegalStateException("cannot send " + mail.text());
        });
    try (CapturedLog log = new CapturedLog()) {
      JsonNode made = create("username", "grace", "email", "grace@example.com").json();
      assertThat(made.get("email_sent").asBoolean()).isFalse();
      assertThat(failures()).hasSize(1);
      assertThat(failures() + log.text()).doesNotContain(made.get("reset_token").asString());
    }
  }

  @Test
  void pageSaysWhetherItWasMailed() {
    start(sent::add);
    SignedIn ada = site.known("ada");
    Answer mailed =
        site.post("/auth/admin/users")
            .filledBy(ada, "username", "grace", "email", "grace@example.com", "role", "viewer")
            .send();
    assertThat(mailed.status()).as("%s", mailed).isEqualTo(200);
    assertThat(mailed.text()).contains("It was sent to grace@example.com.");
    Answer not =
        site.post("/auth/admin/users").filledBy(ada, "username", "joan", "role", "viewer").send();
    assertThat(not.text()).contains("It was not mailed");
  }

  @Test
  void withoutAMailerNothingIsSent() {
    site = Site.custom(Mount.ROOT, UnaryOperator.identity(), UnaryOperator.identity());
    JsonNode made = create("username", "grace", "email", "grace@example.com").json();
    assertThat(made.get("email_sent").asBoolean()).isFalse();
    assertThat(failures()).isEmpty();
  }
}
