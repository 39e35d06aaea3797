package io.taskauth.server.task;

/** What came of asking for a run. */
public sealed interface StartOutcome {
  /** It waits, or runs already. */
  record Started(Run run) implements StartOutcome {}

  record UnknownTask() implements StartOutcome {}

  record BadArguments(String sentence) implements StartOutcome {}

  /** No new runs are taken. */
  record Draining() implements StartOutcome {}

  /** Too many wait already. */
  record Busy() implements StartOutcome {}
}
