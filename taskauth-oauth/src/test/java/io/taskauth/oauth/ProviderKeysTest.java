package io.taskauth.oauth;

import static io.taskauth.oauth.OpenIdStandIn.DISCOVERY;
import static io.taskauth.oauth.OpenIdStandIn.KEY;
import static io.taskauth.oauth.OpenIdStandIn.KEYS;
import static io.taskauth.oauth.OpenIdStandIn.OTHER_KEY;
import static io.taskauth.oauth.OpenIdStandIn.header;
import static io.taskauth.oauth.OpenIdStandIn.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.service.ProviderUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How long what a provider has said is good for, and how often it is asked. */
class ProviderKeysTest {
  private static final String ADA = "in:" + OpenIdStandIn.SUBJECT;

  private final MutableClock clock = new MutableClock();
  @AutoClose private final OpenIdStandIn them = new OpenIdStandIn();
  private final OpenIdProvider provider = Providers.of(them).clock(clock).build();

  private String signIn() {
    them.at(clock.instant());
    return Told.by(() -> Browser.signIn(provider));
  }

  private void rotate() {
    them.keys(OTHER_KEY).signer(c -> signed(header(OTHER_KEY), c, OTHER_KEY));
  }

  @Test
  void manySignInsAskOnce() {
    IntStream.range(0, 5).forEach(i -> assertThat(signIn()).isEqualTo(ADA));
    assertThat(them.server().hits(KEYS)).isOne();
    assertThat(them.server().hits(DISCOVERY)).isOne();
  }

  @Test
  void anUnknownKeyIsLookedFor() {
    assertThat(signIn()).isEqualTo(ADA);
    rotate();
    clock.advance(Cached.PAUSE);
    assertThat(signIn()).isEqualTo(ADA);
    assertThat(them.server().hits(KEYS)).isEqualTo(2);
  }

  @Test
  void aFloodOfUnknownKeysReachesTheProviderOnce() {
    assertThat(signIn()).isEqualTo(ADA);
    clock.advance(Cached.PAUSE);
    them.at(clock.instant());
    String forged = signed(OpenIdStandIn.logoutHeader(OTHER_KEY), them.goodLogout(), OTHER_KEY);
    IntStream.range(0, 50)
        .forEach(
            i ->
                assertThat(Told.logout(() -> provider.logout(forged)))
                    .isEqualTo("refused:signature"));
    assertThat(them.server().hits(KEYS)).isEqualTo(2);
  }

  @Test
  void aKeyThatWasTakenBackIsGoneWithinTheHour() {
    assertThat(signIn()).isEqualTo(ADA);
    them.keys(OTHER_KEY);
    clock.advance(Duration.ofMinutes(61));
    assertThat(signIn()).isEqualTo("failed:signature");
  }

  @Test
  void inAnOutageTheKeysThatWeHaveDoForFourHours() {
    assertThat(signIn()).isEqualTo(ADA);
    them.server().replace(KEYS, Misbehaviour.status(503));
    clock.advance(Duration.ofMinutes(239));
    assertThat(signIn()).isEqualTo(ADA);
    clock.advance(Duration.ofMinutes(2));
    assertThat(signIn()).isEqualTo("outage");
  }

  @Test
  void inAnOutageAnUnknownKeyIsNoForgery() {
    assertThat(signIn()).isEqualTo(ADA);
    rotate();
    them.server().replace(KEYS, Misbehaviour.status(503));
    clock.advance(Cached.PAUSE);
    assertThat(signIn()).isEqualTo("outage");
  }

  @Test
  void inAnOutageTheMetadataThatWeHaveDoForADay() {
    assertThat(signIn()).isEqualTo(ADA);
    them.server().replace(DISCOVERY, Misbehaviour.status(503));
    clock.advance(Duration.ofHours(23));
    assertThat(signIn()).isEqualTo(ADA);
    assertThat(signIn()).isEqualTo(ADA);
    assertThat(them.server().hits(DISCOVERY)).isEqualTo(2);
    clock.advance(Duration.ofHours(2));
    assertThat(Told.by(() -> Browser.signIn(provider))).isEqualTo("outage");
  }

