package io.taskauth.live;

/** A stream or socket that must not outlive the credential which opened it. */
@FunctionalInterface
public interface LiveConnection {
  /**
   * Ends it. Called once, on a thread that others wait for: start what takes time and come back.
   */
  void end(EndReason reason);
}
