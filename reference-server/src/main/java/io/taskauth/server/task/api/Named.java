package io.taskauth.server.task.api;

import io.taskauth.server.task.Task;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.task.settings.Subject;
import io.taskauth.server.web.Call;
import io.taskauth.server.web.Refusal;

/** What the first segment of a path names. */
final class Named {
  private Named() {}

  /**
   * @throws Refusal with 404 where there is none of that name
   */
  static Task task(Call call, TaskRunner runner) {
    return runner.catalog().find(call.segments().get(0)).orElseThrow(Refusal::notFound);
  }

  /**
   * @throws Refusal with 404 where there is none of that name
   */
  static Subject subject(Call call, TaskRunner runner, Subject.Kind kind) {
    String name = call.segments().get(0);
    boolean known =
        kind == Subject.Kind.TASK
            ? runner.catalog().find(name).isPresent()
            : runner.catalog().queues().contains(name);
    if (!known) {
      throw Refusal.notFound();
    }
    return new Subject(kind, name);
  }
}
