package io.taskauth.testkit;

import io.taskauth.store.AuthStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a store that several nodes share must keep beside {@link AuthStoreContract}, as tests on two
 * nodes: whoever writes one extends this class and says how a node opens it. There is nothing to
 * opt out of. Tests of the same instance never run side by side.
 */
public abstract class SharedStoreContract
    implements SharedFeedContract,
        SharedRacesContract,
        SharedServiceContract,
        SharedIdentityContract,
        SharedWorkContract,
        SharedCacheContract {
  /** How long anything may take that is said to come by itself. */
  static final Duration RECOVERY = Duration.ofSeconds(5);

  private AuthStore here;
  private AuthStore there;

  /** For the store's own test. */
  protected SharedStoreContract() {}

  /**
   * One more node's handle on this test's data, which is fresh and empty for each instance of the
   * class; its schema need not be there yet.
   */
  protected abstract AuthStore openNode();

  @BeforeEach
  final void openTwoNodes() {
    here = openNode();
    there = openNode();
    Race.of(
        2,
        i -> {
          node(i).migrate();
          return i;
        });
    for (AuthStore node : List.of(here, there)) {
      Patience.await("current feed", RECOVERY, node.changes()::isCurrent);
    }
  }

  @AfterEach
  final void closeBothNodes() {
    there.close();
    here.close();
  }

  @Override
  public final AuthStore here() {
    return here;
  }

  @Override
  public final AuthStore there() {
    return there;
  }

  @Override
  public final AuthStore anotherNode() {
    return openNode();
  }
}
