package io.taskauth.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks the same thing again and again on a thread of its own, and keeps all replies. */
final class Asking implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();

  private final List<Reply> replies = new CopyOnWriteArrayList<>();
  private final Supplier<?> question;
  private final Thread thread = new Thread(this::run, "asking");
  private volatile boolean closed;

  private Asking(Supplier<?> question) {
    this.question = question;
  }

  static Asking begin(Supplier<?> question) {
    Asking asking = new Asking(question);
    asking.thread.setDaemon(true);
    asking.thread.start();
    return asking;
  }

  private void run() {
    while (!closed) {
      replies.add(Reply.to(question));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  List<Reply> replies() {
    return List.copyOf(replies);
  }

  /** Whether something that was asked then or later was answered. */
  boolean hasAnswerAfter(long instant) {
    return replies.stream().anyMatch(reply -> reply.isAskedAfter(instant) && reply.isAnswer());
  }

  /** Once this returns there are no more replies. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(FaultyWay.PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
