package io.taskauth.server.task.middleware;

/** Measures how long an attempt takes. */
final class Timing implements Middleware {
  private final RunTimes times;

  Timing(RunTimes times) {
    this.times = times;
  }

  @Override
  public String name() {
    return "timing";
  }

  @Override
  public Outcome around(Attempt attempt, Next next) {
    long begin = System.nanoTime();
    Outcome outcome = next.run(attempt);
    times.record(attempt.task(), outcome.code(), System.nanoTime() - begin);
    return outcome;
  }
}
