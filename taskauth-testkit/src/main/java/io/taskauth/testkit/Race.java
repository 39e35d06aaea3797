package io.taskauth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Threads that do something at the same instant. */
public final class Race {
  private static final long PATIENCE_SECONDS = 30;

  private Race() {}

  /** What one thread does; it may fail as it likes. */
  public interface Task<T extends @Nullable Object> {
    /** By the thread of that number. */
    T run(int number) throws Exception;
  }

  /** What each of so many threads, numbered from 0, came back with once all had started. */
  public static <T extends @Nullable Object> List<T> of(int threads, Task<T> task) {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        running.add(
            pool.submit(
                () -> {
                  start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                  return task.run(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a racing thread failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a racing thread is stuck", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** What each of these came back with, in their order. */
  @SafeVarargs
  public static <T extends @Nullable Object> List<T> between(Supplier<? extends T>... tasks) {
    return of(tasks.length, i -> tasks[i].get());
  }
}
