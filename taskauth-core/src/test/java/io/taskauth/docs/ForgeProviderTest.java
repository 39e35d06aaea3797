package io.taskauth.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.docs.ForgeProvider.Person;
import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.service.ProviderUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example of docs/single-sign-on.md, run. */
class ForgeProviderTest {
  // RFC 7636, appendix B.
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final AuthorizationRequest REQUEST =
      new AuthorizationRequest(
          URI.create("https://tools.example.com/api/auth/oauth/callback/forge"),
          "a-state",
          "a-nonce",
          VERIFIER);

  private final ForgeProvider provider =
      new ForgeProvider(
          (code, verifier, redirectUri) -> {
            if (code.equals("while it is out")) {
              throw new IOException("connection refused");
            }
            boolean good = code.equals("good") && verifier.equals(VERIFIER);
            return good && redirectUri.equals(REQUEST.redirectUri())
                ? Optional.of(new Person("17", "Ada", "ada@example.com", true))
                : Optional.empty();
          });

  private ProviderAnswer answerTo(Map<String, String> parameters) {
    return provider.complete(new AuthorizationResponse(REQUEST, parameters));
  }

  @Test
  void itSendsStateAndChallengeAndNeverTheVerifier() {
    assertThat(provider.authorizationUri(REQUEST).toString())
        .contains("state=a-state")
        .contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        .contains("%2Fapi%2Fauth%2Foauth%2Fcallback%2Fforge")
        .doesNotContain(VERIFIER);
  }

  @Test
  void itVouchesForWhoTheServerNames() {
    assertThat(answerTo(Map.of("code", "good")))
        .isEqualTo(new ProviderAnswer.Vouched("17", "ada@example.com", true, "Ada", null, null));
  }

  @Test
  void everythingElseIsAnAnswerToo() {
    assertThat(answerTo(Map.of("error", "access_denied")))
        .isEqualTo(new ProviderAnswer.Denied("access_denied", null));
    assertThat(answerTo(Map.of())).isEqualTo(new ProviderAnswer.Failed("response"));
    assertThat(answerTo(Map.of("code", "made up")))
        .isEqualTo(new ProviderAnswer.Failed("token_response"));
  }

  @Test
  void anOutageIsOne() {
    assertThatThrownBy(() -> answerTo(Map.of("code", "while it is out")))
        .isInstanceOf(ProviderUnavailableException.class);
  }
}
