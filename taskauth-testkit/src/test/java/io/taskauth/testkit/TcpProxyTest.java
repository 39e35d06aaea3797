package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy does to real connections what its verbs say. */
class TcpProxyTest {
  private static final int SHORT_MILLIS = 150;
  private static final int LONG_MILLIS = 5_000;

  private ServerSocket server;
  private TcpProxy proxy;

  /** A server that says everything back. */
  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(this::echo);
    accepting.setDaemon(true);
    accepting.start();
    proxy = TcpProxy.before((InetSocketAddress) server.getLocalSocketAddress());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private void echo() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> echo(socket));
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // Broken on purpose.
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(LONG_MILLIS);
    return socket;
  }

  private static int sayAndHear(Socket socket, int letter) throws IOException {
    socket.getOutputStream().write(letter);
    return socket.getInputStream().read();
  }

  @Test
  void everythingGetsThroughAndIsCounted() throws IOException {
    try (Socket one = connect();
        Socket two = connect()) {
      assertThat(sayAndHear(one, 'a')).isEqualTo('a');
      assertThat(sayAndHear(two, 'b')).isEqualTo('b');

      assertThat(proxy.accepted()).isEqualTo(2);
      assertThat(proxy.open()).isEqualTo(2);
      assertThat(proxy.requests()).isEqualTo(2);
      assertThat(proxy.bytes()).isEqualTo(4);
    }
  }

  @Test
  void stalledConnectionStaysAndMovesNothingUntilItIsResumed() throws IOException {
    try (Socket known = connect()) {
      assertThat(sayAndHear(known, 'a')).isEqualTo('a');
      proxy.stall();
      long moved = proxy.bytes();
      known.setSoTimeout(SHORT_MILLIS);
      try (Socket late = connect()) {
        late.setSoTimeout(SHORT_MILLIS);

        assertThatThrownBy(() -> sayAndHear(known, 'b')).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> sayAndHear(late, 'c')).isInstanceOf(SocketTimeoutException.class);
        assertThat(proxy.bytes()).isEqualTo(moved);

        known.setSoTimeout(LONG_MILLIS);
        late.setSoTimeout(LONG_MILLIS);
        proxy.resume();

        assertThat(known.getInputStream().read()).isEqualTo('b');
        assertThat(late.getInputStream().read()).isEqualTo('c');
      }
    }
  }

  @Test
  void endOfAConnectionGetsThroughNoMoreThanAnythingElse() throws IOException {
    Socket known = connect();
    assertThat(sayAndHear(known, 'a')).isEqualTo('a');
    proxy.stall();

    known.close();

    assertThat(Patience.comesTrue(Duration.ofMillis(SHORT_MILLIS), () -> proxy.open() == 0))
        .isFalse();
    proxy.resume();
    Patience.await("closed", Duration.ofSeconds(5), () -> proxy.open() == 0);
  }

  @Test
  void cutConnectionEndsAndNewOnesAreRefusedUntilItIsRestored() throws IOException {
    try (Socket known = connect()) {
      assertThat(sayAndHear(known, 'a')).isEqualTo('a');

      proxy.cut();

      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      assertThat(isOver(known)).isTrue();
    }
    proxy.restore();

    try (Socket next = connect()) {
      assertThat(sayAndHear(next, 'b')).isEqualTo('b');
    }
  }

  private static boolean isOver(Socket socket) {
    try {
      return sayAndHear(socket, 'x') == -1;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void resetConnectionsEndWithARstAndNewOnesAreAccepted() throws IOException {
    try (Socket known = connect();
        Socket next = connect()) {
      assertThat(sayAndHear(known, 'a')).isEqualTo('a');

      proxy.reset();

      assertThatThrownBy(() -> known.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThat(next.isConnected()).isTrue();
    }
    try (Socket next = connect()) {
      assertThat(sayAndHear(next, 'b')).isEqualTo('b');
    }
  }

  @Test
  void slowConnectionTakesItsTimeInBothDirections() throws IOException {
    Duration each = Duration.ofMillis(100);
    proxy.delay(each);
    try (Socket socket = connect()) {
      long before = System.nanoTime();

      assertThat(sayAndHear(socket, 'a')).isEqualTo('a');

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(each.multipliedBy(2));
    }
  }

  @Test
  void serverThatIsNotThereEndsTheConnection() throws IOException {
    ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    nobody.close();
    try (TcpProxy toNobody = TcpProxy.before((InetSocketAddress) nobody.getLocalSocketAddress());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), toNobody.port())) {
      assertThat(isOver(socket)).isTrue();
    }
  }

  @Test
  void closingEndsAStalledConnectionToo() throws IOException {
    try (Socket known = connect()) {
      assertThat(sayAndHear(known, 'a')).isEqualTo('a');
      proxy.stall();
      known.getOutputStream().write('b');

      proxy.close();

      assertThat(isOver(known)).isTrue();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      proxy.restore();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }
  }
}
