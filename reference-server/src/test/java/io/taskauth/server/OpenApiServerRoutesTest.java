package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.taskauth.server.web.Routed;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.ee10.servlet.ServletMapping;
import org.junit.jupiter.api.Test;

/** docs/openapi.yaml has every route that the server's servlets know, and no others. */
class OpenApiServerRoutesTest {
  private static final Map<String, PathItem> PATHS =
      new OpenAPIV3Parser()
          .read(Path.of("").toAbsolutePath().getParent().resolve("docs/openapi.yaml").toString())
          .getPaths();

  /** Whatever nobody else answers. */
  private static final String DEFAULT = "/";

  @Test
  void theFileHasEveryRouteOfTheServer() {
    Set<String> known = new TreeSet<>();
    try (RunningServer server = RunningServer.start(RunningServer.ADMIN)) {
      ServletHandler servlets = server.server().servlets();
      for (ServletMapping mapping : servlets.getServletMappings()) {
        Servlet servlet = servlets.getServlet(mapping.getServletName()).getServletInstance();
        if (servlet instanceof Routed routed) {
          known.addAll(routed.answered());
        } else {
          for (String path : mapping.getPathSpecs()) {
            known.addAll(path.equals(DEFAULT) ? Set.of() : Set.of("GET " + written(path)));
          }
        }
      }
    }
    assertThat(ofTheServer()).isEqualTo(known);
  }

  /** The servlets that have no table answer GET at their own path, or one file below it. */
  private static String written(String path) {
    return path.isEmpty() ? "/" : path.replace("/*", "/{file}");
  }

  /** The library's are compared where they are kept. */
  private static Set<String> ofTheServer() {
    Set<String> written = new TreeSet<>();
    PATHS.forEach(
        (path, item) -> {
          if (!path.startsWith("/auth/") && !path.startsWith("/api/auth/")) {
            item.readOperationsMap()
                .keySet()
                .forEach(method -> written.add(method.name() + " " + path));
          }
        });
    return written;
  }
}
