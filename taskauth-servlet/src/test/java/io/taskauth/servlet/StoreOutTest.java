package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store is out: "try again", never open, and never "please sign in". */
class StoreOutTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void everythingThatNeedsTheStoreSaysTryAgain(Kind kind) {
    Site site = Site.of(kind, Mount.CONTEXT);
    try {
      SignedIn vera = site.signIn("vera");
      SignedIn olga = site.signIn("olga");
      site.get("/jobs").as(olga).send();
      site.store.cutOff();
      site.clock.advance(Duration.ofMinutes(2));
      String login = Site.credentials("vera", Site.PASSWORD);
      List<Function<Site, Call>> calls =
          List.of(
              s -> s.get("/jobs").as(vera),
              s -> s.get("/jobs").as(olga),
              s -> s.get("/jobs").bearer(vera.token()),
              s -> s.get("/jobs").browser().as(vera),
              s -> s.call("HEAD", "/jobs").as(vera),
              s -> s.post("/run/x").meantBy(olga),
              s -> s.get("/admin/x").as(vera),
              s -> s.get("/api/auth/whoami").as(vera),
              s -> s.get("/auth/account").browser().as(vera),
              s -> s.get("/auth/login").browser().as(vera),
              s -> s.post("/api/auth/login").json(login),
              s -> s.post("/api/auth/token").json(login),
              s -> s.post("/api/auth/logout").meantBy(vera));
      for (Function<Site, Call> call : calls) {
        Answer answer = call.apply(site).send();
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.error()).isIn("store_unavailable", "");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.headers("Set-Cookie")).isEmpty();
        assertThat(answer.isFromHost()).isFalse();
      }
      assertThat(site.get("/jobs").as(vera).send().error()).isEqualTo("store_unavailable");
      assertThat(site.get("/public/x").as(vera).send().text()).contains("user=null");
      assertThat(site.get("/jobs").send().status()).as("nobody has nothing to ask").isEqualTo(401);
      assertThat(site.get("/jobs").as(forged()).send().status()).isEqualTo(401);
      site.store.restore();
      assertThat(site.get("/jobs").as(vera).send().status()).isEqualTo(200);
    } finally {
      site.store.restore();
      site.stop();
    }
  }

  private static SignedIn forged() {
    return new SignedIn("taskauth_session=a.b.c; Path=/", "taskauth_csrf=x; Path=/", "x");
  }
}
