package io.taskauth.webhook;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;

/**
 * Connects to the addresses that were checked and to no other, whoever above it has looked a name
 * up once more.
 */
final class GuardedSocket extends Socket {
  private final List<InetAddress> checked;

  GuardedSocket(List<InetAddress> checked) {
    // Without this socksProxyHost, a system property, would make the connection somebody else's.
    super(Proxy.NO_PROXY);
    this.checked = checked;
  }

  @Override
  public void connect(SocketAddress to, int timeout) throws IOException {
    if (!(to instanceof InetSocketAddress address)
        || address.isUnresolved()
        || !checked.contains(address.getAddress())) {
      throw new ConnectException("not one of the checked addresses");
    }
    super.connect(to, timeout);
  }
}
