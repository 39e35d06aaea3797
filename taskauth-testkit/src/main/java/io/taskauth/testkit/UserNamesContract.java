package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.VIEWER;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.fresh;
import static io.taskauth.testkit.Samples.viewer;
import static io.taskauth.user.UserStore.Creation.CREATED;
import static io.taskauth.user.UserStore.Creation.EMAIL_TAKEN;
import static io.taskauth.user.UserStore.Creation.NAME_TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.ChangeOutcome;
import io.taskauth.user.UserStore.Creation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names and e-mail addresses share one space, in which case does not count. */
interface UserNamesContract extends StoreContract {
  private Optional<User> byLogin(String typed) {
    return store().users().findByLogin(LoginKey.of(typed)).map(row -> row.user());
  }

  private Creation created(User user) {
    return store().users().create(fresh(user));
  }

  @Test
  default void accountIsFoundByNameAndEmailInAnyCase() {
    User ada = create(viewer("Ada", "Ada.L@Example.org"));

    for (String typed : List.of("ada", "ADA", " Ada ", "ada.l@example.org", "ADA.L@EXAMPLE.ORG")) {
      assertThat(byLogin(typed)).as(typed).contains(ada);
    }
    assertThat(byLogin("ada.l")).isEmpty();
  }

  @Test
  default void emailOfOtherScriptsIsFoundInAnyCase() {
    User ada = create(viewer("ada", "ünïcode-\u212a@exämple.org"));

    assertThat(byLogin("ÜNÏCODE-k@EXÄMPLE.ORG")).contains(ada);
    assertThat(created(viewer("eve", "Ünïcode-K@exämple.org"))).isEqualTo(EMAIL_TAKEN);
  }

  @Test
  default void wildcardsStandForThemselves() {
    create(viewer("axb", "x@example.org"));

    assertThat(byLogin("a_b")).isEmpty();
    assertThat(byLogin("%")).isEmpty();
    assertThat(byLogin("' OR '1'='1")).isEmpty();
    assertThat(created(viewer("a_b"))).isEqualTo(CREATED);
  }

  @Test
  default void nameIsTakenInAnyCase() {
    create(viewer("ada"));

    User second = viewer("ADA");

    assertThat(created(second)).isEqualTo(NAME_TAKEN);
    assertThat(store().users().find(second.id())).isEmpty();
  }

  @Test
  default void emailIsTakenInAnyCase() {
    create(viewer("ada", "ada@example.org"));

    User second = viewer("eve", "ADA@Example.ORG");

    assertThat(created(second)).isEqualTo(EMAIL_TAKEN);
    assertThat(store().users().find(second.id())).isEmpty();
    assertThat(byLogin("eve")).isEmpty();
  }

  @Test
  default void nobodyTakesAnothersEmailAsName() {
    create(viewer("ada", "ada@example.org"));

    assertThat(created(viewer("ADA@example.org"))).isEqualTo(NAME_TAKEN);
  }

  @Test
  default void nobodyTakesAnothersNameAsEmail() {
    create(viewer("ada@example.org"));

    assertThat(created(viewer("eve", "Ada@example.org"))).isEqualTo(EMAIL_TAKEN);
  }

  @Test
  default void ownEmailMayBeTheName() {
    User ada = create(viewer("ada@example.org", "Ada@Example.org"));

    assertThat(byLogin("ada@example.org")).contains(ada);
  }

  @Test
  default void nameStaysWhenTheEmailOfTheSameLettersGoes() {
    User ada = create(viewer("ada@example.org", "ada@example.org"));

    store().users().change(ada.id(), UserChange.nothing().email(null), VIEWER);

    assertThat(byLogin("ada@example.org")).isPresent();
    assertThat(created(viewer("Ada@example.org"))).isEqualTo(NAME_TAKEN);
  }

  @Test
  default void refusedAccountOccupiesNothing() {
    create(viewer("ada", "ada@example.org"));
    created(viewer("eve", "ada@example.org"));
    created(viewer("ada", "new@example.org"));

    assertThat(created(viewer("eve", "new@example.org"))).isEqualTo(CREATED);
  }

  @Test
  default void deletedAccountFreesNameAndEmail() {
    create(admin("root"));
    User ada = create(viewer("ada", "ada@example.org"));

    store().users().delete(ada.id(), Samples.ADMIN);

    assertThat(byLogin("ada")).isEmpty();
    assertThat(created(viewer("ADA", "ADA@example.org"))).isEqualTo(CREATED);
  }

  @Test
  default void ofManyWhoWantTheSameNameExactlyOneGetsIt() {
    for (int round = 0; round < 10; round++) {
      String name = "racer" + round;

      List<Creation> answers =
          Race.of(16, i -> created(viewer(i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT))));

      assertThat(answers).containsOnlyOnce(CREATED).containsOnly(CREATED, NAME_TAKEN);
    }
  }

  @Test
  default void ofNamesAndEmailsOfTheSameLettersExactlyOneIsCreated() {
    for (int round = 0; round < 10; round++) {
      String letters = "same" + round + "@example.org";
      String other = "other" + round + "-";
      List<User> users =
          IntStream.range(0, 16)
              .mapToObj(i -> i % 2 == 0 ? viewer(letters) : viewer(other + i, letters))
              .toList();

      List<Creation> answers = Race.of(16, i -> created(users.get(i)));

      assertThat(answers).containsOnlyOnce(CREATED);
      assertThat(byLogin(letters)).contains(users.get(answers.indexOf(CREATED)));
    }
  }

  @Test
  default void accountsThatWantEachOthersLettersDoNotBlockEachOther() {
    for (int round = 0; round < 10; round++) {
      String one = "one" + round + "@example.org";
      String two = "two" + round + "@example.org";

      List<Creation> answers =
          Race.of(8, i -> created(i % 2 == 0 ? viewer(one, two) : viewer(two, one)));

      assertThat(answers).containsOnlyOnce(CREATED);
    }
  }

  @Test
  default void ofManyWhoChangeToTheSameEmailExactlyOneGetsIt() {
    List<User> users = IntStream.range(0, 8).mapToObj(i -> create(viewer("user" + i))).toList();
    for (int round = 0; round < 10; round++) {
      EmailAddress email = new EmailAddress("wanted" + round + "@example.org");

      List<ChangeOutcome> answers =
          Race.of(
              8,
              i ->
                  store()
                      .users()
                      .change(users.get(i).id(), UserChange.nothing().email(email), Samples.ADMIN));

      assertThat(answers).filteredOn(a -> a instanceof ChangeOutcome.Changed).hasSize(1);
      assertThat(answers).filteredOn(a -> a instanceof ChangeOutcome.EmailTaken).hasSize(7);
    }
  }
}
