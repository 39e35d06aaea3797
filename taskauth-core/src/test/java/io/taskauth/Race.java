package io.taskauth;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The same thing from many threads at one moment. */
public final class Race {
  private Race() {}

  /** What each of {@code threads} got. */
  public static <T> List<T> of(int threads, Callable<T> step) throws Exception {
    List<Callable<T>> steps = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      steps.add(step);
    }
    return of(steps);
  }

  /** What each step gave, in the order of the steps. */
  public static <T> List<T> of(List<Callable<T>> steps) throws Exception {
    CyclicBarrier start = new CyclicBarrier(steps.size());
    ExecutorService threads = Executors.newFixedThreadPool(steps.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> step : steps) {
        running.add(
            threads.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  return step.call();
                }));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : running) {
        answers.add(answer.get(60, TimeUnit.SECONDS));
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
