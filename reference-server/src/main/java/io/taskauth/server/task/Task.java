package io.taskauth.server.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that this process can do when somebody asks for it, or by itself. Threads share it. */
public interface Task {
  /** Who asked for what runs by itself: no name of a user or machine has parentheses. */
  String BY_ITSELF = "(schedule)";

  /** One run of it, its arguments understood. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it. An exception is a failure that another attempt may mend, but for {@link
     * BadArgumentsException}.
     *
     * @return what came of it, as text for people
     * @throws java.util.concurrent.CancellationException from {@code progress}, once somebody has
     *     asked for an end; let it pass
     */
    String run(Progress progress) throws Exception;
  }

  String name();

  /** What it does, in a sentence. */
  String description();

  /** What it waits in, and shares limits in. */
  default String queue() {
    return "default";
  }

  /** How it is run unless somebody has set it otherwise. */
  default TaskSettings defaults() {
    return TaskSettings.STANDARD;
  }

  /** How often it runs by itself; empty where only when somebody asks for it. */
  default Optional<Duration> every() {
    return Optional.empty();
  }

  /** What it can be run with, as a form; none where it takes nothing. */
  default List<Argument> form() {
    return List.of();
  }

  /** Whether starting it takes the administrator's role, whatever else an operator may do. */
  default boolean isForAdministrators() {
    return false;
  }

  /** Whether what comes of it is for administrators only, whoever starts it. */
  default boolean isConfidential() {
    return false;
  }

  /** Whether its arguments hold what must not be read by whoever reads the store. */
  default boolean hasSecretArguments() {
    return false;
  }

  /** What comes of it is written in this, and may be so long. */
  default ResultKind resultKind() {
    return ResultKind.TEXT;
  }

  /**
   * Reads the arguments before anything is queued, so that a mistake is told to whoever made it;
   * and again before each attempt, wherever that is.
   *
   * @throws BadArgumentsException where they make no sense
   */
  Work prepare(Arguments arguments);
}
