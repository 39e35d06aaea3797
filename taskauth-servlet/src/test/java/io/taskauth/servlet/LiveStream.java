package io.taskauth.servlet;

import io.taskauth.live.EndReason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;

/** A stream of a host's that says when it is bound, and why it was ended. */
final class LiveStream {
  /** Something that happens between the gate's check and the binding of the next stream. */
  static final AtomicReference<Runnable> BEFORE_NEXT = new AtomicReference<>(() -> {});

  private final AsyncContext async;
  private boolean ended;

  private LiveStream(AsyncContext async) {
    this.async = async;
  }

  static void open(HttpServletRequest request, HttpServletResponse response) {
    BEFORE_NEXT.getAndSet(() -> {}).run();
    LiveStream stream = new LiveStream(request.startAsync());
    stream.async.setTimeout(0);
    response.setContentType("text/event-stream");
    String how = String.valueOf(request.getQueryString());
    LiveConnections.Binding binding =
        how.equals("bare")
            ? LiveConnections.bind(request, stream.async::complete)
            : LiveConnections.bind(request, (EndReason reason) -> stream.end(reason));
    if (how.equals("forgotten")) {
      binding.close();
      binding.close();
    }
    stream.write("bound");
    if (how.equals("short")) {
      stream.async.complete();
    }
  }

  private synchronized void end(EndReason reason) {
    write(reason.name());
    ended = true;
    async.complete();
  }

  private synchronized void write(String data) {
    try {
      if (!ended) {
        async.getResponse().getWriter().write("data: " + data + "\n\n");
        async.getResponse().flushBuffer();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
