package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.fresh;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.Deletion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of all accounts. */
interface UserListContract extends StoreContract {
  private List<User> list(int limit) {
    return Paging.walk(store().users()::newest, limit);
  }

  private List<User> createMany(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> create(viewer(prefix + i))).toList();
  }

  private void delete(User user) {
    assertThat(store().users().delete(user.id(), ADMIN)).isEqualTo(Deletion.DELETED);
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }

  @Test
  default void listOfNobodyIsOneEmptyPage() {
    assertThat(store().users().newest(PageRequest.first(10)))
        .isEqualTo(new Page<User>(List.of(), null));
  }

  @Test
  default void accountsAreListedNewestFirst() {
    User root = admin("root");
    store().users().createFirst(fresh(root));
    User ada = create(viewer("zoe", "zoe@example.org").withDisplayName("Zoe"));
    User eve = create(viewer("abe"));

    assertThat(list(10)).containsExactly(eve, ada, root);
  }

  @Test
  default void pagesOfAnySizeHaveEachAccountOnce() {
    List<User> users = reversed(createMany("u", 7));

    for (int limit : List.of(1, 2, 3, 6, 7, 8, PageRequest.MAX_LIMIT)) {
      assertThat(list(limit)).as("pages of %s", limit).isEqualTo(users);
    }
  }

  @Test
  default void pageThatHasTheLastAccountSaysSo() {
    createMany("u", 4);

    assertThat(store().users().newest(PageRequest.first(4)).next()).isEmpty();
    assertThat(store().users().newest(PageRequest.first(3)).next()).isPresent();
  }

  @Test
  default void listShowsAccountsAsTheyAreNowAndWhereTheyWere() {
    User ada = create(viewer("ada"));
    User bob = create(viewer("bob"));
    User cyd = create(viewer("cyd"));
    UserChange change =
        UserChange.nothing()
            .role(ADMIN)
            .email(new EmailAddress("ada@example.org"))
            .deactivate(NOW, cyd.id());

    store().users().change(ada.id(), change, ADMIN);
    open(bob, NOW);

    assertThat(list(2))
        .containsExactly(cyd, bob.withLastLoginAt(NOW), change.applyTo(ada))
        .anyMatch(user -> !user.active());
  }

  @Test
  default void gapsThatRemovedAccountsLeaveAreSkipped() {
    List<User> users = createMany("u", 40);
    List<User> gone = new ArrayList<>(users.subList(0, 2));
    gone.addAll(users.subList(4, 36));
    gone.addAll(users.subList(38, 39));
    gone.forEach(this::delete);

    List<User> left = reversed(users);
    left.removeAll(gone);
    assertThat(left).hasSize(5);
    for (int limit : List.of(1, 2, 4, 5)) {
      assertThat(list(limit)).as("pages of %s", limit).isEqualTo(left);
    }
  }

  @Test
  default void eachAccountIsVisitedOnceWhileOthersComeAndGo() {
    create(admin("root"));
    List<User> users = createMany("u", 20);
    Iterator<User> leaving = List.of(users.get(18), users.get(0), users.get(13)).iterator();
    List<User> arriving = new ArrayList<>();

    List<User> visited =
        Paging.walk(
            store().users()::newest,
            2,
            () -> {
              arriving.add(create(viewer("new" + arriving.size())));
              if (leaving.hasNext()) {
                // The first is the last of the first page: the cursor outlasts its account.
                delete(leaving.next());
              }
            });

    List<User> staying = new ArrayList<>(reversed(users));
    staying.removeAll(List.of(users.get(0), users.get(13)));
    assertThat(visited).startsWith(users.get(19), users.get(18)).containsAll(staying);
    assertThat(new HashSet<>(visited)).hasSameSizeAs(visited);
    assertThat(visited).doesNotContain(users.get(0)).doesNotContainAnyElementsOf(arriving);
    assertThat(list(7)).startsWith(reversed(arriving).toArray(User[]::new));
  }

  @Test
  default void accountsCreatedAtOnceAreAllListedOnce() {
    List<User> users = IntStream.range(0, 16).mapToObj(i -> viewer("u" + i)).toList();

    Race.of(16, i -> create(users.get(i)));

    assertThat(list(3)).containsExactlyInAnyOrderElementsOf(users);
  }

  @Test
  default void cursorThatNoPageHasGivenIsRefused() {
    create(viewer("ada"));

    for (String cursor : Paging.BAD_CURSORS) {
      assertThatThrownBy(() -> store().users().newest(new PageRequest(10, cursor)))
          .as(cursor)
          .isInstanceOf(BadCursorException.class);
    }
  }
}
