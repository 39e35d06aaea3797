package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessTokens.Outcome;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.login.LoginOutcome;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHash;
import io.taskauth.password.PasswordHasher;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Authentication.Rejected;
import io.taskauth.principal.Credential;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.AuthStore;
import io.taskauth.user.NewUser;
import io.taskauth.user.User;
import java.security.SecureRandom;

/** A whole TaskAuth, as one of several nodes with the same secret runs it. */
final class SharedNode implements AutoCloseable {
  static final Password PASSWORD = Password.of("correct horse battery");
  static final ClientInfo CLIENT = new ClientInfo("192.0.2.1", "test");

  private static final String SECRET = "shared-0123456789-abcdefghijklmnopqrstuvwxyz";
  private static final Argon2Parameters CHEAP = new Argon2Parameters(8, 1, 1);
  private static final PasswordHash HASH =
      PasswordHasher.argon2id(CHEAP, 1, new SecureRandom()).hash(PASSWORD);

  final CountedStore store;
  final TaskAuth auth;

  /** The store stays open when this is closed. */
  SharedNode(AuthStore store) {
    this.store = new CountedStore(store);
    this.auth = TaskAuth.builder().store(this.store).secretKeys(SECRET).argon2(CHEAP).build();
  }

  /** That account, created, with {@link #PASSWORD}. */
  User create(User user) {
    store.users().create(new NewUser(user, HASH));
    return user;
  }

  LoginOutcome trySignIn(User user, Password password) {
    return auth.logins().signIn(user.username().value(), password, CLIENT);
  }

  Opened signIn(User user) {
    LoginOutcome outcome = trySignIn(user, PASSWORD);
    assertThat(outcome).isInstanceOf(LoginOutcome.SignedIn.class);
    return ((LoginOutcome.SignedIn) outcome).session();
  }

  static Credential cookie(Opened session) {
    return new Credential.SessionCookie(session.token().reveal());
  }

  /** A token of the session's user that does not end by itself. */
  Outcome.Created makeToken(Opened session) {
    Outcome outcome =
        auth.accessTokens()
            .orElseThrow()
            .create(
                session.user(),
                session.session().id(),
                "backup",
                Scopes.unlimited(),
                Expiry.never(),
                CLIENT);
    assertThat(outcome).isInstanceOf(Outcome.Created.class);
    return (Outcome.Created) outcome;
  }

  static Credential bearer(Outcome.Created token) {
    return new Credential.Bearer(token.secret().reveal());
  }

  Authentication authenticate(Credential credential) {
    return auth.authenticate(credential, CLIENT);
  }

  boolean accepts(Credential credential) {
    return authenticate(credential) instanceof Authenticated;
  }

  boolean refuses(Credential credential) {
    return authenticate(credential) instanceof Rejected;
  }

  /** The account as this node sees it. */
  User user(Credential credential) {
    Authentication answer = authenticate(credential);
    assertThat(answer).isInstanceOf(Authenticated.class);
    return ((Authenticated) answer).principal().user().orElseThrow();
  }

  /** Asks until the answer comes from memory. */
  void warmUp(Credential... credentials) {
    for (Credential credential : credentials) {
      Patience.await(
          "answer from memory",
          SharedStoreContract.RECOVERY,
          () -> {
            int before = store.calls();
            return accepts(credential) && store.calls() == before;
          });
    }
  }

  @Override
  public void close() {
    auth.close();
  }
}
