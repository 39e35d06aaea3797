package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import io.taskauth.store.Change;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore.Creation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

  /** What is told while {@code verb} runs. */
  default List<Change> told(Runnable verb) {
    List<Change> told = Collections.synchronizedList(new ArrayList<>());
    Runnable unsubscribe = store().changes().subscribe(told::add);
    verb.run();
    List<Change> soFar = List.copyOf(told);
    unsubscribe.run();
    return soFar;
  }
}
