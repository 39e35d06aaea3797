package io.taskauth.server.task;

/** Something that this process can do when somebody asks for it. Threads may share it. */
public interface Task {
  /** One run of it, its arguments understood. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it.
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

  /** Whether what comes of it is for administrators only, whoever starts it. */
  default boolean isConfidential() {
    return false;
  }

  /**
   * Reads the arguments before anything is queued, so that a mistake is told to whoever made it.
   *
   * @throws BadArgumentsException where they make no sense
   */
  Work prepare(Arguments arguments);
}
