package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import java.time.Duration;

/** A node whose way to the server can be disturbed, and another that changes things meanwhile. */
interface FaultyWay extends TokenSteps {
  /** For how long a node may answer from memory what is no longer so. */
  Duration LEASE = Duration.ofSeconds(1);

  /**
   * Within which a call has to be over whose store gives up after two seconds: generous, because
   * machines that run tests are busy, and not without an end.
   */
  Duration PATIENCE = Duration.ofSeconds(4);

  /** Within which everything works again by itself. */
  Duration RECOVERY = Duration.ofSeconds(6);

  /** What the node's way leads through. */
  TcpProxy way();

  /** The node that is disturbed. */
  AuthStore node();

  /** Another node, with a way of its own. */
  AuthStore other();

  /** One more node on the way that is disturbed, which the caller closes. */
  AuthStore anotherNode();

  @Override
  default AuthStore store() {
    return other();
  }

  default boolean isFound(Session session) {
    return node().sessions().find(session.userId(), session.id()).isPresent();
  }

  /** Nobody reopens anything. */
  default void assertWorksAgain(Session session) {
    Patience.await("a look-up", RECOVERY, () -> Reply.to(() -> isFound(session)).isAnswer());
    assertThat(isFound(session)).isTrue();
    Patience.await("the feed to be current", RECOVERY, node().changes()::isCurrent);
  }
}
