package io.taskauth.server.task.middleware;

import org.jspecify.annotations.Nullable;

/** What came of an attempt. */
public sealed interface Outcome {
  /**
   * @param result as text for people
   */
  record Succeeded(String result) implements Outcome {
    @Override
    public String code() {
      return "succeeded";
    }
  }

  /**
   * @param note a sentence for whoever sees the run
   * @param again whether another attempt may mend it
   * @param cause for those who may read the log; null where the note says it all
   */
  record Failed(String note, boolean again, @Nullable Throwable cause) implements Outcome {
    Failed withNote(String other) {
      return new Failed(other, again, cause);
    }

    @Override
    public String code() {
      return "failed";
    }
  }

  /** It ended as it was asked to. */
  record Cancelled() implements Outcome {
    @Override
    public String code() {
      return "cancelled";
    }
  }

  /** The run is no longer this node's: what came of it here does not count. */
  record Lost() implements Outcome {
    @Override
    public String code() {
      return "lost";
    }
  }

  /** The name in numbers and records. */
  String code();
}
