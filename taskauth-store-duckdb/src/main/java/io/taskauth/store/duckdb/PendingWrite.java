package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.jdbi.Transaction;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** A step that waits for the writer, and the caller who waits for the step. */
final class PendingWrite<T> {
  private enum State {
    WAITING,
    STARTED,
    ABANDONED
  }

  private final Function<Transaction, T> work;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  PendingWrite(Function<Transaction, T> work) {
    this.work = work;
  }

  /** For the writer: false where nobody wants it any more. */
  boolean start() {
    return state.compareAndSet(State.WAITING, State.STARTED);
  }

  /** For the writer: what to do once the transaction is committed. */
  Runnable runIn(Handle handle, Consumer<Change> feed) {
    Transaction step = new Transaction(handle);
    T result = work.apply(step);
    return () -> {
      step.changes().forEach(feed);
      answer.complete(result);
    };
  }

  void fail(Throwable e) {
    answer.completeExceptionally(e);
  }

  /** For the caller: returns when the step is durable. */
  T await(long patienceNanos) {
    try {
      return answer.get(patienceNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw new AuthStoreException("the store is too busy to write; " + outcome(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthStoreException("interrupted while writing; " + outcome(), e);
    }
  }

  private String outcome() {
    return state.compareAndSet(State.WAITING, State.ABANDONED)
        ? "nothing was written"
        : "it is not known whether it will be written";
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof AuthStoreException e) {
      // A new one, because the stack of the other is the writer's.
      return new AuthStoreException(String.valueOf(e.getMessage()), e);
    }
    if (cause instanceof JdbiException) {
      return new AuthStoreException("DuckDB could not write", cause);
    }
    return cause instanceof RuntimeException e
        ? e
        : new AuthStoreException("the writer failed", cause);
  }
}