  @Test
  void newMetadataIsReadAfterAnHour() {
    assertThat(signIn()).isEqualTo(ADA);
    them.metadata("end_session_endpoint", null);
    clock.advance(Duration.ofMinutes(61));
    assertThat(signIn()).isEqualTo(ADA);
    assertThat(provider.logoutUri(Told.SESSION, Browser.request().redirectUri())).isEmpty();
  }

  @Test
  void aProviderThatFailsIsLeftAloneForAMoment() {
    them.server().replace(DISCOVERY, Misbehaviour.status(503));
    String token =
        signed(OpenIdStandIn.logoutHeader(KEY), them.at(clock.instant()).goodLogout(), KEY);
    for (int i = 0; i < 20; i++) {
      assertThat(Told.logout(() -> provider.logout(token))).isEqualTo("outage");
    }
    assertThat(them.server().hits(DISCOVERY)).isOne();
    them.server().replace(DISCOVERY, exchange -> StandIn.json(exchange, 200, them.metadata()));
    clock.advance(Cached.BREATHER);
    assertThat(Told.logout(() -> provider.logout(token))).isEqualTo("out");
  }

  @Test
  void whatIsNoTokenDoesNotReachTheProvider() {
    assertThat(Told.logout(() -> provider.logout("rubbish"))).isEqualTo("refused:token");
    assertThat(them.server().hits(DISCOVERY)).isZero();
  }

  @Test
  void manyAtOnceAskOnce() throws Exception {
    them.server()
        .replace(
            DISCOVERY,
            exchange -> {
              pause();
              StandIn.json(exchange, 503, "");
            });
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<String> begin =
          () ->
              Told.by(
                  () -> {
                    provider.authorizationUri(Browser.request());
                    return null;
                  });
      List<String> told = new ArrayList<>();
      for (Future<String> each : threads.invokeAll(java.util.Collections.nCopies(8, begin))) {
        told.add(each.get());
      }
      assertThat(told).containsOnly("outage");
      assertThat(them.server().hits(DISCOVERY)).isOne();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aSecondKeyBesideTheFirstIsTaken() {
    them.keys(KEY, OTHER_KEY).signer(c -> signed(header(OTHER_KEY), c, OTHER_KEY));
    assertThat(signIn()).isEqualTo(ADA);
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoeverRefreshesAsksForMetadataAndKeysHoweverLatelyTheyWereAskedFor() {
    assertThat(signIn()).isEqualTo(ADA);
    rotate();

    assertThat(provider.refresh()).isTrue();

    assertThat(them.server().hits(DISCOVERY)).isEqualTo(2);
    assertThat(them.server().hits(KEYS)).isEqualTo(2);
    // The new key is known: nobody has to look for it.
    assertThat(signIn()).isEqualTo(ADA);
    assertThat(them.server().hits(KEYS)).isEqualTo(2);
  }

  @Test
  void whoeverRefreshesHearsOfAnOutageAndOthersDoNot() {
    assertThat(signIn()).isEqualTo(ADA);
    them.server().replace(KEYS, Misbehaviour.status(503));

    assertThatThrownBy(provider::refresh).isInstanceOf(ProviderUnavailableException.class);

    assertThat(signIn()).isEqualTo(ADA);
  }

  @Test
  void keysThatAreNoneAreAnOutageToWhoeverRefreshes() {
    assertThat(signIn()).isEqualTo(ADA);
    them.server().replace(KEYS, e -> StandIn.json(e, 200, Map.of("keys", "none")));

    assertThatThrownBy(provider::refresh)
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("refused");

    assertThat(signIn()).isEqualTo(ADA);
  }
}
