package io.taskauth.server.task.api;

import io.taskauth.server.task.middleware.Middleware;
import io.taskauth.server.task.middleware.Middlewares;
import io.taskauth.server.web.ApiRoutes;
import io.taskauth.server.web.Json;
import io.taskauth.server.web.RoutedServlet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/middleware}: what stands around every attempt, the outermost first. */
final class MiddlewareApi extends RoutedServlet {
  private static final long serialVersionUID = 1;

  MiddlewareApi(Middlewares middlewares) {
    super(
        "/api/middleware",
        new ApiRoutes()
            .on(
                "GET",
                "",
                call ->
                    call.json(200, middlewares.all().stream().map(MiddlewareApi::json).toList())));
  }

  private static Map<String, @Nullable Object> json(Middleware middleware) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("name", middleware.name());
    json.put("class_name", middleware.getClass().getName());
    json.put("scopes", middleware.scopes());
    return json;
  }
}
