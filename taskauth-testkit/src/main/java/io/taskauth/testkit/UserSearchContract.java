package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Accounts found by how their name or e-mail begins. */
interface UserSearchContract extends StoreContract {
  private List<User> find(String typed, int limit) {
    return Paging.walk(page -> store().users().startingWith(LoginKey.of(typed), page), limit);
  }

  private List<User> find(String typed) {
    return find(typed, 10);
  }

  @Test
  default void accountIsFoundByTheBeginningOfItsNameOrEmailInAnyCase() {
    User ada = create(viewer("Ada.L", "Countess@Example.org"));
    create(viewer("bob", "bob@example.org"));

    for (String typed : List.of("a", "ADA", "ada.l", " Ada. ", "\uff21da", "C", "countess@EX")) {
      assertThat(find(typed)).as(typed).containsExactly(ada);
    }
    for (String typed : List.of("ada.l2", "l", "da", "example.org", "countess@example.org.uk")) {
      assertThat(find(typed)).as(typed).isEmpty();
    }
  }

  @Test
  default void searchThatFindsNobodyIsOneEmptyPage() {
    create(viewer("ada"));

    assertThat(store().users().startingWith(LoginKey.of("x"), PageRequest.first(10)))
        .isEqualTo(new Page<User>(List.of(), null));
  }

  @Test
  default void nothingTypedFindsEverybodyOnce() {
    User ada = create(viewer("ada", "first@example.org"));
    User bob = create(viewer("bob"));

    assertThat(find("", 1)).containsExactly(ada, bob);
  }

  @Test
  default void accountsComeInTheOrderOfWhatTheyAreFoundBy() {
    User zoe = create(viewer("zoe", "abc@example.org"));
    User anna = create(viewer("anna"));
    User abe = create(viewer("Abe"));

    assertThat(find("a")).containsExactly(zoe, abe, anna);
  }

  @Test
  default void whoeverIsFoundByNameAndEmailIsListedOnceByTheName() {
    User anna = create(viewer("anna", "a@example.org"));
    User bert = create(viewer("bert", "az@example.org"));
    User abe = create(viewer("abe", "abe@example.org"));
    User same = create(viewer("ab@example.org", "AB@example.org"));

    for (int limit : List.of(1, 2, 3, 4, 5)) {
      assertThat(find("a", limit)).as("%s", limit).containsExactly(same, abe, anna, bert);
    }
    assertThat(find("a@")).containsExactly(anna);
  }

  @Test
  default void wildcardsOfASearchStandForThemselves() {
    User underscore = create(viewer("a_b", "per_cent@example.org"));
    User percent = create(viewer("axb", "100%sure@example.org"));
    create(viewer("a.b", "100x@example.org"));

    assertThat(find("a_")).containsExactly(underscore);
    assertThat(find("100%")).containsExactly(percent);
    for (String typed : List.of("_", "%", "a%", "a\\_", "\\", "a\\", "[a]", "a*", "' OR '1'='1")) {
      assertThat(find(typed)).as(typed).isEmpty();
    }
  }

  @Test
  default void emailOfOtherScriptsIsFoundByItsBeginning() {
    User ada = create(viewer("ada", "Ünïcode@exämple.org"));
    User astronaut = create(viewer("buzz", "👩‍🚀@example.org"));
    User japanese = create(viewer("hana", "日本@example.org"));

    assertThat(find("ÜNÏ")).containsExactly(ada);
    assertThat(find("👩")).containsExactly(astronaut);
    assertThat(find("日")).containsExactly(japanese);
    assertThat(find("uni")).isEmpty();
    assertThat(find("é")).isEmpty();
  }

  @Test
  default void letterAfterThePrefixMayBeTheHighestThereIs() {
    String highest = Character.toString(Character.MAX_CODE_POINT);
    User one = create(viewer("one", "a" + highest + "x@example.org"));
    User two = create(viewer("two", highest + highest + "@example.org"));

    assertThat(find("a")).containsExactly(one);
    assertThat(find("a" + highest)).containsExactly(one);
    assertThat(find(highest)).containsExactly(two);
  }

  @Test
  default void searchPagesOfAnySizeHaveEachAccountOnce() {
    List<User> users =
        IntStream.range(10, 20)
            .mapToObj(i -> create(viewer("user" + i, "user" + (30 - i) + "@example.org")))
            .toList();
    create(viewer("other"));

    for (int limit : List.of(1, 2, 3, 9, 10, 11, PageRequest.MAX_LIMIT)) {
      assertThat(find("user", limit)).as("pages of %s", limit).isEqualTo(users);
    }
    assertThat(store().users().startingWith(LoginKey.of("user"), PageRequest.first(10)).next())
        .isEmpty();
  }

  @Test
  default void eachAccountIsFoundOnceWhileOthersComeAndGo() {
    create(admin("root"));
    List<User> users = IntStream.range(10, 30).mapToObj(i -> create(viewer("u" + i))).toList();
    AtomicInteger pages = new AtomicInteger();

    List<User> found =
        Paging.walk(
            page -> store().users().startingWith(LoginKey.of("u"), page),
            2,
            () -> {
              // Whom the cursor names goes, and somebody takes a place before and one behind it.
              int page = pages.getAndIncrement();
              if (page < 9) {
                store().users().delete(users.get(2 * page + 1).id(), ADMIN);
                create(viewer("u" + (10 + 2 * page) + "-new"));
              }
            });

    assertThat(found).containsAll(users);
    assertThat(new HashSet<>(found)).hasSameSizeAs(found);
  }

  @Test
  default void accountIsFoundByItsEmailOfTodayOnly() {
    User ada = create(viewer("ada", "old@example.org"));
    EmailAddress fresh = new EmailAddress("new@example.org");

    store().users().change(ada.id(), UserChange.nothing().email(fresh), ADMIN);
    assertThat(find("old")).isEmpty();
    assertThat(find("new")).containsExactly(ada.withEmail(fresh));

    store().users().change(ada.id(), UserChange.nothing().email(null), ADMIN);
    assertThat(find("new")).isEmpty();
    assertThat(find("ad")).containsExactly(ada.withEmail(null));
  }

  @Test
  default void newEmailIsFoundUnlessTheNameIs() {
    User ada = create(viewer("ada"));
    EmailAddress email = new EmailAddress("a@example.org");

    store().users().change(ada.id(), UserChange.nothing().email(email), ADMIN);

    assertThat(find("a", 1)).containsExactly(ada.withEmail(email));
    assertThat(find("a@")).containsExactly(ada.withEmail(email));
  }

  @Test
  default void closedAccountIsFoundAndDeletedOneIsNot() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    User abe = create(viewer("abe"));

    store().users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);
    store().users().delete(abe.id(), ADMIN);

    assertThat(find("a")).containsExactly(ada.deactivated(NOW, null));
  }
}
