package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.fresh;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.page.PageRequest;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.LoginKey;
import io.taskauth.user.Origin;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which identity signs in to which account: made with it, linked, taken off, gone with it. */
interface IdentityContract extends IdentitySteps {
  private List<User> listed(String prefix) {
    return store().users().startingWith(LoginKey.of(prefix), PageRequest.first(10)).items();
  }

  @Test
  default void unknownIdentityLeadsNowhere() {
    User ada = create(viewer("ada"));

    assertThat(identities().findUser(google("1"))).isEmpty();
    assertThat(identities().ofUser(ada.id())).isEmpty();
    assertThat(identities().ofUser(viewer("nobody").id())).isEmpty();
    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.NOT_FOUND);
  }

  @Test
  default void identityIsNotLinkedToAnAccountThatIsNotThere() {
    assertThat(tryLink(viewer("nobody"), google("1"))).isEqualTo(Linking.NO_USER);

    assertThat(identities().findUser(google("1"))).isEmpty();
    link(create(viewer("ada")), google("1"));
  }

  @Test
  default void linkedIdentityLeadsToItsAccountAndNoOther() {
    User ada = create(viewer("ada", "ada@example.org").withDisplayName("Ada"));
    User eve = create(viewer("eve"));

    link(ada, google("1"));

    assertThat(identities().findUser(google("1"))).contains(row(ada));
    assertThat(tryLink(ada, google("1"))).isEqualTo(Linking.TAKEN);
    assertThat(tryLink(eve, google("1"))).isEqualTo(Linking.TAKEN);
    assertThat(identities().findUser(google("1"))).contains(row(ada));
    assertThat(identities().ofUser(ada.id())).hasSize(1);
    assertThat(identities().ofUser(eve.id())).isEmpty();
  }

  @Test
  default void accountIsMadeTogetherWithItsIdentity() {
    User ada = createWith(google("1"), vouchedFor("ada", google("1")));

    assertThat(identities().findUser(google("1"))).contains(new StoredUser(ada, null, 0));
    assertThat(identities().ofUser(ada.id()))
        .containsExactly(new LinkedIdentity(google("1"), ada.id(), ada.createdAt()));
  }

  @Test
  default void firstAccountIsMadeTogetherWithItsIdentity() {
    User ada = admin("ada");

    assertThat(store().users().createFirst(with(google("1"), ada))).isTrue();
    assertThat(store().users().createFirst(with(google("2"), admin("eve")))).isFalse();

    assertThat(leadsTo(google("1"))).contains(ada);
    assertThat(leadsTo(google("2"))).isEmpty();
    createWith(google("2"), viewer("eve"));
  }

  @Test
  default void refusedCreationLeavesNothing() {
    createWith(google("taken"), viewer("taken", "taken@example.org"));
    Identity free = google("free");
    Identity taken = google("taken");
    User nameTaken = viewer("TAKEN", "free@example.org");
    User emailTaken = viewer("free", "Taken@Example.org");
    User identityTaken = viewer("free", "free@example.org");

    assertThat(store().users().create(with(free, nameTaken))).isEqualTo(Creation.NAME_TAKEN);
    assertThat(store().users().create(with(free, emailTaken))).isEqualTo(Creation.EMAIL_TAKEN);
    assertThat(store().users().create(with(taken, identityTaken)))
        .isEqualTo(Creation.IDENTITY_TAKEN);
    assertThat(store().users().create(with(taken, nameTaken))).isEqualTo(Creation.NAME_TAKEN);
    assertThat(store().users().create(with(taken, emailTaken))).isEqualTo(Creation.EMAIL_TAKEN);

    for (User refused : List.of(nameTaken, emailTaken, identityTaken)) {
      assertThat(store().users().find(refused.id())).isEmpty();
      assertThat(identities().ofUser(refused.id())).isEmpty();
    }
    assertThat(leadsTo(free)).isEmpty();
    User ada = createWith(free, viewer("free", "free@example.org"));
    assertThat(leadsTo(free)).contains(ada);
  }

  @Test
  default void identitiesThatDifferInASlotOrInCaseAreDifferent() {
    List<Identity> alike =
        List.of(
            google("Ab"),
            google("aB"),
            google("ab"),
            new Identity("google-2", "Ab"),
            new Identity("g", "Ab"));
    List<User> users = new ArrayList<>();
    for (Identity identity : alike) {
      users.add(link(create(viewer("user" + users.size())), identity));
    }

    for (int i = 0; i < alike.size(); i++) {
      assertThat(leadsTo(alike.get(i))).contains(users.get(i));
    }
    assertThat(leadsTo(google("AB"))).isEmpty();
    assertThat(leadsTo(new Identity("g", "ab"))).isEmpty();
    assertThat(identities().unlink(users.get(0).id(), google("aB"))).isEqualTo(Unlinking.NOT_FOUND);
    assertThat(identities().unlink(users.get(0).id(), google("Ab"))).isEqualTo(Unlinking.UNLINKED);
    assertThat(alike).filteredOn(identity -> leadsTo(identity).isEmpty()).hasSize(1);
  }

  @Test
  default void identitiesComeBackToTheLetter() {
    User ada = create(viewer("ada"));
    List<LinkedIdentity> linked = new ArrayList<>();
    for (String subject :
        List.of(
            "~".repeat(255), "a:b", ":", "%", "_", "'\"\\", "{*}[?]", "00uAB;--", "https://x/1")) {
      linked.add(
          new LinkedIdentity(
              new Identity("a" + "_-z".repeat(10), subject),
              ada.id(),
              NOW.plusMillis(linked.size())));
    }

    linked.forEach(each -> assertThat(identities().link(each)).isEqualTo(Linking.LINKED));

    assertThat(identities().ofUser(ada.id())).isEqualTo(linked);
    for (LinkedIdentity each : linked) {
      assertThat(leadsTo(each.identity())).contains(ada);
    }
  }

  @Test
  default void identitiesOfAnAccountAreListedInTheOrderInWhichTheyWereLinked() {
    User ada = createWith(google("m"), viewer("ada"));
    User eve = create(viewer("eve"));
    Identity second = google("z");
    Identity third = new Identity("corp", "9");
    Identity fourth = google("a");
    Instant later = NOW.plusSeconds(5);

    tryLink(ada, second, NOW.plusMillis(1));
    tryLink(eve, google("b"), NOW.plusMillis(2));
    tryLink(ada, third, NOW.plusMillis(3));
    tryLink(ada, fourth, later);

    assertThat(identities().ofUser(ada.id()))
        .extracting(LinkedIdentity::identity)
        .containsExactly(google("m"), second, third, fourth);
    assertThat(identities().ofUser(ada.id()))
        .last()
        .isEqualTo(new LinkedIdentity(fourth, ada.id(), later));
  }

  @Test
  default void accountNamedAfterItsIdentityIsFoundAndListed() {
    Identity odd = google("10%_Z'" + "x".repeat(249));
    User plain = createWith(google("10"), vouchedFor(google("10")));
    User full = createWith(odd, vouchedFor(odd));
    User other = create(viewer("google"));

    assertThat(row(plain).user()).isEqualTo(plain);
    assertThat(store().users().findByLogin(LoginKey.of("GOOGLE:10"))).contains(row(plain));
    assertThat(row(full).user()).isEqualTo(full);
    assertThat(listed("google:1")).containsExactly(plain, full);
    assertThat(listed("google:10%")).containsExactly(full);
    assertThat(listed("google")).containsExactly(other, plain, full);
    assertThat(store().users().newest(PageRequest.first(10)).items())
        .containsExactly(other, full, plain);
    assertThat(store().users().create(fresh(vouchedFor(google("10")))))
        .isEqualTo(Creation.NAME_TAKEN);
  }

  private User vouchedFor(Identity identity) {
    return vouchedFor(Username.of(identity).value(), identity);
  }

  @Test
  default void changesToAnAccountLeaveItsIdentities() {
    create(admin("root"));
    User ada = createWith(google("1"), viewer("ada", "ada@example.org"));
    link(ada, google("2"));
    List<LinkedIdentity> linked = identities().ofUser(ada.id());

    store()
        .users()
        .change(
            ada.id(),
            UserChange.nothing()
                .role(ADMIN)
                .displayName("Ada")
                .email(new EmailAddress("countess@example.org")),
            ADMIN);
    store().sessions().changePassword(ada.id(), OptionalLong.empty(), hash("new"), null);

    assertThat(identities().ofUser(ada.id())).isEqualTo(linked);
    assertThat(identities().findUser(google("1")))
        .hasValueSatisfying(
            found -> {
              assertThat(found).isEqualTo(row(ada));
              assertThat(found.user().role()).isEqualTo(ADMIN);
              assertThat(found.passwordHash()).isEqualTo(hash("new"));
            });
  }

  @Test
  default void closedAccountIsStillFoundByItsIdentity() {
    User ada = createWith(google("1"), viewer("ada"));

    store().users().change(ada.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);

    assertThat(identities().findUser(google("1"))).contains(row(ada));
    assertThat(leadsTo(google("1"))).map(User::active).contains(false);
    assertThat(identities().ofUser(ada.id())).hasSize(1);
    assertThat(tryLink(ada, google("2"))).isEqualTo(Linking.LINKED);
  }

  @Test
  default void identitiesGoWithTheirAccount() {
    User root = create(admin("root"));
    User ada = createWith(google("1"), vouchedFor("ada", google("1")));
    link(ada, google("2"));
    link(root, google("3"));

    delete(ada);

    assertThat(leadsTo(google("1"))).isEmpty();
    assertThat(leadsTo(google("2"))).isEmpty();
    assertThat(leadsTo(google("3"))).contains(root);
    assertThat(identities().ofUser(ada.id())).isEmpty();
    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.NOT_FOUND);
    assertThat(tryLink(ada, google("1"))).isEqualTo(Linking.NO_USER);
    link(root, google("1"));
    User again = createWith(google("2"), viewer("ada"));
    assertThat(leadsTo(google("1"))).contains(root);
    assertThat(leadsTo(google("2"))).contains(again);
  }

  @Test
  default void identityThatWasTakenOffLeadsNowhereAndIsFree() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    link(ada, google("1"));
    tryLink(ada, google("2"), NOW.plusMillis(1));

    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.UNLINKED);

    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.NOT_FOUND);
    assertThat(leadsTo(google("1"))).isEmpty();
    assertThat(identities().ofUser(ada.id()))
        .containsExactly(new LinkedIdentity(google("2"), ada.id(), NOW.plusMillis(1)));
    assertThat(row(ada).credentialEpoch()).isEqualTo(1);
    link(eve, google("1"));
    assertThat(leadsTo(google("1"))).contains(eve);
  }

  @Test
  default void nobodyTakesOffAnothersIdentity() {
    User ada = link(create(viewer("ada")), google("1"));
    User eve = link(create(viewer("eve")), google("2"));

    assertThat(identities().unlink(eve.id(), google("1"))).isEqualTo(Unlinking.NOT_FOUND);
    assertThat(identities().unlink(viewer("nobody").id(), google("1")))
        .isEqualTo(Unlinking.NOT_FOUND);

    assertThat(leadsTo(google("1"))).contains(ada);
    assertThat(row(ada).credentialEpoch()).isZero();
    assertThat(row(eve).credentialEpoch()).isZero();
  }

  @Test
  default void lastIdentityOfAnAccountThatAProviderVouchesForStays() {
    User ada = createWith(google("1"), vouchedFor("ada", google("1")));
    Identity second = new Identity("corp", "1");

    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.ONLY_WAY_IN);
    assertThat(identities().findUser(google("1"))).contains(new StoredUser(ada, null, 0));
    assertThat(identities().unlink(ada.id(), second)).isEqualTo(Unlinking.NOT_FOUND);

    link(ada, second);
    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.UNLINKED);
    assertThat(identities().unlink(ada.id(), second)).isEqualTo(Unlinking.ONLY_WAY_IN);
    assertThat(identities().findUser(second)).contains(new StoredUser(ada, null, 1));
  }

  @Test
  default void lastIdentityOfAnyOtherAccountMayGo() {
    User ada = createWith(google("1"), viewer("ada"));
    User bob =
        createWith(
            google("2"),
            User.created(
                Samples.IDS.uuidV7(), new Username("bob"), ADMIN, Origin.backend("ldap"), NOW));

    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.UNLINKED);
    assertThat(identities().unlink(bob.id(), google("2"))).isEqualTo(Unlinking.UNLINKED);
  }
}
