package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import io.taskauth.store.Change;
import io.taskauth.store.SettingStore.Setting;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one node changed is told on the other within a second, and can be read there by then. */
interface SharedFeedContract extends SharedNodes {
  private boolean isThere(Session session) {
    return there().sessions().find(session.userId(), session.id()).isPresent();
  }

  private Optional<StoredUser> rowThere(User user) {
    return there().users().findByLogin(user.username().key());
  }

  private boolean isLiveThere(AccessToken token) {
    return there()
        .accessTokens()
        .find(token.userId(), token.id())
        .map(StoredToken::token)
        .filter(row -> row.isLive(NOW))
        .isPresent();
  }

  @Test
  default void feedsOfBothNodesAreCurrent() {
    assertThat(here().changes().isCurrent()).isTrue();
    assertThat(there().changes().isCurrent()).isTrue();
  }

  @Test
  default void changedRoleIsToldThere() {
    User ada = create(viewer("ada"));

    assertToldThere(
        () -> here().users().change(ada.id(), UserChange.nothing().role(ADMIN), ADMIN),
        new Change.OfUser(ada.id()),
        () -> rowThere(ada).orElseThrow().user().role().equals(ADMIN));
  }

  @Test
  default void closedAccountIsToldThere() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    AccessToken token = createToken(ada);

    assertToldThere(
        () -> here().users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN),
        new Change.OfUser(ada.id()),
        () ->
            !rowThere(ada).orElseThrow().user().active()
                && !isThere(session)
                && !isLiveThere(token));
  }

  @Test
  default void deletedAccountIsToldThere() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);

    assertToldThere(
        () -> here().users().delete(ada.id(), ADMIN),
        new Change.OfUser(ada.id()),
        () -> rowThere(ada).isEmpty() && !isThere(session));
  }

  @Test
  default void newPasswordIsToldThere() {
    User ada = create(viewer("ada"));
    Session ended = open(ada, NOW);
    Session kept = open(ada, NOW);

    assertToldThere(
        () ->
            here()
                .sessions()
                .changePassword(ada.id(), OptionalLong.empty(), hash("new"), kept.id()),
        new Change.OfUser(ada.id()),
        () ->
            hash("new").equals(rowThere(ada).orElseThrow().passwordHash())
                && !isThere(ended)
                && isThere(kept));
  }

  @Test
  default void endOfOneSessionIsToldThere() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 20; round++) {
      Session session = open(ada, NOW);

      assertToldThere(
          () -> here().sessions().end(ada.id(), session.id()),
          new Change.OfSession(ada.id(), session.id()),
          () -> !isThere(session));
    }
  }

  @Test
  default void endOfAllSessionsIsToldThere() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);

    assertToldThere(
        () -> here().sessions().endAll(ada.id(), null),
        new Change.OfUser(ada.id()),
        () -> !isThere(session));
  }

  @Test
  default void endOfTheOldestSessionIsToldThere() {
    User ada = create(viewer("ada"));
    Session oldest = open(ada, NOW);
    Session next = session(ada, NOW.plusSeconds(1));

    assertToldThere(
        () -> here().sessions().open(next, 0, 1),
        new Change.OfSession(ada.id(), oldest.id()),
        () -> !isThere(oldest) && isThere(next));
  }

  @Test
  default void revokedTokenIsToldThere() {
    User ada = create(viewer("ada"));
    AccessToken token = createToken(ada);

    assertToldThere(
        () -> here().accessTokens().revoke(token.id(), ada.id(), NOW),
        new Change.OfToken(ada.id(), token.id()),
        () -> !isLiveThere(token));
  }

  @Test
  default void writtenSettingIsToldThere() {
    assertToldThere(
        () -> here().settings().put("webhooks", "{}", 0),
        new Change.OfSetting("webhooks"),
        () -> there().settings().get("webhooks").equals(Optional.of(new Setting(1, "{}"))));
  }

  @Test
  default void settingOfAnAwkwardNameIsToldThere() {
    String name = "tasks/" + Samples.AWKWARD;

    assertToldThere(
        () -> here().settings().put(name, "{}", 0),
        new Change.OfSetting(name),
        () -> there().settings().get(name).isPresent());
  }

  @Test
  default void sessionOpenedHereIsFoundThereAtOnce() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 20; round++) {
      Session session = open(ada, NOW.plusSeconds(round));

      assertThat(there().sessions().find(ada.id(), session.id()))
          .hasValueSatisfying(found -> assertThat(found.session()).isEqualTo(session));
    }
  }

  @Test
  default void ofManyChangesAtOnceOnBothNodesNoneIsMissedOnEither() {
    User ada = create(viewer("ada"));
    List<Session> sessions =
        IntStream.range(0, 80).mapToObj(i -> open(ada, NOW.plusSeconds(i))).toList();
    Set<Change> toldHere = ConcurrentHashMap.newKeySet();
    Set<Change> toldThere = ConcurrentHashMap.newKeySet();
    here().changes().subscribe(toldHere::add);
    there().changes().subscribe(toldThere::add);

    Race.of(
        8,
        i -> {
          sessions
              .subList(i * 10, i * 10 + 10)
              .forEach(session -> node(i).sessions().end(ada.id(), session.id()));
          return i;
        });

    List<Change> ends =
        sessions.stream().<Change>map(s -> new Change.OfSession(ada.id(), s.id())).toList();
    Patience.await("all told here", SOON, () -> toldHere.containsAll(ends));
    Patience.await("all told there", SOON, () -> toldThere.containsAll(ends));
  }

  @Test
  default void nodeThatComesLaterIsToldToo() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    List<Change> told = new CopyOnWriteArrayList<>();
    try (AuthStore late = anotherNode()) {
      late.migrate();
      late.changes().subscribe(told::add);
      Patience.await("current", SOON, late.changes()::isCurrent);

      there().sessions().end(ada.id(), session.id());

      Patience.await(
          "told", SOON, () -> told.contains(new Change.OfSession(ada.id(), session.id())));
    }
  }

  @Test
  default void nodeThatLeavesDoesNotKeepTheOthersFromHearing() {
    anotherNode().close();

    writtenSettingIsToldThere();
  }
}
