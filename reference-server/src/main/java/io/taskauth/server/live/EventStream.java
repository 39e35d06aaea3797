package io.taskauth.server.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.live.EndReason;
import io.taskauth.server.web.Json;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream of server-sent events (WHATWG HTML, section 9.2). No thread waits for it: what the
 * reader is not ready for is kept, and a reader that falls too far behind is cut off.
 */
final class EventStream implements Listener, WriteListener {
  private static final int MAX_WAITING = 256;

  /** How long a browser that knows nothing better waits before it comes again. */
  private static final String FIRST = "retry: 3000\n\n";

  private static final String BEAT = ": still here\n\n";

  private final Audience audience;
  private final AsyncContext async;
  private final ServletOutputStream out;
  private final Runnable cut;
  private final Ending ending = new Ending();
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private boolean blocked = true;
  private boolean unflushed;
  private boolean closing;
  private boolean over;

  /**
   * @param cut breaks the connection without waiting for anybody
   */
  EventStream(Audience audience, AsyncContext async, ServletOutputStream out, Runnable cut) {
    this.audience = audience;
    this.async = async;
    this.out = out;
    this.cut = cut;
    waiting.add(FIRST.getBytes(UTF_8));
  }

  void whenOver(Runnable task) {
    ending.add(task);
  }

  @Override
  public Audience audience() {
    return audience;
  }

  @Override
  public boolean wantsProcess() {
    return true;
  }

  @Override
  public void on(LiveEvent event) {
    event.textFor(audience).ifPresent(text -> send(frame(event.name(), text)));
  }

  @Override
  public void beat() {
    send(BEAT);
  }

  /** The JSON has no line breaks, so that it is one line of data. */
  private static String frame(String event, String json) {
    return "event: " + event + "\ndata: " + json + "\n\n";
  }

  private void send(String text) {
    boolean tooSlow;
    lock.lock();
    try {
      if (closing) {
        return;
      }
      waiting.add(text.getBytes(UTF_8));
      tooSlow = waiting.size() > MAX_WAITING;
      if (!tooSlow) {
        write();
      }
    } finally {
      lock.unlock();
    }
    if (tooSlow) {
      breakOff();
    }
  }

  /** What has not been sent is not sent any more: whoever reads has no right to it now. */
  @Override
  public void end(EndReason reason) {
    boolean stuck;
    lock.lock();
    try {
      if (closing) {
        return;
      }
      closing = true;
      waiting.clear();
      String code = reason.name().toLowerCase(Locale.ROOT);
      waiting.add(frame("end", Json.text(Map.of("reason", code))).getBytes(UTF_8));
      write();
      stuck = !over && blocked;
    } finally {
      lock.unlock();
    }
    if (stuck) {
      breakOff();
    }
  }

  @Override
  public void onWritePossible() {
    lock.lock();
    try {
      blocked = false;
      write();
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void write() {
    try {
      while (!blocked && !over) {
        if (!out.isReady()) {
          // The container calls onWritePossible once it is.
          blocked = true;
          return;
        }
        byte[] next = waiting.poll();
        if (next != null) {
          out.write(next);
          unflushed = true;
        } else if (unflushed) {
          out.flush();
          unflushed = false;
        } else {
          if (closing) {
            finish();
          }
          return;
        }
      }
    } catch (IOException e) {
      finish();
    }
  }

  @Override
  public void onError(Throwable failure) {
    lock.lock();
    try {
      finish();
    } finally {
      lock.unlock();
    }
  }

  private void breakOff() {
    cut.run();
    onError(new IOException("cut off"));
  }

  /** Under the lock. */
  private void finish() {
    if (over) {
      return;
    }
    over = true;
    closing = true;
    waiting.clear();
    ending.happen();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      // The container has completed it already.
    }
  }
}
