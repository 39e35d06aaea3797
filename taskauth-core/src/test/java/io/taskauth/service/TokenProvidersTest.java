package io.taskauth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a provider says it does is looked at before anybody relies on it. */
class TokenProvidersTest {
  private static final TokenPrincipal POD = new TokenPrincipal("pod", "cloud", Set.of());

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("does not work", provider(new UnsupportedOperationException("later"))),
        Arguments.of("does not work", provider(new AbstractMethodError())),
        Arguments.of("gives null", nothing()),
        Arguments.of("takes a made-up token for 'pod'", (TokenProvider) t -> Optional.of(POD)));
  }

  private static TokenProvider provider(Throwable failure) {
    return token -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    };
  }

  @SuppressWarnings("NullAway")
  private static TokenProvider nothing() {
    return token -> null;
  }

  @ParameterizedTest
  @MethodSource("broken")
  void oneThatDoesNotWorkStopsTheStart(String named, TokenProvider provider) {
    assertThatThrownBy(() -> new TokenProviders(List.of(provider)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tokenProvider(…)")
        .hasMessageContaining(named);
  }

  @Test
  void oneThatIsOutOrFailsAtTheStartMayRecover() {
    AtomicInteger calls = new AtomicInteger();
    for (RuntimeException failure :
        List.of(new ProviderUnavailableException("not yet"), new IllegalStateException("a bug"))) {
      calls.set(0);
      TokenProvider late =
          token -> {
            if (calls.incrementAndGet() == 1) {
              throw failure;
            }
            return Optional.of(POD);
          };
      assertThat(new TokenProviders(List.of(late)).verify("x")).contains(POD);
    }
  }

  @Test
  void oneThatSupportsNoTokensIsNeverAsked() {
    TokenProvider off =
        new TokenProvider() {
          @Override
          public boolean supportsToken() {
            return false;
          }

          @Override
          public Optional<TokenPrincipal> verifyToken(String token) {
            throw new AssertionError("asked");
          }
        };
    assertThat(new TokenProviders(List.of(off)).verify("x")).isEmpty();
  }

  @Test
  void firstThatKnowsItDecidesAndTheOthersAreNotAsked() {
    AtomicInteger asked = new AtomicInteger();
    TokenProvider first = token -> token.equals("known") ? Optional.of(POD) : Optional.empty();
    TokenProvider second =
        token -> {
          asked.incrementAndGet();
          throw new ProviderUnavailableException("gone");
        };
    TokenProviders both = new TokenProviders(List.of(first, second));
    asked.set(0);
    assertThat(both.verify("known")).contains(POD);
    assertThat(asked).hasValue(0);
    assertThatThrownBy(() -> both.verify("unknown"))
        .isInstanceOf(ProviderUnavailableException.class);
  }

  @Test
  void nobodyButTheLibraryAnswersInItsName() {
    for (String name : List.of("server-internal", "taskauth-config", "taskauth-x")) {
      TokenProvider liar =
          token ->
              token.equals("x")
                  ? Optional.of(new TokenPrincipal("pod", name, Set.of()))
                  : Optional.empty();
      assertThat(new TokenProviders(List.of(liar)).verify("x")).as(name).isEmpty();
    }
  }
}
