package io.taskauth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.session.SessionId;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node sends, another reads; what it cannot read makes it forget everything. */
class ChangeTextTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  static Stream<Change> changes() {
    UUID user = UUID.randomUUID();
    return Stream.of(
        new Change.OfUser(user),
        new Change.OfSession(user, new SessionId(ID)),
        new Change.OfToken(user, new TokenId(ID)),
        new Change.OfSetting("web hooks: ü"),
        new Change.Missed());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void changeIsReadAsItWasSent(Change change) {
    assertThat(ChangeText.parse(ChangeText.of(change))).isEqualTo(change);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user",
        "user x",
        "session 018f0000-0000-7000-8000-000000000000",
        "session 018f0000-0000-7000-8000-000000000000 short",
        "token  " + ID,
        "robot 018f0000-0000-7000-8000-000000000000"
      })
  void whatCannotBeReadMayBeAboutAnything(String text) {
    assertThat(ChangeText.parse(text)).isEqualTo(new Change.Missed());
  }
}
