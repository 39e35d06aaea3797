package io.taskauth.server.task.settings;

import java.util.Map;

/** What came of changing an override. */
public sealed interface OverrideOutcome {
  /**
   * It is so now.
   *
   * @param changes the fields that are otherwise than before, and how; none where nothing was
   */
  record Changed(Overridden now, Map<String, String> changes) implements OverrideOutcome {}

  /** Somebody else has changed it meanwhile, and nothing was written. */
  record Conflict(Overridden current) implements OverrideOutcome {}
}
