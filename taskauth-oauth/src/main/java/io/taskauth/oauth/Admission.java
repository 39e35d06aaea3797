package io.taskauth.oauth;

import io.taskauth.provider.ProviderAnswer.GrantedRole;
import io.taskauth.user.EmailAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, and as what.
 *
 * @param domains those of e-mail addresses, in their ASCII form: the JDK's IDN takes ß for ss,
 *     which today is another domain; empty lets everybody in
 * @param required for each claim the values of which it must have one
 * @param roles the first whose claim has its value decides
 * @param otherwise the role where none does, or null for the lowest
 */
record Admission(
    Set<String> domains,
    Map<String, Set<String>> required,
    List<RoleRule> roles,
    @Nullable String otherwise,
    boolean atEachLogin) {
  record RoleRule(String claim, String value, String role) {}

  /** The claims that decide. */
  Set<String> claims() {
    return Stream.concat(required.keySet().stream(), roles.stream().map(RoleRule::claim))
        .collect(Collectors.toUnmodifiableSet());
  }

  Set<String> roleNames() {
    return Stream.concat(roles.stream().map(RoleRule::role), Stream.ofNullable(otherwise))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Why somebody may not come in; null where they may. */
  @Nullable String objection(PersonClaims person) {
    if (!domains.isEmpty()) {
      EmailAddress email = person.email();
      if (email == null || !domains.contains(domain(email))) {
        return "domain";
      }
      if (!person.emailVerified()) {
        return "email_unverified";
      }
    }
    boolean fits =
        required.entrySet().stream()
            .allMatch(e -> person.values(e.getKey()).stream().anyMatch(e.getValue()::contains));
    return fits ? null : "claim";
  }

  @Nullable GrantedRole role(PersonClaims person) {
    String role =
        roles.stream()
            .filter(rule -> person.values(rule.claim()).contains(rule.value()))
            .map(RoleRule::role)
            .findFirst()
            .orElse(otherwise);
    // At each login it has to be said that none fits, or nobody would ever lose a role again.
    boolean saysNothing = role == null && (roles.isEmpty() || !atEachLogin);
    return saysNothing ? null : new GrantedRole(role, atEachLogin);
  }

  private static String domain(EmailAddress email) {
    return email.value().substring(email.value().lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
