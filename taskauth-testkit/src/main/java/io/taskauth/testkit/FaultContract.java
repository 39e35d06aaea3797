package io.taskauth.testkit;

import io.taskauth.store.AuthStore;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a store over a network must keep while that network is silent, broken or slow, as tests:
 * whoever writes one extends this class and says where the real server is. The store gives up after
 * two seconds, as it does unless told otherwise. Tests of the same instance never run side by side.
 */
public abstract class FaultContract
    implements OutageContract, FeedOutageContract, CacheOutageContract {
  private TcpProxy way;
  private TcpProxy otherWay;
  private AuthStore node;
  private AuthStore other;

  /** For the store's own test. */
  protected FaultContract() {}

  /** Where the real server listens. */
  protected abstract InetSocketAddress server();

  /**
   * A store whose every connection goes to that port of the loopback, which leads to the server;
   * all stores of one instance of the class share data that is fresh and empty.
   */
  protected abstract AuthStore openAt(int port);

  @BeforeEach
  final void openTwoNodes() {
    way = TcpProxy.before(server());
    otherWay = TcpProxy.before(server());
    other = openAt(otherWay.port());
    node = openAt(way.port());
    for (AuthStore each : List.of(other, node)) {
      each.migrate();
      Patience.await("current feed", RECOVERY, each.changes()::isCurrent);
    }
  }

  @AfterEach
  final void closeBothNodes() {
    way.restore();
    node.close();
    other.close();
    way.close();
    otherWay.close();
  }

  @Override
  public final TcpProxy way() {
    return way;
  }

  @Override
  public final AuthStore node() {
    return node;
  }

  @Override
  public final AuthStore other() {
    return other;
  }

  @Override
  public final AuthStore anotherNode() {
    return openAt(way.port());
  }
}
