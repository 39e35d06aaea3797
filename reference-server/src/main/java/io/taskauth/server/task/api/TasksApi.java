package io.taskauth.server.task.api;

import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.ApiRoutes;
import io.taskauth.server.web.RoutedServlet;

/**
 * {@code /api/tasks}: what there is, starting it, and how it is set. The filter asks for a role.
 */
final class TasksApi extends RoutedServlet {
  private static final long serialVersionUID = 1;

  TasksApi(TaskHandlers tasks, OverrideHandlers overrides, MiddlewareHandlers middlewares) {
    super(
        "/api/tasks",
        new ApiRoutes()
            .on("GET", "", tasks::list)
            .on("GET", "/{name}", tasks::show)
            .on("POST", "/{name}/run", tasks::start)
            .on("GET", "/{name}/override", overrides.show(Subject.Kind.TASK))
            .on("PUT", "/{name}/override", overrides.patch(Subject.Kind.TASK))
            .on("DELETE", "/{name}/override", overrides.clear(Subject.Kind.TASK))
            .on("GET", "/{name}/middleware", middlewares::list)
            .on("DELETE", "/{name}/middleware", middlewares::enableAll)
            .on("PUT", "/{name}/middleware/{mw}", middlewares::set));
  }
}
