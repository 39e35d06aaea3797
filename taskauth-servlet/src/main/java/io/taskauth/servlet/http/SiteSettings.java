package io.taskauth.servlet.http;

import io.taskauth.access.AccessRules;
import io.taskauth.access.PathPattern;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host has set, checked and complete.
 *
 * @param mountPath where the library's paths begin, below the context path: empty, or {@code /x/y}
 * @param publicUrl the address that users know the site by, or null where only {@code Host} says
 * @param tokenScopes what tokens can be limited to besides the library's own; empty for anything
 * @param sameOriginForms where a change needs no CSRF token, if a page of this origin makes it
 * @param machines what machines and streams use
 * @param hsts the value of {@code Strict-Transport-Security}, empty for none
 */
public record SiteSettings(
    String mountPath,
    AccessRules rules,
    @Nullable URI publicUrl,
    TrustedProxies proxies,
    SameSite sameSite,
    boolean allowEncodedSlash,
    String hsts,
    List<String> tokenScopes,
    List<PathPattern> sameOriginForms,
    MachineSettings machines,
    Branding branding) {

  /** Whether the forms of that path, in segments, are somebody else's and know no CSRF token. */
  boolean isSameOriginForm(List<String> path) {
    return sameOriginForms.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /** The addresses that this site is said to have. */
  List<URI> knownAddresses() {
    return Stream.concat(Stream.ofNullable(publicUrl), machines.allowedOrigins().stream()).toList();
  }
}
