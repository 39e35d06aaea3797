package io.taskauth.server.task.middleware;

import java.util.List;

/** Something that stands around every attempt at a task. Threads share it. */
public interface Middleware {
  /** What is further inside: the rest of the chain, and at last the task. Throws nothing. */
  @FunctionalInterface
  interface Next {
    Outcome run(Attempt attempt);
  }

  /** What it is switched off by; does not change from one version to the next. */
  String name();

  /** What it stands around. */
  default List<String> scopes() {
    return List.of("run");
  }

  /** Calls what is further inside, once, and may change what goes in and what comes out. */
  Outcome around(Attempt attempt, Next next);
}
