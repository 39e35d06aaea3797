package io.taskauth.servlet.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the pages present the host.
 *
 * @param name the application's name, in titles and headings
 * @param logo a path of a picture, or null
 * @param stylesheet a path of one more style sheet, or null
 */
public record Branding(String name, @Nullable String logo, @Nullable String stylesheet) {
  public Optional<String> logoUrl() {
    return Optional.ofNullable(logo);
  }

  public Optional<String> stylesheetUrl() {
    return Optional.ofNullable(stylesheet);
  }
}
