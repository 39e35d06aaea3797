package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver on loopback that says whatever it is told to, byte by byte. */
final class Receiver implements AutoCloseable {
  interface Conduct {
    /** Ends with an exception where the other side has hung up. */
    void with(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  final AtomicInteger connections = new AtomicInteger();
  final AtomicLong written = new AtomicLong();
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private final ServerSocket server;
  private final Conduct conduct;

  private Receiver(Conduct conduct) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.conduct = conduct;
    start(this::accept);
  }

  /** Reads nothing by itself. */
  static Receiver that(Conduct conduct) throws IOException {
    return new Receiver(conduct);
  }

  /** Reads a request, and answers with these bytes. */
  static Receiver answering(byte[] answer) throws IOException {
    List<Receiver> self = new CopyOnWriteArrayList<>();
    Receiver receiver =
        new Receiver(
            (in, out) -> {
              self.get(0).requests.add(request(in));
              out.write(answer);
              out.flush();
            });
    self.add(receiver);
    return receiver;
  }

  static Receiver answering(String answer) throws IOException {
    return answering(answer.getBytes(UTF_8));
  }

  static String ok(String body) {
    int length = body.getBytes(UTF_8).length;
    return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  /** The head and the body, which must have a length. */
  static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("hung up");
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16)))
            .findFirst()
            .orElse(0);
    return head + new String(in.readNBytes(length), ISO_8859_1);
  }

  int port() {
    return server.getLocalPort();
  }

  URI url(String host, String path) {
    return URI.create("http://" + host + ":" + port() + path);
  }

  /** Waits for it. */
  boolean sawTheOtherSideHangUp() throws InterruptedException {
    return hungUp.await(20, TimeUnit.SECONDS);
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      OutputStream counted =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              socket.getOutputStream().write(bytes, offset, length);
              written.addAndGet(length);
            }
          };
      conduct.with(socket.getInputStream(), counted);
    } catch (IOException e) {
      hungUp.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
