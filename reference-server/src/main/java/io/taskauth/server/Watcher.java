package io.taskauth.server;

import io.taskauth.live.InternalCredential;
import io.taskauth.server.live.SocketServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child of the server that says when the server does not answer any more: a process that hangs
 * cannot say so itself. It ends with its parent.
 */
public final class Watcher implements WebSocket.Listener {
  private static final Logger log = LoggerFactory.getLogger(Watcher.class);
  private static final int TOO_LARGE = 1009;
  private static final int MAX_MESSAGE = 256 * 1024;

  private final URI address;
  private final String credential;
  private final Duration patience;
  private final Duration ping;
  private final HttpClient client;
  private volatile long answeredAt = System.nanoTime();
  private volatile boolean open;
  private boolean gone;
  private boolean refused;
  private int length;

  /**
   * @param patience how long silence is borne; everything else keeps within it
   */
  private Watcher(URI address, String credential, Duration patience) {
    this.address = address;
    this.credential = credential;
    this.patience = patience;
    this.ping = patience.dividedBy(2);
    this.client = HttpClient.newBuilder().connectTimeout(ping).build();
  }

  /**
   * @param arguments the address of the socket, and how long silence is borne; what the socket is
   *     opened with comes in the environment, where it is not in the list of processes for
   *     everybody to read
   */
  public static void main(String[] arguments) throws InterruptedException {
    String credential = System.getenv(InternalCredential.VARIABLE);
    if (arguments.length != 2 || credential == null) {
      System.err.println("the watcher is started by the server");
      System.exit(2);
      return;
    }
    Thread parent = new Thread(Watcher::endWithTheParent, "parent");
    parent.setDaemon(true);
    parent.start();
    new Watcher(URI.create(arguments[0]), credential, Duration.parse(arguments[1])).watch();
  }

  /** Nobody writes to this process, so that the end of its input is the end of its parent. */
  private static void endWithTheParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing to read.
      }
    } catch (IOException e) {
      // The same.
    }
    Runtime.getRuntime().halt(0);
  }

  private void watch() throws InterruptedException {
    Duration shortest = patience.dividedBy(10);
    Duration longest = patience.multipliedBy(4).dividedBy(5);
    Duration pause = shortest;
    while (true) {
      WebSocket socket = connect();
      if (socket != null) {
        pause = shortest;
        stay(socket);
      }
      report();
      Thread.sleep(pause.toMillis());
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(longest) < 0 ? longer : longest;
    }
  }

  private @Nullable WebSocket connect() throws InterruptedException {
    try {
      open = true;
      length = 0;
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + credential)
              .subprotocols(SocketServlet.PROTOCOL)
              .connectTimeout(ping)
              .buildAsync(address, this)
              .get(ping.toMillis() * 2, TimeUnit.MILLISECONDS);
      answered();
      refused = false;
      return socket;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException answer) {
        // An answer all the same: the server lives.
        answered();
        sayRefused(answer.getResponse().statusCode());
      }
    } catch (TimeoutException e) {
      // No answer; report() says so in time.
    }
    return null;
  }

  private void sayRefused(int status) {
    if (!refused) {
      refused = true;
      log.warn("the server lives, but refuses the watcher with {}", status);
    }
  }

  /** As long as the socket lives. */
  private void stay(WebSocket socket) throws InterruptedException {
    send(socket, "{\"jsonrpc\":\"2.0\",\"method\":\"tasks.subscribe\"}");
    for (int id = 1; open; id++) {
      send(socket, "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":" + id + "}");
      Thread.sleep(ping.toMillis());
      report();
      if (silence().compareTo(patience.plus(ping)) > 0) {
        // Perhaps another connection gets through.
        break;
      }
    }
    socket.abort();
  }

  private void send(WebSocket socket, String text) {
    try {
      WebSocket unused =
          socket.sendText(text, true).orTimeout(ping.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      open = false;
    }
  }

  private Duration silence() {
    return Duration.ofNanos(System.nanoTime() - answeredAt);
  }

  private void answered() {
    answeredAt = System.nanoTime();
  }

  /** One line when it is gone, one when it is back. */
  private void report() {
    boolean silent = silence().compareTo(patience) >= 0;
    if (silent != gone) {
      gone = silent;
      if (gone) {
        log.warn("the server has not answered for {} seconds", silence().toSeconds());
      } else {
        log.warn("the server answers again");
      }
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    answered();
    length = last ? 0 : length + data.length();
    if (length > MAX_MESSAGE) {
      var unused = socket.sendClose(TOO_LARGE, "");
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    open = false;
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    open = false;
  }
}
