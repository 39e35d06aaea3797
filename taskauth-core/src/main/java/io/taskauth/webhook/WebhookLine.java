package io.taskauth.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one attempt, which is closed at the deadline whatever it is at. A limit for
 * each read is none for a receiver that sends a byte a second.
 */
final class WebhookLine implements AutoCloseable {
  private final long end;
  private final Future<?> deadline;
  private @Nullable Socket socket;
  private boolean late;

  WebhookLine(Duration timeout, ScheduledExecutorService timer) {
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    this.end = System.nanoTime() + nanos;
    this.deadline = timer.schedule(this::giveUp, nanos, TimeUnit.NANOSECONDS);
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** A socket for the next of the addresses; there is one at a time. */
  synchronized Socket socket(List<InetAddress> checked) throws SocketException {
    hangUp();
    if (late) {
      throw new SocketException("too late");
    }
    Socket next = new GuardedSocket(checked);
    socket = next;
    return next;
  }

  synchronized boolean isLate() {
    return late;
  }

  @Override
  public synchronized void close() {
    deadline.cancel(false);
    hangUp();
  }

  private synchronized void giveUp() {
    late = true;
    hangUp();
  }

  private void hangUp() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // There is nothing more to be done for it.
      }
    }
  }
}
