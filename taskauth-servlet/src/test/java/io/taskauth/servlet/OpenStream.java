package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A client of a stream: it sees whether it goes on, and what stood at its end. */
final class OpenStream implements AutoCloseable {
  /** Long enough for several looks at what is open. */
  private static final int A_WHILE = 250;

  private static final int TOO_LONG = 2_000;

  private final Socket socket;
  private final StringBuilder seen = new StringBuilder();

  private OpenStream(Socket socket) {
    this.socket = socket;
  }

  /**
   * @param credential a whole header line
   */
  static OpenStream of(int port, String path, String credential) {
    try {
      OpenStream stream = new OpenStream(new Socket("127.0.0.1", port));
      String lines =
          String.join(
              "\r\n",
              "GET " + path + " HTTP/1.1",
              "Host: 127.0.0.1:" + port,
              "Connection: close",
              credential,
              "\r\n");
      stream.socket.getOutputStream().write(lines.getBytes(ISO_8859_1));
      stream.socket.setSoTimeout(TOO_LONG);
      boolean more = true;
      while (more && stream.seen.indexOf("data: bound\n\n") < 0) {
        more = stream.readMore();
      }
      assertThat(stream.seen).startsWith("HTTP/1.1 200");
      return stream;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static OpenStream as(Site site, SignedIn who) {
    return of(site.port(), site.path("/stream"), "Cookie: " + who.session());
  }

  static OpenStream bearer(Site site, String path, String token) {
    return of(site.port(), site.path(path), "Authorization: Bearer " + token);
  }

  private boolean readMore() throws IOException {
    byte[] buffer = new byte[4096];
    InputStream in = socket.getInputStream();
    int read = in.read(buffer);
    if (read > 0) {
      seen.append(new String(buffer, 0, read, ISO_8859_1));
    }
    return read > 0;
  }

  /** It ends soon, and says why. */
  void endsWith(String reason) {
    String all = ends();
    assertThat(all).contains("data: " + reason + "\n\n");
  }

  /** It ends soon; gives all that came. */
  String ends() {
    long start = System.nanoTime();
    try {
      socket.setSoTimeout(TOO_LONG);
      boolean more = readMore();
      while (more) {
        more = readMore();
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the stream is still open: " + seen, e);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(System.nanoTime() - start)
        .as("within a second and a half")
        .isLessThan(1_500_000_000L);
    return seen.toString();
  }

  void staysOpen() {
    try {
      socket.setSoTimeout(A_WHILE);
      boolean more = readMore();
      throw new AssertionError((more ? "something came: " : "it was ended: ") + seen);
    } catch (SocketTimeoutException e) {
      // As it should be.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
