package io.taskauth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real proxy on the loopback in front of a server, with verbs for what networks do to a store:
 * fall silent, break, be slow. Its port stays the same as long as it is open. Threads may share it.
 */
public final class TcpProxy implements AutoCloseable {
  // Below the ports that systems give to outgoing connections: one of those must not get ours while
  // we refuse, and whoever knocks again and again must not be connected to itself.
  private static final int LOWEST_PORT = 20_000;
  private static final int PORTS = 10_000;
  private static final int MAX_TRIES = 100;
  private static final int BACKLOG = 100;

  private final InetSocketAddress server;
  private final TcpFlow flow = new TcpFlow();
  private final Set<TcpLink> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final int port;
  private @Nullable ServerSocket listener;
  private @Nullable Thread accepting;
  private boolean closed;

  private TcpProxy(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
    this.port = listener.getLocalPort();
  }

  /** A proxy in front of that server, through which everything moves at once. */
  public static TcpProxy before(InetSocketAddress server) {
    TcpProxy proxy = new TcpProxy(server, listenSomewhere());
    proxy.accept();
    return proxy;
  }

  private static ServerSocket listenSomewhere() {
    for (int tries = 1; ; tries++) {
      try {
        return listenAt(LOWEST_PORT + ThreadLocalRandom.current().nextInt(PORTS));
      } catch (UncheckedIOException e) {
        if (tries == MAX_TRIES || !(e.getCause() instanceof BindException)) {
          throw e;
        }
      }
    }
  }

  private static ServerSocket listenAt(int port) {
    try {
      return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void accept() {
    ServerSocket socket = listener;
    if (socket != null) {
      Thread thread = new Thread(() -> accept(socket), "taskauth-proxy");
      thread.setDaemon(true);
      thread.start();
      accepting = thread;
    }
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        TcpLink link = new TcpLink(socket.accept(), flow, links::remove);
        links.add(link);
        accepted.incrementAndGet();
        if (socket.isClosed()) {
          // It slipped in while all others were being closed.
          link.close();
        } else {
          link.start(server);
        }
      }
    } catch (IOException e) {
      // Closed: nobody is accepted any more.
    }
  }

  /** Where to connect to, on the loopback. */
  public int port() {
    return port;
  }

  /** How many connections were accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections there are now. */
  public int open() {
    return links.size();
  }

  /** How many bytes have moved so far, in both directions. */
  public long bytes() {
    return flow.bytes();
  }

  /**
   * How many pieces of what is asked have come so far: as a rule one for each round trip, as long
   * as one is a few hundred bytes.
   */
  public long requests() {
    return flow.requests();
  }

  /**
   * Falls silent: connections stay and new ones are accepted, but once this returns no byte moves.
   */
  public void stall() {
    flow.stall();
  }

  /** Lets everything move again that waited. */
  public void resume() {
    flow.resume();
  }

  /** Each piece of what is asked or answered takes so much longer, from now on. */
  public void delay(Duration each) {
    flow.delay(each);
  }

  /** Closes all connections, with what is under way in them, and refuses new ones. */
  public synchronized void cut() {
    ServerSocket socket = listener;
    listener = null;
    if (socket != null) {
      close(socket);
      awaitLastAccept();
    }
    links.forEach(TcpLink::close);
  }

  /** The system listens for as long as somebody accepts, closed or not. */
  private void awaitLastAccept() {
    Thread thread = accepting;
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Resets all connections (RST); new ones are accepted. */
  public void reset() {
    links.forEach(TcpLink::reset);
  }

  /** Accepts again at the same port, and moves everything at once. */
  public synchronized void restore() {
    flow.delay(Duration.ZERO);
    flow.resume();
    if (listener == null && !closed) {
      listener = listenAt(port);
      accept();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    cut();
    flow.close();
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
