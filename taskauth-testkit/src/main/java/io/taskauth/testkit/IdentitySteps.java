package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.NewUser;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserStore.Creation;
import io.taskauth.user.UserStore.Deletion;
import io.taskauth.user.Username;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** First steps that tests of identities share. */
interface IdentitySteps extends StoreContract {
  default IdentityStore identities() {
    return store().identities();
  }

  /** Somebody at the provider that most tests sign in with. */
  default Identity google(String subject) {
    return new Identity("google", subject);
  }

  /** An account without a password that the provider of this identity vouches for. */
  default User vouchedFor(String name, Identity identity) {
    return User.created(Samples.IDS.uuidV7(), new Username(name), VIEWER, identity.origin(), NOW);
  }

  default NewUser with(Identity identity, User user) {
    return new NewUser(user, null, identity);
  }

  /** The account, created together with its identity. */
  default User createWith(Identity identity, User user) {
    assertThat(store().users().create(with(identity, user))).isEqualTo(Creation.CREATED);
    return user;
  }

  default Linking tryLink(User user, Identity identity, Instant when) {
    return identities().link(new LinkedIdentity(identity, user.id(), when));
  }

  default Linking tryLink(User user, Identity identity) {
    return tryLink(user, identity, NOW);
  }

  /** The account, with one more identity. */
  default User link(User user, Identity identity) {
    assertThat(tryLink(user, identity)).isEqualTo(Linking.LINKED);
    return user;
  }

  /** Whom the identity signs in to. */
  default Optional<User> leadsTo(Identity identity) {
    return identities().findUser(identity).map(StoredUser::user);
  }

  /** One more session of the account through that identity. */
  default Session openThrough(User user, Identity identity, @Nullable String sid) {
    Session session = Samples.session(user, NOW).through(new ProviderSession(identity, sid));
    assertThat(store().sessions().open(session, row(user).credentialEpoch(), 100)).isTrue();
    return session;
  }

  default boolean isOpen(Session session) {
    return store().sessions().find(session.userId(), session.id()).isPresent();
  }

  default void delete(User user) {
    assertThat(store().users().delete(user.id(), ADMIN)).isEqualTo(Deletion.DELETED);
  }
}
