package io.taskauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.servlet.http.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** docs/openapi.yaml has the library's routes, all of them and no others, and says who may. */
class OpenApiRoutesTest {
  private static final JsonNode API =
      new YAMLMapper().readTree(Path.of("..", "docs", "openapi.yaml").toFile());

  @Test
  void theFileHasEveryRouteOfTheLibrary() {
    Map<String, String> known = new TreeMap<>();
    for (Route route : new Routes(new Assets()).all()) {
      known.put(route.method() + " /" + String.join("/", route.segments()), role(route.access()));
    }
    assertThat(written()).isEqualTo(known);
  }

  /** Methods and paths, with {@code *} for what stands in braces, and who may. */
  private static Map<String, String> written() {
    Map<String, String> written = new TreeMap<>();
    API.path("paths")
        .forEachEntry(
            (path, operations) -> {
              if (Routes.isReserved(List.of(path.substring(1).split("/", -1)))) {
                String any = path.replaceAll("\\{[a-z_]+}", "*");
                operations.forEachEntry(
                    (method, operation) ->
                        written.put(
                            method.toUpperCase(Locale.ROOT) + " " + any,
                            operation.path("x-role").asString()));
              }
            });
    return written;
  }

  private static String role(RouteAccess access) {
    return switch (access) {
      case OPEN -> "everybody";
      case SESSION -> "session";
      case USER -> "user";
      case ANYBODY_KNOWN -> "anybody";
      case ADMIN_API -> "administrator";
      case ADMIN_SESSION -> "administrator-session";
    };
  }

  @Test
  void theFileHasEveryCodeOfAnError() {
    List<String> written = new ArrayList<>();
    API.at("/components/schemas/Problem/properties/error/enum")
        .forEach(code -> written.add(code.asString()));
    assertThat(written).containsAll(Stream.of(ErrorCode.values()).map(ErrorCode::code).toList());
  }
}
