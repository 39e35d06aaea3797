package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.testkit.Race;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two hundred sign-ins at once take neither the memory nor the other requests. */
class LoginFloodTest {
  private static final int LOGINS = 200;
  private static final int OTHERS = 20;

  @Test
  void othersAreStillAnsweredWhileManySignIn() throws Exception {
    TaskAuth auth =
        TaskAuth.builder()
            .user("console", Site.PASSWORD)
            .secretKeys("0123456789abcdefghijklmnopqrstuvwxyz!")
            .argon2(Argon2Parameters.OWASP)
            .hashesAtOnce(2)
            .build();
    JettyContainer jetty = JettyContainer.start("", new TaskAuthFilter(auth));
    try {
      SignedIn console = Site.signedIn(login(jetty, "console", Site.PASSWORD));
      List<Answer> answers =
          Race.of(
              LOGINS + OTHERS,
              n ->
                  n < LOGINS
                      ? login(jetty, n % 2 == 0 ? "console" : "nobody" + n, "wrong " + n)
                      : new Call(jetty.port(), "GET", "/jobs").as(console).send());
      assertThat(answers.subList(LOGINS, LOGINS + OTHERS))
          .allMatch(answer -> answer.status() == 200);
      assertThat(answers.subList(0, LOGINS))
          .allSatisfy(
              answer -> {
                assertThat(answer.status()).as("%s", answer).isIn(401, 429, 503);
                assertThat(answer.error())
                    .isIn("invalid_credentials", "too_many_attempts", "overloaded");
              });
      // Two are hashed and sixteen wait; the rest of a hundred names is turned away at once.
      assertThat(answers).anyMatch(answer -> answer.error().equals("overloaded"));
    } finally {
      jetty.stop();
      auth.close();
    }
  }

  private static Answer login(JettyContainer jetty, String name, String password) {
    return new Call(jetty.port(), "POST", "/api/auth/login")
        .json(Site.credentials(name, password))
        .send();
  }
}
