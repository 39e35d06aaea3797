package io.taskauth.server.task.run;

import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Task;
import io.taskauth.server.web.Administrators;
import io.taskauth.servlet.TaskAuthPrincipal;
import java.util.Optional;
import java.util.Set;

/** Who may start what and see what, whichever way they ask. Threads may share it. */
public final class TaskDesk {
  private final TaskRunner runner;
  private final String operator;
  private final Administrators administrators;

  /**
   * @param operator the role that starting a task takes
   */
  public TaskDesk(TaskRunner runner, String operator, Administrators administrators) {
    this.runner = runner;
    this.operator = operator;
    this.administrators = administrators;
  }

  /** Whether they may start and end runs; a token that may only read is no good for it. */
  public boolean mayOperate(TaskAuthPrincipal who) {
    return who.hasRole(operator) && who.principal().scopes().allow(false, Set.of());
  }

  public boolean mayStart(TaskAuthPrincipal who, Task task) {
    return mayOperate(who) && (!task.isForAdministrators() || administrators.include(who));
  }

  /** Whether they may see what a run was asked for with, and what came of it. */
  public boolean mayRead(TaskAuthPrincipal who, Run run) {
    Optional<Task> task = runner.catalog().find(run.task());
    // Of a task that is no longer known nobody can say.
    boolean open =
        task.filter(known -> !known.isConfidential() && !known.isForAdministrators()).isPresent();
    return open || administrators.include(who);
  }

  /** Starts a run in somebody's name. */
  public StartOutcome start(TaskAuthPrincipal who, String name, Arguments arguments) {
    if (!mayOperate(who)) {
      return new StartOutcome.Forbidden("Starting a task takes the role " + operator + ".");
    }
    Optional<Task> task = runner.catalog().find(name);
    if (task.isPresent() && !mayStart(who, task.get())) {
      return new StartOutcome.Forbidden("This task is for administrators.");
    }
    return runner.start(name, arguments, who.getName());
  }
}
