package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every page has a picture in light and in dark, and the documentation shows it. What is on the
 * picture is for people to see; {@link PictureTour} takes them anew.
 */
class PicturesTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** The pages, as docs/openapi.yaml has them, which other tests hold against the code. */
  static Set<String> pages() {
    Set<String> pages = new TreeSet<>();
    new OpenAPIV3Parser()
        .read(ROOT.resolve("docs/openapi.yaml").toString())
        .getPaths()
        .forEach(
            (path, item) -> {
              if (!path.startsWith("/api/") && isPage(item)) {
                pages.add(path);
              }
            });
    return pages;
  }

  private static boolean isPage(PathItem item) {
    return Optional.ofNullable(item.getGet())
        .map(Operation::getResponses)
        .map(answers -> answers.get("200"))
        .map(ApiResponse::getContent)
        .filter(content -> content.containsKey("text/html"))
        .isPresent();
  }

  /** The name of a page's pictures, such as {@code auth-admin-users-id}. */
  static String name(String page) {
    return page.substring(1).replaceAll("[^a-z_]+", "-").replaceAll("-$", "");
  }

  @Test
  void everyPageHasItsPictures() {
    assertThat(pages()).hasSizeGreaterThan(20);
    for (String page : pages()) {
      for (String scheme : new String[] {"light", "dark"}) {
        assertThat(ROOT.resolve("docs/images/" + name(page) + "-" + scheme + ".png"))
            .as("the picture of %s: %s", page, PictureTour.COMMAND)
            .exists();
      }
    }
  }

  @Test
  void documentationShowsEveryPicture() throws IOException {
    StringBuilder shown = new StringBuilder(Files.readString(ROOT.resolve("README.md")));
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        shown.append(Files.readString(page));
      }
    }
    try (Stream<Path> pictures = Files.list(ROOT.resolve("docs/images"))) {
      assertThat(pictures.map(picture -> "images/" + picture.getFileName()))
          .isNotEmpty()
          .allSatisfy(picture -> assertThat(shown.toString()).contains(picture));
    }
  }
}
