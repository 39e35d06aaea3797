package io.taskauth.testkit;

import static io.taskauth.audit.AuditType.LOGIN_FAILURE;
import static io.taskauth.audit.AuditType.LOGIN_SUCCESS;
import static io.taskauth.audit.AuditType.LOGOUT;
import static io.taskauth.audit.AuditType.USER_UPDATED;
import static io.taskauth.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditFilter.About;
import io.taskauth.audit.AuditType;
import io.taskauth.page.PageRequest;
import io.taskauth.user.LoginKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events of a kind, and events about an account. */
interface AuditFilterContract extends StoreContract {
  private AuditEvent append(AuditEvent event) {
    store().audit().append(List.of(event));
    return event;
  }

  private AuditEvent append(AuditType type, @Nullable UUID user, @Nullable String name) {
    return append(
        Samples.event(type, user, name, null, NOW, Map.of("note", "for the filter's tests")));
  }

  private AuditEvent appendAbout(@Nullable UUID target, @Nullable String targetName) {
    return append(
        Samples.event(
            USER_UPDATED,
            Samples.IDS.uuidV7(),
            "root",
            target == null ? null : target.toString(),
            NOW,
            targetName == null ? Map.of() : Map.of(AuditEvent.TARGET_USERNAME, targetName)));
  }

  private List<AuditEvent> find(AuditFilter filter, int limit) {
    return Paging.walk(page -> store().audit().newest(filter, page), limit);
  }

  private static AuditFilter about(@Nullable UUID id, String... names) {
    Set<LoginKey> keys = Stream.of(names).map(LoginKey::of).collect(Collectors.toSet());
    return new AuditFilter(null, new About(id, keys));
  }

  private List<AuditEvent> find(@Nullable UUID id, String... names) {
    return find(about(id, names), 2);
  }

  @Test
  default void eventsOfAKindAreFound() {
    AuditEvent one = append(LOGOUT, null, "ada");
    append(LOGIN_SUCCESS, null, "ada");
    AuditEvent two = append(LOGOUT, null, null);

    assertThat(find(new AuditFilter(LOGOUT, null), 1)).containsExactly(two, one);
    assertThat(find(new AuditFilter(LOGIN_FAILURE, null), 1)).isEmpty();
  }

  @Test
  default void eventsByAndAboutAnAccountAreFoundByItsId() {
    UUID ada = Samples.IDS.uuidV7();
    AuditEvent by = append(LOGOUT, ada, null);
    AuditEvent about = appendAbout(ada, null);
    append(LOGOUT, Samples.IDS.uuidV7(), ada.toString());
    appendAbout(Samples.IDS.uuidV7(), ada.toString());
    append(LOGOUT, null, null);

    assertThat(find(ada)).containsExactly(about, by);
  }

  @Test
  default void eventsByAndAboutAnAccountAreFoundByItsNames() {
    AuditEvent typed = append(LOGIN_FAILURE, null, " ADA");
    AuditEvent wide = append(LOGIN_FAILURE, null, "\uff21da@example.org");
    AuditEvent about = appendAbout(null, "Ada");
    append(LOGIN_FAILURE, null, "ada2");
    append(LOGIN_FAILURE, null, "ad_");
    appendAbout(null, "eve");

    assertThat(find(null, "ada")).containsExactly(about, typed);
    assertThat(find(null, "ada", "ada@example.org")).containsExactly(about, wide, typed);
    assertThat(find(null, "ad%")).isEmpty();
    assertThat(find(null, "ad_")).hasSize(1);
    assertThat(find(null, "' OR '1'='1")).isEmpty();
  }

  @Test
  default void oneMatchIsEnough() {
    UUID ada = Samples.IDS.uuidV7();
    AuditEvent byId = append(LOGOUT, ada, "other");
    AuditEvent byName = append(LOGOUT, Samples.IDS.uuidV7(), "ada");
    AuditEvent both = append(LOGOUT, ada, "ada");

    assertThat(find(ada, "ada")).containsExactly(both, byName, byId);
  }

