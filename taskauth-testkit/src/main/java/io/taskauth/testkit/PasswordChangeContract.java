package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.HASH;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.hash;
import static io.taskauth.testkit.Samples.secret;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.password.PasswordHash;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.NewUser;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A new password ends what rests on the old one, in the same step. */
interface PasswordChangeContract extends StoreContract {
  private Optional<Integer> change(
      User user, OptionalLong epoch, PasswordHash next, @Nullable SessionId keep) {
    return store().sessions().changePassword(user.id(), epoch, next, keep);
  }

  private boolean exists(Session session) {
    return store().sessions().find(session.userId(), session.id()).isPresent();
  }

  private boolean canBeTaken(OneTimeSecret secret) {
    return store().secrets().take(secret.hash(), secret.purpose(), NOW).isPresent();
  }

  @Test
  default void newPasswordEndsTheOtherSessionsAndAllSecretsOfTheAccount() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session keep = open(ada, NOW);
    Session second = open(ada, NOW);
    Session third = open(ada, NOW);
    Session others = open(eve, NOW);
    OneTimeSecret ofUser = secret(ada, null);
    OneTimeSecret ofKept = secret(ada, keep);
    OneTimeSecret ofEnded = secret(null, second);
    OneTimeSecret ofEve = secret(eve, others);
    OneTimeSecret ofNobody = secret(null, null);
    List.of(ofUser, ofKept, ofEnded, ofEve, ofNobody).forEach(store().secrets()::put);
    StoredUser before = row(ada);

    assertThat(change(ada, OptionalLong.of(0), hash("new"), keep.id())).contains(2);

    assertThat(row(ada)).isEqualTo(new StoredUser(before.user(), hash("new"), 1));
    assertThat(exists(keep)).isTrue();
    assertThat(exists(second) || exists(third)).isFalse();
    assertThat(exists(others)).isTrue();
    assertThat(canBeTaken(ofUser) || canBeTaken(ofKept) || canBeTaken(ofEnded)).isFalse();
    assertThat(canBeTaken(ofEve)).isTrue();
    assertThat(canBeTaken(ofNobody)).isTrue();
    assertThat(row(eve).credentialEpoch()).isZero();
  }

  @Test
  default void newPasswordOfWhoeverSignsInAnewEndsAllSessions() {
    User ada = create(viewer("ada"));
    open(ada, NOW);
    open(ada, NOW);

    assertThat(change(ada, OptionalLong.empty(), hash("one"), null)).contains(2);
    assertThat(change(ada, OptionalLong.empty(), hash("two"), null)).contains(0);

    assertThat(row(ada)).extracting(StoredUser::passwordHash).isEqualTo(hash("two"));
    assertThat(row(ada).credentialEpoch()).isEqualTo(2);
  }

  @Test
  default void accountWithoutAPasswordGetsOne() {
    User ada = viewer("ada");
    store().users().create(new NewUser(ada, null));

    assertThat(change(ada, OptionalLong.empty(), hash("first"), null)).contains(0);

    assertThat(row(ada)).isEqualTo(new StoredUser(ada, hash("first"), 1));
  }

  @Test
  default void passwordCheckedAtAnotherEpochChangesNothing() {
    User ada = create(viewer("ada"));
    Session session = open(ada, NOW);
    OneTimeSecret reset = secret(ada, null);
    store().secrets().put(reset);

    assertThat(change(ada, OptionalLong.of(1), hash("new"), null)).isEmpty();

    assertThat(row(ada).passwordHash()).isEqualTo(HASH);
    assertThat(row(ada).credentialEpoch()).isZero();
    assertThat(exists(session)).isTrue();
    assertThat(canBeTaken(reset)).isTrue();
  }

  @Test
  default void unknownAccountGetsNoPassword() {
    assertThat(change(viewer("ada"), OptionalLong.empty(), hash("new"), null)).isEmpty();
  }

  @Test
  default void sessionOpenedWithTheOldEpochIsRefused() {
    User ada = create(viewer("ada"));
    change(ada, OptionalLong.of(0), hash("new"), null);

    Session old = session(ada, NOW);

    assertThat(store().sessions().open(old, 0, 100)).isFalse();
    assertThat(exists(old)).isFalse();
    assertThat(store().sessions().open(old, 1, 100)).isTrue();
  }

  @Test
  default void ofManyWhoChangeThePasswordThatTheyCheckedExactlyOneDoes() {
    User ada = create(viewer("ada"));
    for (int round = 0; round < 10; round++) {
      long epoch = row(ada).credentialEpoch();
      String prefix = "round" + round + "-";

      List<Optional<Integer>> answers =
          Race.of(8, i -> change(ada, OptionalLong.of(epoch), hash(prefix + i), null));

      assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
      int winner = answers.indexOf(Optional.of(0));
      assertThat(row(ada).passwordHash()).isEqualTo(hash(prefix + winner));
      assertThat(row(ada).credentialEpoch()).isEqualTo(epoch + 1);
    }
  }
}
