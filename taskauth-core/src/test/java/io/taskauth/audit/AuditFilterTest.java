package io.taskauth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.LoginKey;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which events are wanted. */
class AuditFilterTest {
  private static final UUID ADA = UUID.fromString("0195513a-7a00-7000-8000-000000000001");
  private static final UUID ROOT = UUID.fromString("0195513a-7a00-7000-8000-000000000002");
  private static final AuditFilter.About ABOUT_ADA =
      new AuditFilter.About(ADA, Set.of(LoginKey.of("ada"), LoginKey.of("ada@example.org")));

  private static AuditEvent event(
      AuditType type, UUID userId, String username, String target, String targetName) {
    return new AuditEvent(
        UUID.randomUUID(),
        Events.NOW,
        type,
        type.outcome(),
        userId,
        username,
        null,
        null,
        target,
        targetName == null ? Map.of() : Map.of(AuditEvent.TARGET_USERNAME, targetName));
  }

  private static boolean isAboutAda(
      UUID userId, String username, String target, String targetName) {
    return new AuditFilter(null, ABOUT_ADA)
        .matches(event(AuditType.USER_UPDATED, userId, username, target, targetName));
  }

  @Test
  void eventsOfOthersAreNotAboutAnAccount() {
    assertThat(isAboutAda(ROOT, "root", null, null)).isFalse();
    assertThat(isAboutAda(ROOT, "root", ROOT.toString(), "adam")).isFalse();
    assertThat(isAboutAda(null, null, null, null)).isFalse();
    assertThat(isAboutAda(null, "ada2", "ada", null)).isFalse();
  }

  @Test
  void oneMatchIsEnough() {
    assertThat(isAboutAda(ADA, "renamed", null, null)).isTrue();
    assertThat(isAboutAda(ROOT, "root", ADA.toString(), "renamed")).isTrue();
    assertThat(isAboutAda(null, " ADA ", null, null)).as("typed").isTrue();
    assertThat(isAboutAda(null, "Ada@Example.org", null, null)).isTrue();
    assertThat(isAboutAda(ROOT, "root", null, "ada")).as("its token, by name").isTrue();
  }

  @Test
  void accountThatIsKnownByNameOnlyIsFoundByIt() {
    AuditFilter filter =
        new AuditFilter(null, new AuditFilter.About(null, Set.of(LoginKey.of("gone"))));

    assertThat(filter.matches(event(AuditType.LOGIN_FAILURE, null, "Gone", null, null))).isTrue();
    assertThat(filter.matches(event(AuditType.LOGIN_FAILURE, null, null, null, null))).isFalse();
  }

  @Test
  void kindAndAccountMustBothMatch() {
    AuditFilter filter = new AuditFilter(AuditType.LOGIN_FAILURE, ABOUT_ADA);

    assertThat(filter.matches(event(AuditType.LOGIN_FAILURE, null, "ada", null, null))).isTrue();
    assertThat(filter.matches(event(AuditType.LOGIN_FAILURE, null, "eve", null, null))).isFalse();
    assertThat(filter.matches(event(AuditType.LOGOUT, ADA, "ada", null, null))).isFalse();
  }

  @Test
  void withoutAFilterEverythingIsWanted() {
    assertThat(AuditFilter.NONE.matches(event(AuditType.LOGOUT, null, null, null, null))).isTrue();
  }
}
