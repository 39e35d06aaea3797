package io.taskauth.benchmarks.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Sends the same request again and again over connections that are kept alive, each as soon as the
 * answer to the last is there. One thread, and nothing but sockets, so that it takes as little as
 * can be of a processor that the server wants too.
 *
 * <p>A process of its own: each line of its input is a {@link Load}, each line of its output what
 * came of it.
 */
public final class LoadGenerator {
  /** Lets connections ask for different things. */
  static final String CONNECTION = "{connection}";

  private static final int MOST_REQUESTS = 4_000_000;

  private final long[] nanos = new long[MOST_REQUESTS];

  /**
   * What to send, and for how long.
   *
   * @param status what the answer must begin with
   * @param request in which {@link #CONNECTION} is the number of the connection
   */
  record Load(int port, int connections, long millis, String status, String request) {
    String line() {
      String text = Base64.getEncoder().encodeToString(request.getBytes(UTF_8));
      return port + " " + connections + " " + millis + " " + status + " " + text;
    }

    static Load of(String line) {
      String[] parts = line.split(" ", -1);
      return new Load(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          Long.parseLong(parts[2]),
          parts[3],
          new String(Base64.getDecoder().decode(parts[4]), UTF_8));
    }
  }

  /** What came of it; the times are in microseconds. */
  record Served(int requests, double seconds, double p50, double p99) {
    String line() {
      return String.format(Locale.ROOT, "%d %.6f %.3f %.3f", requests, seconds, p50, p99);
    }

    static Served of(String line) {
      String[] parts = line.split(" ", -1);
      return new Served(
          Integer.parseInt(parts[0]),
          Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]),
          Double.parseDouble(parts[3]));
    }
  }

  private LoadGenerator() {}

  public static void main(String[] args) throws IOException {
    LoadGenerator generator = new LoadGenerator();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(generator.run(Load.of(line)).line());
    }
  }

  private Served run(Load load) throws IOException {
    try (Selector selector = Selector.open()) {
      List<Connection> connections = new ArrayList<>();
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), load.port());
      for (int i = 0; i < load.connections(); i++) {
        String request = load.request().replace(CONNECTION, String.valueOf(i));
        connections.add(new Connection(address, selector, load.status(), request));
      }
      try {
        return exchange(selector, connections, load.millis());
      } finally {
        for (Connection connection : connections) {
          connection.close();
        }
      }
    }
  }

  private Served exchange(Selector selector, List<Connection> connections, long millis)
      throws IOException {
    long begin = System.nanoTime();
    long end = begin + millis * 1_000_000;
    for (Connection connection : connections) {
      connection.send();
    }
    int done = 0;
    int waiting = connections.size();
    while (waiting > 0) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        Connection connection = (Connection) key.attachment();
        long took = connection.receive();
        if (took < 0) {
          continue;
        }
        nanos[done++] = took;
        if (System.nanoTime() < end && done < MOST_REQUESTS - waiting) {
          connection.send();
        } else {
          waiting--;
        }
      }
      selector.selectedKeys().clear();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Arrays.sort(nanos, 0, done);
    return new Served(done, seconds, nanos[done / 2] / 1e3, nanos[(int) (done * 0.99)] / 1e3);
  }

  /** One connection and the answer that it waits for. */
  private static final class Connection {
    private static final byte[] LENGTH = "\r\nContent-Length: ".getBytes(ISO_8859_1);
    private static final byte[] END = "\r\n\r\n".getBytes(ISO_8859_1);

    private final java.nio.channels.SocketChannel channel;
    private final ByteBuffer request;
    private final byte[] status;
    private final ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
    private long sentAt;

    Connection(InetSocketAddress address, Selector selector, String expected, String text)
        throws IOException {
      channel = java.nio.channels.SocketChannel.open(address);
      channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      SelectionKey unused = channel.register(selector, SelectionKey.OP_READ, this);
      byte[] bytes = text.getBytes(ISO_8859_1);
      request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
      status = ("HTTP/1.1 " + expected).getBytes(ISO_8859_1);
    }

    void send() throws IOException {
      request.rewind();
      answer.clear();
      sentAt = System.nanoTime();
      while (request.hasRemaining()) {
        int unused = channel.write(request);
      }
    }

    /** How long it took; negative where the answer is not complete yet. */
    long receive() throws IOException {
      if (channel.read(answer) < 0) {
        throw new IOException("the server closed the connection");
      }
      byte[] bytes = answer.array();
      int head = indexOf(bytes, 0, answer.position(), END);
      if (head < 0) {
        return -1;
      }
      if (answer.position() < head + END.length + contentLength(bytes, head)) {
        return -1;
      }
      if (!Arrays.equals(bytes, 0, status.length, status, 0, status.length)) {
        throw new IOException(new String(bytes, 0, answer.position(), ISO_8859_1));
      }
      return System.nanoTime() - sentAt;
    }

    private static int contentLength(byte[] bytes, int head) {
      int at = indexOf(bytes, 0, head, LENGTH);
      int length = 0;
      for (int i = at + LENGTH.length; at >= 0 && bytes[i] != '\r'; i++) {
        length = 10 * length + bytes[i] - '0';
      }
      return length;
    }

    private static int indexOf(byte[] bytes, int from, int to, byte[] what) {
      for (int i = from; i + what.length <= to; i++) {
        if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
          return i;
        }
      }
      return -1;
    }

    void close() throws IOException {
      channel.close();
    }
  }
}
