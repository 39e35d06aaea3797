package io.taskauth.oauth;

import io.taskauth.user.EmailAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about a person: in the ID token, or else at its userinfo endpoint (OpenID
 * Connect Core 1.0, section 5.1).
 */
record PersonClaims(Map<String, Object> idToken, Map<String, Object> userinfo) {
  /** Whether the provider says anything about it. */
  boolean has(String claim) {
    return source(claim).get(claim) != null;
  }

  boolean hasName() {
    return has("name") || has("preferred_username");
  }

  @Nullable String displayName() {
    String name = text(idToken, "name");
    if (name == null) {
      name = text(userinfo, "name");
    }
    if (name == null) {
      name = text(source("preferred_username"), "preferred_username");
    }
    return name;
  }

  /** What is no address is as if there were none. */
  @Nullable EmailAddress email() {
    return EmailAddress.parse(text(source("email"), "email")).orElse(null);
  }

  /** Both from one place: what one says of its address says nothing about that of the other. */
  boolean emailVerified() {
    Object verified = source("email").get("email_verified");
    // Some providers write it as a string.
    return Boolean.TRUE.equals(verified)
        || (verified instanceof String text && text.equalsIgnoreCase("true"));
  }

  /** The claim's value, or its values where it is an array. */
  Set<String> values(String claim) {
    Object value = source(claim).get(claim);
    Stream<?> values =
        value instanceof Collection<?> many ? many.stream() : Stream.ofNullable(value);
    return values
        .filter(v -> v instanceof String || v instanceof Number || v instanceof Boolean)
        .map(String::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Map<String, Object> source(String claim) {
    return idToken.get(claim) != null ? idToken : userinfo;
  }

  private static @Nullable String text(Map<String, Object> claims, String claim) {
    return claims.get(claim) instanceof String text && !text.isBlank() ? text.strip() : null;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
