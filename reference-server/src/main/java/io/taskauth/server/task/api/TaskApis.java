package io.taskauth.server.task.api;

import io.taskauth.server.task.run.TaskDesk;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.web.RoutedServlet;
import java.util.List;

/** All that can be done with tasks over HTTP. */
public final class TaskApis {
  private TaskApis() {}

  public static List<RoutedServlet> of(TaskRunner runner, TaskDesk desk, TaskChanges changes) {
    OverrideHandlers overrides = new OverrideHandlers(runner, changes);
    return List.of(
        new TasksApi(
            new TaskHandlers(runner, desk), overrides, new MiddlewareHandlers(runner, changes)),
        new QueuesApi(runner, overrides),
        new MiddlewareApi(runner.middlewares()),
        new RunsApi(runner, desk, changes),
        new MetricsApi(runner),
        new DrainApi(runner));
  }
}
