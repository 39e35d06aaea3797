package io.taskauth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection through a {@link TcpProxy}: a thread for what is asked, and one for answers. */
final class TcpLink {
  private static final int CONNECT_MILLIS = 5_000;

  private final Socket client;
  private final Socket server = new Socket();
  private final TcpFlow flow;
  private final Consumer<TcpLink> onEnd;

  TcpLink(Socket client, TcpFlow flow, Consumer<TcpLink> onEnd) {
    this.client = client;
    this.flow = flow;
    this.onEnd = onEnd;
  }

  void start(InetSocketAddress address) {
    daemon("taskauth-proxy-requests", () -> connectAndPump(address)).start();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void connectAndPump(InetSocketAddress address) {
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(address, CONNECT_MILLIS);
    } catch (IOException e) {
      close();
      return;
    }
    daemon("taskauth-proxy-replies", () -> pump(server, client, () -> {})).start();
    pump(client, server, flow::countRequest);
  }

  private void pump(Socket from, Socket to, Runnable onPiece) {
    byte[] buffer = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        onPiece.run();
        flow.move(buffer, length, out);
      }
      // The end is news too, and does not get through where nothing does.
      flow.awaitResumption();
    } catch (IOException e) {
      // Cut: so is the other side.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  void close() {
    closeQuietly(client);
    closeQuietly(server);
    onEnd.accept(this);
  }

  /** Both ends are sent an RST instead of a FIN. */
  void reset() {
    abort(client);
    abort(server);
    close();
  }

  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // As good as closed.
    }
  }
}
