package io.taskauth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.provider.LogoutAnswer;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ProviderSession;
import io.taskauth.user.Identity;
import java.util.function.Supplier;

/** What came of it, in a word. Nothing but an outage may be thrown, and that tells no secrets. */
final class Told {
  static final String LABEL = "Example ID";

  /** What a session that has ended owed to a provider. */
  static final ProviderSession SESSION =
      new ProviderSession(new Identity("example", "ada-1815"), "s-1");

  private Told() {}

  static String by(Supplier<ProviderAnswer> work) {
    try {
      ProviderAnswer answer = work.get();
      if (answer instanceof ProviderAnswer.Failed failed) {
        return "failed:" + failed.reason();
      }
      if (answer instanceof ProviderAnswer.Denied denied) {
        return "denied:" + denied.reason();
      }
      return "in:" + ((ProviderAnswer.Vouched) answer).subject();
    } catch (ProviderUnavailableException e) {
      return outage(e);
    }
  }

  static String logout(Supplier<LogoutAnswer> work) {
    try {
      LogoutAnswer answer = work.get();
      return answer instanceof LogoutAnswer.Refused refused ? "refused:" + refused.reason() : "out";
    } catch (ProviderUnavailableException e) {
      return outage(e);
    }
  }

  private static String outage(ProviderUnavailableException e) {
    assertThat(e)
        .hasMessageContaining(LABEL)
        .hasNoCause()
        .message()
        .doesNotContain("secret", "code-", "access", "eyJ");
    return "outage";
  }
}
