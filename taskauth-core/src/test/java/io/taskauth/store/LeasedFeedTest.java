package io.taskauth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feed is current for a lease after the moment that was proved, and not a moment longer. */
class LeasedFeedTest {
  private static final Change CHANGE = new Change.OfUser(UUID.randomUUID());

  // Close to where System.nanoTime may overflow.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final LeasedFeed feed = new LeasedFeed(nanos::get);
  private final List<Change> told = new ArrayList<>();

  @BeforeEach
  void listen() {
    feed.subscribe(told::add);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void nothingIsCurrentBeforeTheFirstProof() {
    assertThat(feed.isCurrent()).isFalse();
    pass(Duration.ofHours(1));
    assertThat(feed.isCurrent()).isFalse();
  }

  @Test
  void leaseIsShorterThanASecondAndHasRoomForSomeBeats() {
    assertThat(LeasedFeed.LEASE).isLessThan(Duration.ofSeconds(1));
    assertThat(LeasedFeed.BEAT.multipliedBy(3)).isLessThan(LeasedFeed.LEASE);
  }

  @Test
  void leaseBeginsWhereTheProofWasAskedForNotWhereItArrived() {
    long asked = feed.now();
    pass(LeasedFeed.LEASE.minusNanos(1));

    feed.proven(asked);

    assertThat(feed.isCurrent()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(feed.isCurrent()).isFalse();
  }

  @Test
  void proofThatArrivesAfterItsLeaseProvesNothing() {
    long asked = feed.now();
    pass(LeasedFeed.LEASE);

    feed.proven(asked);

    assertThat(feed.isCurrent()).isFalse();
  }

  @Test
  void earlierProofDoesNotShortenALaterOne() {
    long first = feed.now();
    pass(Duration.ofMillis(300));
    feed.proven(feed.now());
    feed.proven(first);

    pass(LeasedFeed.LEASE.minusMillis(1));

    assertThat(feed.isCurrent()).isTrue();
  }

  @Test
  void whatIsLostIsNotCurrentAtOnce() {
    feed.proven(feed.now());

    feed.lost("cut");

    assertThat(feed.isCurrent()).isFalse();
  }

  @Test
  void listenersHearThatSomethingWasMissedBeforeTheFeedIsCurrentAgain() {
    feed.proven(feed.now());
    told.clear();
    List<Boolean> current = new ArrayList<>();
    feed.subscribe(change -> current.add(feed.isCurrent()));
    feed.lost("cut");

    feed.proven(feed.now());

    assertThat(told).containsExactly(new Change.Missed());
    assertThat(current).containsExactly(false);
    assertThat(feed.isCurrent()).isTrue();
  }

  @Test
  void nothingIsMissedWhileTheConnectionHolds() {
    feed.proven(feed.now());
    told.clear();
    pass(Duration.ofSeconds(30));
    assertThat(feed.isCurrent()).isFalse();

    feed.proven(feed.now());

    assertThat(told).isEmpty();
    assertThat(feed.isCurrent()).isTrue();
  }

  @Test
  void listenerThatFailsDoesNotKeepTheOthersFromHearing() {
    LeasedFeed other = new LeasedFeed(nanos::get);
    other.subscribe(
        change -> {
          throw new IllegalStateException("broken");
        });
    other.subscribe(told::add);

    other.publish(CHANGE);

    assertThat(told).containsExactly(CHANGE);
  }
}
