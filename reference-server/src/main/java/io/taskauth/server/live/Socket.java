package io.taskauth.server.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.live.EndReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: JSON-RPC in both directions, for whoever opened it. Public because Jetty calls it.
 */
public final class Socket implements Session.Listener.AutoDemanding, Listener {
  private static final Logger log = LoggerFactory.getLogger(Socket.class);
  private static final int MAX_UNSENT = 128;

  /** Three beats without any sign of life. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private static final long LAST_WORDS_MILLIS = 500;

  private final Audience audience;
  private final JsonRpc rpc;
  private final Ending ending = new Ending();
  private final AtomicInteger unsent = new AtomicInteger();
  private volatile @Nullable Session session;
  private volatile @Nullable EndReason ended;
  private volatile boolean subscribed;
  private volatile long heardAt = System.nanoTime();

  /**
   * @param methods gives what can be called, being told how to subscribe
   */
  Socket(Audience audience, Function<Runnable, SocketMethods> methods) {
    this.audience = audience;
    this.rpc = methods.apply(() -> subscribed = true).rpc();
  }

  void whenOver(Runnable task) {
    ending.add(task);
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    EndReason reason = ended;
    if (reason != null) {
      close(opened, reason);
    }
  }

  @Override
  public void onWebSocketText(String message) {
    heardAt = System.nanoTime();
    // Between the order to end and the end there is no right any more.
    if (ended == null) {
      rpc.answer(message).ifPresent(this::send);
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    Session open = session;
    if (open != null) {
      open.close(StatusCode.BAD_DATA, "text only", Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    heardAt = System.nanoTime();
  }

  @Override
  public void onWebSocketError(Throwable failure) {
    log.debug("a socket failed", failure);
  }

  @Override
  public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
    over();
    callback.succeed();
  }

  /** It never opened, or is closed. */
  void over() {
    ending.happen();
  }

  @Override
  public Audience audience() {
    return audience;
  }

  @Override
  public boolean wantsProcess() {
    return false;
  }

  @Override
  public void on(LiveEvent event) {
    if (subscribed && event instanceof LiveEvent.RunChanged && ended == null) {
      event
          .textFor(audience)
          .ifPresent(text -> send(JsonRpc.notification("tasks.run_changed", text)));
    }
  }

  @Override
  public void beat() {
    Session open = session;
    if (open == null) {
      return;
    }
    if (System.nanoTime() - heardAt > SILENCE_NANOS) {
      open.disconnect();
    } else {
      open.sendPing(ByteBuffer.wrap("taskauth".getBytes(UTF_8)), Callback.NOOP);
    }
  }

  private void send(String text) {
    Session open = session;
    if (open == null) {
      return;
    }
    if (unsent.incrementAndGet() > MAX_UNSENT) {
      // Whoever does not read is not kept up with.
      open.disconnect();
      return;
    }
    open.sendText(text, Callback.from(unsent::decrementAndGet, failure -> open.disconnect()));
  }

  @Override
  public void end(EndReason reason) {
    ended = reason;
    Session open = session;
    if (open != null) {
      close(open, reason);
    }
  }

  /** A peer that does not answer the closing would keep what it has no right to any more. */
  private static void close(Session open, EndReason reason) {
    open.close(reason.closeCode(), reason.phrase(), Callback.NOOP);
    CompletableFuture.delayedExecutor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
        .execute(open::disconnect);
  }
}
