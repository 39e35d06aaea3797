package io.taskauth.server.task.run;

import java.util.UUID;

/** What came of asking for a run. */
public sealed interface StartOutcome {
  /** It waits, or runs already. */
  record Started(UUID run) implements StartOutcome {}

  record UnknownTask() implements StartOutcome {}

  /** Whoever asks may not. */
  record Forbidden(String sentence) implements StartOutcome {}

  record BadArguments(String sentence) implements StartOutcome {}

  /** No new runs are taken. */
  record Draining() implements StartOutcome {}

  /** Too many wait already. */
  record Busy() implements StartOutcome {}
}
