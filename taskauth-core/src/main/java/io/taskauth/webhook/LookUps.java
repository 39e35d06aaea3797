package io.taskauth.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up in time. The system's resolver knows no deadline and cannot be interrupted, so it
 * works on threads of its own; they are few, lest names that hang take all of this JVM's. Threads
 * share it.
 */
final class LookUps implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int WAITING = 64;

  private final NameResolver resolver;
  private final ThreadPoolExecutor threads;

  LookUps(NameResolver resolver) {
    this.resolver = resolver;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "taskauth-webhook-names");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * All addresses of the name, one at least.
   *
   * @throws UnknownHostException also where there was no answer in time
   */
  List<InetAddress> resolve(String host, Duration within) throws UnknownHostException {
    FutureTask<List<InetAddress>> lookUp = new FutureTask<>(() -> resolver.resolve(host));
    try {
      threads.execute(lookUp);
      List<InetAddress> addresses =
          List.copyOf(lookUp.get(within.toMillis(), TimeUnit.MILLISECONDS));
      if (addresses.isEmpty()) {
        throw new UnknownHostException(host);
      }
      return addresses;
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw unknown(host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, e);
    } finally {
      lookUp.cancel(true);
      threads.remove(lookUp);
    }
  }

  private static UnknownHostException unknown(String host, Exception cause) {
    UnknownHostException unknown = new UnknownHostException(host);
    unknown.initCause(cause);
    return unknown;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