  @Test
  default void aboutNobodyFindsNothing() {
    append(LOGOUT, null, null);
    append(LOGOUT, Samples.IDS.uuidV7(), "");

    assertThat(find(null)).isEmpty();
  }

  @Test
  default void kindAndAccountMustBothMatch() {
    UUID ada = Samples.IDS.uuidV7();
    append(LOGIN_SUCCESS, ada, "ada");
    append(LOGOUT, Samples.IDS.uuidV7(), "eve");
    AuditEvent wanted = append(LOGOUT, ada, "ada");

    AuditFilter filter = new AuditFilter(LOGOUT, new About(ada, Set.of(LoginKey.of("ada"))));

    assertThat(find(filter, 1)).containsExactly(wanted);
  }

  @Test
  default void storeAndFilterAgree() {
    UUID ada = Samples.IDS.uuidV7();
    UUID eve = Samples.IDS.uuidV7();
    List<AuditEvent> events = new ArrayList<>();
    for (AuditType type : List.of(LOGOUT, USER_UPDATED)) {
      for (UUID user : new UUID[] {null, ada, eve}) {
        for (String name : new String[] {null, "Ada", "EVE@example.org"}) {
          for (String target : new String[] {null, ada.toString(), "eve"}) {
            Map<String, String> details =
                target == null ? Map.of() : Map.of(AuditEvent.TARGET_USERNAME, "eve");
            events.add(Samples.event(type, user, name, target, NOW, details));
          }
        }
      }
    }
    store().audit().append(events);
    Collections.reverse(events);

    for (AuditType type : new AuditType[] {null, LOGOUT}) {
      for (About about :
          new About[] {
            null,
            new About(ada, Set.of()),
            new About(null, Set.of(LoginKey.of("ada"))),
            new About(eve, Set.of(LoginKey.of("eve"), LoginKey.of("eve@example.org")))
          }) {
        AuditFilter filter = new AuditFilter(type, about);
        assertThat(find(filter, 5))
            .as("%s", filter)
            .isEqualTo(events.stream().filter(filter::matches).toList());
      }
    }
  }

  @Test
  default void rareEventsAreFoundAmongManyOthers() {
    List<AuditEvent> wanted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wanted.add(append(LOGOUT, null, "rare"));
      store()
          .audit()
          .append(Stream.generate(() -> Samples.event("frequent")).limit(30L * i).toList());
    }
    Collections.reverse(wanted);

    for (int limit : List.of(1, 2, 4, 5, 6)) {
      assertThat(find(about(null, "rare"), limit)).as("pages of %s", limit).isEqualTo(wanted);
    }
    assertThat(store().audit().newest(about(null, "rare"), PageRequest.first(5)).next()).isEmpty();
  }

  @Test
  default void matchesAreFoundOnceHoweverTheyAreSpread() {
    List<AuditEvent> events =
        IntStream.range(0, 60).mapToObj(i -> Samples.event("user" + i)).toList();
    store().audit().append(events);

    for (int distance : List.of(2, 3, 4, 6, 7)) {
      String[] names =
          IntStream.range(0, 60)
              .filter(i -> i % distance == 1)
              .mapToObj(i -> "user" + i)
              .toArray(String[]::new);
      AuditFilter filter = about(null, names);
      List<AuditEvent> wanted = new ArrayList<>(events.stream().filter(filter::matches).toList());
      Collections.reverse(wanted);
      for (int limit : List.of(1, 2, 3, 5)) {
        assertThat(find(filter, limit)).as("each %s, by %s", distance, limit).isEqualTo(wanted);
      }
    }
  }

  @Test
  default void eachMatchIsVisitedOnceWhileOthersComeInBetween() {
    UUID ada = Samples.IDS.uuidV7();
    List<AuditEvent> wanted = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      wanted.add(append(LOGOUT, ada, null));
      append(LOGOUT, null, "eve");
    }
    Collections.reverse(wanted);

    List<AuditEvent> visited =
        Paging.walk(
            page -> store().audit().newest(about(ada), page),
            2,
            () -> append(LOGOUT, ada, "meanwhile"));

    assertThat(visited).isEqualTo(wanted);
    assertThat(new HashSet<>(find(ada))).hasSize(9 + 5);
  }
}
