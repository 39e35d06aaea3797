package io.taskauth.servlet.http;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the pages present the host.
 *
 * @param name the application's name, in titles and headings
 * @param logo a path of a picture, or null
 * @param stylesheet a path of one more style sheet, or null
 * @param links what the navigation has before our own pages
 */
public record Branding(
    String name, @Nullable String logo, @Nullable String stylesheet, List<HostLink> links) {
  public Branding {
    links = List.copyOf(links);
  }

  public Optional<String> logoUrl() {
    return Optional.ofNullable(logo);
  }

  public Optional<String> stylesheetUrl() {
    return Optional.ofNullable(stylesheet);
  }
}
