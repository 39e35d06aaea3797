package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A feed that may have missed something says so, and says that it has before it goes on. */
interface FeedOutageContract extends FaultyWay {
  private void assertNotCurrentASecondAfter(Runnable fault) {
    Session session = open(create(admin("root")), NOW);
    fault.run();

    Patience.await("the feed to know that it is interrupted", LEASE, () -> !isCurrent());

    assertThat(Patience.comesTrue(Duration.ofMillis(700), this::isCurrent))
        .as("current again while the fault lasts")
        .isFalse();
    way().restore();
    assertWorksAgain(session);
  }

  private boolean isCurrent() {
    return node().changes().isCurrent();
  }

  @Test
  default void feedOfASilentServerIsNotCurrent() {
    assertNotCurrentASecondAfter(way()::stall);
  }

  @Test
  default void feedThatIsCutIsNotCurrent() {
    assertNotCurrentASecondAfter(way()::cut);
  }

  @Test
  default void feedThatTakesLongerThanASecondIsNotCurrent() {
    assertNotCurrentASecondAfter(() -> way().delay(Duration.ofMillis(600)));
  }

  @Test
  default void feedIsCurrentAgainByItselfAfterAReset() {
    Session session = open(create(admin("root")), NOW);

    way().reset();

    assertWorksAgain(session);
  }

  @Test
  default void whatMayHaveBeenMissedIsSaidBeforeTheFeedIsCurrentAgain() {
    Session session = open(create(admin("root")), NOW);
    Map<Change, Boolean> currentWhenTold = new ConcurrentHashMap<>();
    Runnable unsubscribe =
        node().changes().subscribe(change -> currentWhenTold.putIfAbsent(change, isCurrent()));
    way().cut();
    Patience.await("the feed to know that it is interrupted", LEASE, () -> !isCurrent());
    other().sessions().end(session.userId(), session.id());
    way().restore();
    Patience.await("the feed to be current", RECOVERY, this::isCurrent);

    assertThat(currentWhenTold).containsEntry(new Change.Missed(), false);
    unsubscribe.run();
  }

  @Test
  default void changesAreToldAgainAfterAnOutage() {
    Session session = open(create(admin("root")), NOW);
    way().stall();
    Patience.await("the feed to know that it is interrupted", LEASE, () -> !isCurrent());
    way().restore();
    Patience.await("the feed to be current", RECOVERY, this::isCurrent);
    List<Change> told = new CopyOnWriteArrayList<>();
    Runnable unsubscribe = node().changes().subscribe(told::add);

    other().sessions().end(session.userId(), session.id());

    Change end = new Change.OfSession(session.userId(), session.id());
    Patience.await("told", LEASE, () -> told.contains(end));
    unsubscribe.run();
  }
}
