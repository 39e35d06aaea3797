package io.taskauth.server.task;

/** How a run says how far it is, and hears that it shall end. */
@FunctionalInterface
public interface Progress {
  /**
   * @param fraction what is done, 0 to 1
   * @throws java.util.concurrent.CancellationException where somebody has asked for an end
   */
  void at(double fraction);
}
