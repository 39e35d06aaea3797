package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore.Creation;
import java.time.Instant;

/** The store under test, and the first steps that most tests share. */
interface StoreContract {
  AuthStore store();

  /** The account of that name, created. */
  default User create(User user) {
    assertThat(store().users().create(Samples.fresh(user))).isEqualTo(Creation.CREATED);
    return user;
  }

  /** A session of an account whose password was never changed. */
  default Session open(User user, Instant createdAt) {
    Session session = Samples.session(user, createdAt);
    assertThat(store().sessions().open(session, row(user).credentialEpoch(), 100)).isTrue();
    return session;
  }

  default StoredUser row(User user) {
    return store().users().findByLogin(user.username().key()).orElseThrow();
  }
}
