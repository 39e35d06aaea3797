package io.taskauth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.internal.Ids;
import io.taskauth.store.InMemoryAuthStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  /** Makes the same state each time. */
  private static final class Stuck extends SecureRandom {
    private static final long serialVersionUID = 1;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 7);
    }
  }

  private static AuthorizationRequest begin(String browser) {
    return new Departures(new InMemoryAuthStore().secrets(), new Ids(CLOCK, new Stuck()), CLOCK)
        .begin("stub", URI.create("https://app.example/back"), browser, "", null);
  }

  @Test
  void ofTheSameStateEachBrowserHasItsOwnNonceAndVerifier() {
    AuthorizationRequest one = begin("a".repeat(43));
    AuthorizationRequest two = begin("b".repeat(43));

    assertThat(one.state()).isEqualTo(two.state());
    assertThat(one.nonce()).isNotEqualTo(two.nonce());
    assertThat(one.codeVerifier()).isNotEqualTo(two.codeVerifier());
  }
}
