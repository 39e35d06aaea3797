package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.HASH;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.fresh;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Accounts: the first one, what is kept of them, and stronger hashes for old passwords. */
interface UserStoreContract extends StoreContract {
  @Test
  default void freshStoreHasNobody() {
    assertThat(store().users().anyUser()).isFalse();
    assertThat(store().users().find(viewer("ada").id())).isEmpty();
    assertThat(store().users().findByLogin(LoginKey.of("ada"))).isEmpty();
  }

  @Test
  default void onlyTheFirstUserIsCreatedAsTheFirst() {
    User ada = admin("ada");

    assertThat(store().users().createFirst(fresh(ada))).isTrue();
    assertThat(store().users().createFirst(fresh(admin("eve")))).isFalse();

    assertThat(store().users().anyUser()).isTrue();
    assertThat(store().users().findByLogin(LoginKey.of("ada")))
        .contains(new StoredUser(ada, HASH, 0));
    assertThat(store().users().findByLogin(LoginKey.of("eve"))).isEmpty();
  }

  @Test
  default void nobodyIsTheFirstAfterAnOrdinaryUser() {
    create(viewer("ada"));

    assertThat(store().users().anyUser()).isTrue();
    assertThat(store().users().createFirst(fresh(admin("eve")))).isFalse();
  }

  @RepeatedTest(5)
  default void ofManyWhoWantToBeFirstExactlyOneIs() {
    List<User> all = IntStream.range(0, 16).mapToObj(i -> admin("u" + i)).toList();

    List<Boolean> won = Race.of(16, i -> store().users().createFirst(fresh(all.get(i))));

    assertThat(won).containsOnlyOnce(true);
    assertThat(all).filteredOn(u -> store().users().find(u.id()).isPresent()).hasSize(1);
    assertThat(store().users().find(all.get(won.indexOf(true)).id())).isPresent();
  }

  @Test
  default void everythingAboutAnAccountIsKept() {
    User closer = create(viewer("closer"));
    User full =
        new User(
            Samples.IDS.uuidV7(),
            new Username("A.b_c-d+e@f" + "x".repeat(53)),
            new EmailAddress("e".repeat(64) + "@" + "d".repeat(185) + ".org"),
            AWKWARD.repeat(10).substring(0, 256),
            new Role("own_role-1"),
            false,
            Instant.parse("1969-12-31T23:59:59.999Z"),
            Instant.parse("2026-03-01T00:00:00.001Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            closer.id(),
            new Origin("oauth:google"));

    create(full);

    assertThat(store().users().find(full.id())).contains(full);
    assertThat(row(full)).isEqualTo(new StoredUser(full, HASH, 0));
  }

  @Test
  default void whatIsMissingStaysMissing() {
    User bare = viewer("bare");
    store().users().create(new NewUser(bare, null));

    User found = store().users().find(bare.id()).orElseThrow();

    assertThat(found).isEqualTo(bare);
    assertThat(found.email()).isNull();
    assertThat(found.displayName()).isNull();
    assertThat(found.lastLoginAt()).isNull();
    assertThat(found.deactivatedAt()).isNull();
    assertThat(found.deactivatedBy()).isNull();
    assertThat(row(bare)).isEqualTo(new StoredUser(bare, null, 0));
  }

  @Test
  default void emptyDisplayNameIsNotAMissingOne() {
    User ada = create(viewer("ada").withDisplayName(""));

    assertThat(store().users().find(ada.id())).contains(ada);
  }

  @Test
  default void rehashReplacesTheHashThatWasSeenAndLeavesTheEpoch() {
    User ada = create(viewer("ada"));

    assertThat(store().users().rehash(ada.id(), HASH, hash("stronger"))).isTrue();

    assertThat(row(ada)).isEqualTo(new StoredUser(ada, hash("stronger"), 0));
  }

  @Test
  default void rehashOfAnotherHashChangesNothing() {
    User ada = create(viewer("ada"));

    assertThat(store().users().rehash(ada.id(), hash("other"), hash("stronger"))).isFalse();
    assertThat(store().users().rehash(viewer("eve").id(), HASH, hash("stronger"))).isFalse();

    assertThat(row(ada).passwordHash()).isEqualTo(HASH);
  }

  @Test
  default void rehashGivesNoPasswordToAnAccountWithoutOne() {
    User ada = viewer("ada");
    store().users().create(new NewUser(ada, null));

    assertThat(store().users().rehash(ada.id(), HASH, hash("stronger"))).isFalse();

    assertThat(row(ada).passwordHash()).isNull();
  }

  @Test
  default void rehashNeverBringsAnOldPasswordBack() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 20; round++) {
      StoredUser before = row(ada);
      var next = hash("new-" + round);
      var seen = Objects.requireNonNull(before.passwordHash());

      Race.<Object>between(
          () -> store().users().rehash(ada.id(), seen, hash("old-but-stronger")),
          () ->
              store()
                  .sessions()
                  .changePassword(ada.id(), OptionalLong.of(before.credentialEpoch()), next, null));

      assertThat(row(ada).passwordHash()).isEqualTo(next);
      assertThat(row(ada).credentialEpoch()).isEqualTo(before.credentialEpoch() + 1);
    }
  }

  @Test
  default void instantsAreKeptToTheMillisecond() {
    User ada = create(viewer("ada").withLastLoginAt(NOW.plusMillis(1)));

    User found = store().users().find(ada.id()).orElseThrow();

    assertThat(found.createdAt()).isEqualTo(NOW);
    assertThat(found.lastLoginAt()).isEqualTo(NOW.plusMillis(1));
  }
}
