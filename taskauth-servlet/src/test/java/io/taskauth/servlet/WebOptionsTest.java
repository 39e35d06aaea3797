package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.AccessRules;
import io.taskauth.access.AccessRules.Requirement;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first rule that matches decides, whatever its kind. */
class WebOptionsTest {
  private static final List<String> INTERNAL = List.of("docs", "internal", "x");

  @Test
  void roleBeforeAnOpenPrefixHolds() {
    AccessRules rules =
        rules(
            WebOptions.defaults().requireRole("admin", "/docs/internal/*").publicPaths("/docs/*"));
    assertThat(rules.requirement("GET", INTERNAL))
        .isEqualTo(new Requirement.AtLeast(new Role("admin")));
    assertThat(rules.requirement("GET", List.of("docs", "x"))).isEqualTo(new Requirement.Open());
  }

  @Test
  void openPrefixBeforeARoleHolds() {
    AccessRules rules =
        rules(
            WebOptions.defaults().publicPaths("/docs/*").requireRole("admin", "/docs/internal/*"));
    assertThat(rules.requirement("GET", INTERNAL)).isEqualTo(new Requirement.Open());
  }

  private static AccessRules rules(WebOptions options) {
    return options.settings(Roles.standard()).rules();
  }
}
