package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams end when time has come, when nobody can say whether it has, and when all is over. */
class LiveExpiryTest {
  private static final String ENDED = "CREDENTIAL_ENDED";
  private Site site;

  @BeforeEach
  void start() {
    site = Site.ofItsOwn();
  }

  @AfterEach
  void stop() {
    site.store.restore();
    site.stop();
  }

  @Test
  void streamEndsWhenItsSessionIsPastItsEnd() {
    SignedIn vera = site.signIn("vera");
    try (OpenStream stream = OpenStream.as(site, vera)) {
      site.clock.advance(Duration.ofHours(24).minusMillis(1));
      stream.staysOpen();
      site.clock.advance(Duration.ofMillis(1));
      stream.endsWith(ENDED);
    }
  }

  @Test
  void streamEndsWhenItsTokenIsPastItsEnd() {
    Answer made =
        site.post("/api/auth/tokens")
            .meantBy(site.known("vera"))
            .object("name", "short", "expires_in_days", 1)
            .send();
    try (OpenStream stream =
        OpenStream.bearer(site, "/stream", made.json().get("token").asString())) {
      site.clock.advance(Duration.ofDays(1).minusMillis(1));
      stream.staysOpen();
      site.clock.advance(Duration.ofMillis(1));
      stream.endsWith(ENDED);
    }
  }

  @Test
  void streamEndsWhenTheTokenThatWasReplacedIsNoLongerGood() {
    MadeToken deploy = site.service("deploy", "drain");
    try (OpenStream stream = OpenStream.bearer(site, "/machine/stream", deploy.secret())) {
      site.post("/api/auth/admin/services/" + deploy.id() + "/rotate")
          .meantBy(site.known("ada"))
          .object("overlap_seconds", 3600)
          .send();
      site.clock.advance(Duration.ofHours(1).minusMillis(1));
      stream.staysOpen();
      site.clock.advance(Duration.ofMillis(1));
      stream.endsWith(ENDED);
    }
  }

  @Test
  void streamEndsWhenNobodyCanSayWhetherItMayGoOn() {
    try (OpenStream stream = OpenStream.as(site, site.known("vera"))) {
      stream.staysOpen();
      site.store.feedIsCurrent = false;
      stream.staysOpen();
      site.store.cutOff();
      stream.endsWith("UNVERIFIED");
    }
  }

  @Test
  void outageAloneEndsNothingWhileChangesAreStillTold() {
    try (OpenStream stream = OpenStream.as(site, site.known("vera"))) {
      stream.staysOpen();
      site.store.cutOff();
      stream.staysOpen();
      stream.staysOpen();
    }
  }

  @Test
  void endOfTheServerEndsThemAll() {
    try (OpenStream one = OpenStream.as(site, site.known("vera"));
        OpenStream two = OpenStream.bearer(site, "/machine/stream", Site.CONFIG_SECRET)) {
      assertThat(site.auth.live().count()).isEqualTo(2);
      site.auth.close();
      one.endsWith("GOING_AWAY");
      two.endsWith("GOING_AWAY");
      assertThat(site.auth.live().count()).isZero();
    }
  }
}
