package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditEvent.Outcome;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditType;
import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The last events, in the order in which they were added. */
interface AuditStoreContract extends StoreContract {
  private void append(AuditEvent... events) {
    store().audit().append(List.of(events));
  }

  private List<AuditEvent> list(int limit) {
    return Paging.walk(page -> store().audit().newest(AuditFilter.NONE, page), limit);
  }

  private static List<AuditEvent> events(int count) {
    return IntStream.range(0, count).mapToObj(i -> event("user" + i)).toList();
  }

  private static List<AuditEvent> reversed(List<AuditEvent> events) {
    List<AuditEvent> copy = new ArrayList<>(events);
    Collections.reverse(copy);
    return copy;
  }

  @Test
  default void logWithoutEventsIsOneEmptyPage() {
    store().audit().append(List.of());

    assertThat(store().audit().newest(AuditFilter.NONE, PageRequest.first(10)))
        .isEqualTo(new Page<AuditEvent>(List.of(), null));
  }

  @Test
  default void eventComesBackAsItWas() {
    AuditEvent full =
        new AuditEvent(
            Samples.IDS.uuidV7(),
            NOW,
            AuditType.TOKEN_REVOKED,
            Outcome.FAILURE,
            Samples.IDS.uuidV7(),
            AWKWARD,
            "2001:db8::1",
            AWKWARD,
            "target " + AWKWARD.substring(0, 20),
            Map.of("note", AWKWARD, AuditEvent.TARGET_USERNAME, "Eve", "empty", ""));
    AuditEvent bare =
        new AuditEvent(
            Samples.IDS.uuidV7(),
            NOW.minusMillis(1),
            AuditType.LOGIN_THROTTLED,
            Outcome.SUCCESS,
            null,
            null,
            null,
            null,
            null,
            Map.of());

    append(full, bare);

    assertThat(list(10)).containsExactly(bare, full);
  }

  @Test
  default void eventsComeInTheOrderInWhichTheyWereAddedWhateverTheirTime() {
    AuditEvent early = event("early", NOW.minusSeconds(60));
    AuditEvent late = event("late", NOW.plusSeconds(60));
    AuditEvent between = event("between", NOW);

    append(late);
    append(early, between);

    assertThat(list(10)).containsExactly(between, early, late);
  }

  @Test
  default void eventIsThereOnceHoweverOftenItIsAdded() {
    AuditEvent one = event("one");
    AuditEvent two = event("two");
    AuditEvent three = event("three");

    append(one, two, one);
    append(two, three, one);
    append(one);

    assertThat(list(1)).containsExactly(three, two, one);
  }

  @Test
  default void pagesOfTheLogHaveEachEventOnce() {
    List<AuditEvent> events = events(23);
    store().audit().append(events.subList(0, 20));
    store().audit().append(events.subList(20, 23));

    for (int limit : List.of(1, 4, 22, 23, 24, PageRequest.MAX_LIMIT)) {
      assertThat(list(limit)).as("pages of %s", limit).isEqualTo(reversed(events));
    }
    assertThat(store().audit().newest(AuditFilter.NONE, PageRequest.first(23)).next()).isEmpty();
    assertThat(store().audit().newest(AuditFilter.NONE, PageRequest.first(22)).next()).isPresent();
  }

  @Test
  default void manyEventsAddedTogetherKeepTheirOrder() {
    List<AuditEvent> events = events(512);

    store().audit().append(events);

    assertThat(list(PageRequest.MAX_LIMIT)).isEqualTo(reversed(events));
  }

  @Test
  default void eachEventIsVisitedOnceWhileOthersComeAndTheOldestGo() {
    List<AuditEvent> events = events(20);
    store().audit().append(events);

    List<AuditEvent> visited =
        Paging.walk(
            page -> store().audit().newest(AuditFilter.NONE, page),
            3,
            () -> {
              append(event("new"), event("new"));
              store().audit().trim(15);
            });

    // After the first page 13 of the old ones are left, after the second 11, after the third 9.
    assertThat(visited).containsExactlyElementsOf(reversed(events.subList(11, 20)));
  }

  @Test
  default void trimKeepsTheLastEvents() {
    List<AuditEvent> events = events(10);
    store().audit().append(events);

    assertThat(store().audit().trim(11)).isZero();
    assertThat(store().audit().trim(10)).isZero();
    assertThat(store().audit().trim(4)).isEqualTo(6);
    assertThat(store().audit().trim(4)).isZero();
    assertThat(list(3)).isEqualTo(reversed(events.subList(6, 10)));

    assertThat(store().audit().trim(0)).isEqualTo(4);
    assertThat(list(3)).isEmpty();
    assertThat(store().audit().trim(0)).isZero();
  }

  @Test
  default void trimCountsEventsAndNotWhatWasRefused() {
    List<AuditEvent> events = events(6);
    for (AuditEvent event : events) {
      append(event);
      store().audit().append(events.subList(0, events.indexOf(event) + 1));
    }

    assertThat(store().audit().trim(4)).isEqualTo(2);
    assertThat(list(10)).isEqualTo(reversed(events.subList(2, 6)));
  }

  @Test
  default void logGoesOnAfterATrim() {
    List<AuditEvent> events = events(5);
    store().audit().append(events.subList(0, 3));
    store().audit().trim(0);

    store().audit().append(events.subList(3, 5));

    assertThat(list(1)).isEqualTo(reversed(events.subList(3, 5)));
  }

  @Test
  default void noEventIsLostOrDoubledWhereManyAddAtOnce() {
    List<List<AuditEvent>> ofThread = IntStream.range(0, 8).mapToObj(i -> events(10)).toList();
    List<AuditEvent> shared = events(5);

    Race.of(
        8,
        i -> {
          ofThread.get(i).forEach(this::append);
          store().audit().append(shared);
          return i;
        });

    List<AuditEvent> all = list(50);
    assertThat(all).hasSize(85).doesNotHaveDuplicates();
    ofThread.forEach(own -> assertThat(all).containsSubsequence(reversed(own)));
    assertThat(all).containsSubsequence(reversed(shared));
  }

  @Test
  default void cursorThatNoPageOfTheLogHasGivenIsRefused() {
    append(event("ada"));

    for (String cursor : Paging.BAD_CURSORS) {
      assertThatThrownBy(
              () -> store().audit().newest(AuditFilter.NONE, new PageRequest(10, cursor)))
          .as(cursor)
          .isInstanceOf(BadCursorException.class);
    }
  }
}
