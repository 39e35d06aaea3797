package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.AuditType;
import io.taskauth.login.AuthBackend;
import io.taskauth.login.BackendAnswer;
import io.taskauth.login.BackendUnavailableException;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Origin;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The host says who may sign in. */
class BackendTest {
  private static final LoginOutcome BAD = new LoginOutcome.BadCredentials();

  private final Fixture fixture = new Fixture();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    fixture.close();
  }

  /** Right is whoever types "secret of" and the name. */
  private static final AuthBackend DIRECTORY =
      (name, password) ->
          password.reveal().equals("secret of " + name)
              ? BackendAnswer.accepted(name)
              : BackendAnswer.refused();

  private TaskAuth with(AuthBackend backend) {
    fixture.account("root", ADMIN);
    return fixture.build(fixture.withStore().backend("ldap", backend));
  }

  private TaskAuth answering(AtomicReference<BackendAnswer> answer) {
    return with((name, password) -> answer.get());
  }

  private User stored(Opened session) {
    return fixture.store.users().find(session.user().id()).orElseThrow();
  }

  @Test
  void accountsThatABackendMakesAndChangesAreOnRecord() {
    AtomicReference<BackendAnswer> answer =
        new AtomicReference<>(BackendAnswer.accepted("ada").role("viewer"));
    TaskAuth auth = answering(answer);
    User ada = signedIn(auth, "ada", "x").user();
    answer.set(BackendAnswer.accepted("ada").role("admin"));
    signedIn(auth, "ada", "x");

    assertThat(fixture.events(auth, AuditType.USER_CREATED))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.userId()).isEqualTo(ada.id());
              assertThat(event.details()).containsEntry("by", "backend:ldap");
            });
    assertThat(fixture.events(auth, AuditType.USER_UPDATED))
        .singleElement()
        .satisfies(event -> assertThat(event.details()).containsEntry("role", "viewer -> admin"));
  }

  @Test
  void whoeverTheBackendAcceptsGetsAnAccountWithTheLowestRole() {
    TaskAuth auth = with(DIRECTORY);

    assertThat(signIn(auth, "ada", "secret of eve")).isEqualTo(BAD);
    Opened first = signedIn(auth, " ada ", "secret of ada");
    Opened second = signedIn(auth, "ada", "secret of ada");

    assertThat(stored(first).role()).isEqualTo(VIEWER);
    assertThat(stored(first).origin()).isEqualTo(Origin.backend("ldap"));
    assertThat(second.user().id()).isEqualTo(first.user().id());
    assertThat(isIn(auth, first)).isTrue();
  }

  @Test
  void backendsAreAskedInOrderUntilOneSaysYesOrNo() {
    List<String> asked = new ArrayList<>();
    fixture.account("root", ADMIN);
    TaskAuth auth =
        fixture.build(
            fixture
                .withStore()
                .backend("one", asked(asked, "one", BackendAnswer.notMine()))
                .backend("two", asked(asked, "two", BackendAnswer.refused()))
                .backend("three", asked(asked, "three", BackendAnswer.accepted("ada"))));

    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(BAD);
    assertThat(asked).containsExactly("one", "two");
  }

  private static AuthBackend asked(List<String> asked, String name, BackendAnswer answer) {
    return (typed, password) -> {
      asked.add(name);
      return answer;
    };
  }

  @Test
  void whereNobodyKnowsTheNameItIsBadCredentials() {
    assertThat(signIn(with((n, p) -> BackendAnswer.notMine()), "ada", PASSWORD)).isEqualTo(BAD);
  }

  @Test
  void accountOfTheStoreIsNotForTheBackendToDecide() {
    TaskAuth auth = with((name, password) -> BackendAnswer.accepted("root"));

    assertThat(signIn(auth, "root", "wrong password")).isEqualTo(BAD);
    assertThat(signIn(auth, "anybody", "wrong password")).isEqualTo(BAD);
  }

  @Test
  @Timeout(10)
  void slowBackendIsUnavailableInTimeAndCountsForNothing() {
    fixture.account("root", ADMIN);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicReference<AuthBackend> backend = new AtomicReference<>();
    TaskAuth auth =
        fixture.build(
            fixture
                .withStore()
                .backendTimeout(Duration.ofMillis(50))
                .throttle(new ThrottlePolicy(1, 1, 1, Duration.ofMinutes(1)))
                .backend("ldap", (name, password) -> backend.get().authenticate(name, password)));
    backend.set(
        (name, password) -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return BackendAnswer.accepted("ada");
        });

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> signIn(auth, "ada", PASSWORD))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("ldap");
    }

    assertThat(await(interrupted)).isTrue();
    backend.set(DIRECTORY);
    signedIn(auth, "ada", "secret of ada");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void brokenBackendIsUnavailable() {
    for (AuthBackend broken :
        List.<AuthBackend>of(
            (n, p) -> {
              throw new IOException("out");
            },
            (n, p) -> {
              throw new IllegalStateException("bug");
            },
            (n, p) -> {
              throw new LinkageError("worse");
            },
            (n, p) -> null)) {
      try (Fixture own = new Fixture()) {
        TaskAuth auth = own.build(own.withStore().backend(broken));

        assertThatThrownBy(() -> signIn(auth, "ada", PASSWORD))
            .isInstanceOf(BackendUnavailableException.class);
      }
    }
  }

  @Test
  void answerThatMakesNoSenseLetsNobodyIn() {
    AtomicReference<BackendAnswer> answer = new AtomicReference<>();
    TaskAuth auth = answering(answer);

    answer.set(BackendAnswer.accepted("ada").role("emperor"));
    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(BAD);
    answer.set(BackendAnswer.accepted("ada lovelace"));
    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(BAD);
    answer.set(BackendAnswer.accepted(null));
    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(BAD);
  }

  @Test
  void nameOfAnotherOriginIsNotTakenOver() {
    fixture.account("eve", VIEWER, "taken@example.org", hash(PASSWORD));
    TaskAuth auth = with((name, password) -> BackendAnswer.accepted("EVE"));
    assertThat(signIn(auth, "someone", PASSWORD)).isEqualTo(BAD);

    TaskAuth byEmail =
        fixture.build(
            fixture
                .withStore()
                .backend("ldap", (name, password) -> BackendAnswer.accepted("taken@example.org")));
    assertThat(signIn(byEmail, "someone", PASSWORD)).isEqualTo(BAD);

    TaskAuth other =
        fixture.build(
            fixture.withStore().backend("ldap", (n, p) -> BackendAnswer.accepted("new-one")));
    signedIn(other, "new-one", PASSWORD);
    TaskAuth foreign =
        fixture.build(
            fixture.withStore().backend("sso", (n, p) -> BackendAnswer.accepted("new-one")));
    assertThat(signIn(foreign, "new-one", PASSWORD)).isEqualTo(BAD);
  }

  @Test
  void roleEmailAndNameAreRefreshedAtEachSignIn() {
    AtomicReference<BackendAnswer> answer = new AtomicReference<>();
    TaskAuth auth = answering(answer);
    answer.set(BackendAnswer.accepted("ada").role("admin").email("a@x.org").displayName("A"));
    signedIn(auth, "ada", PASSWORD);

    answer.set(BackendAnswer.accepted("ada").role("viewer").email("b@x.org").displayName("B"));
    Opened session = signedIn(auth, "ada", PASSWORD);

    assertThat(stored(session).role()).isEqualTo(VIEWER);
    assertThat(stored(session).email()).isEqualTo(new EmailAddress("b@x.org"));
    assertThat(stored(session).displayName()).isEqualTo("B");
    assertThat(Fixture.user(auth, session).role()).isEqualTo(VIEWER);
  }

  @Test
  void whatTheBackendDoesNotSayStays() {
    AtomicReference<BackendAnswer> answer = new AtomicReference<>();
    TaskAuth auth = answering(answer);
    answer.set(BackendAnswer.accepted("ada").role("operator").email("a@x.org").displayName("A"));
    User first = stored(signedIn(auth, "ada", PASSWORD));

    answer.set(BackendAnswer.accepted("ada"));

    assertThat(stored(signedIn(auth, "ada", PASSWORD))).isEqualTo(first);
  }

  @Test
  void emailOfAnotherAccountIsLeftOut() {
    fixture.account("eve", VIEWER, "eve@example.org", hash(PASSWORD));
    TaskAuth auth =
        with((name, password) -> BackendAnswer.accepted("ada").email("EVE@example.org"));

    assertThat(stored(signedIn(auth, "ada", PASSWORD)).email()).isNull();
  }

  @Test
  void emailThatIsTakenDoesNotKeepAnOldRole() {
    fixture.account("eve", VIEWER, "eve@example.org", hash(PASSWORD));
    AtomicReference<BackendAnswer> answer = new AtomicReference<>();
    TaskAuth auth = answering(answer);
    answer.set(BackendAnswer.accepted("ada").role("admin"));
    signedIn(auth, "ada", PASSWORD);

    answer.set(BackendAnswer.accepted("ada").role("viewer").email("eve@example.org"));

    assertThat(stored(signedIn(auth, "ada", PASSWORD)).role()).isEqualTo(VIEWER);
  }

  @Test
  void closedAccountStaysClosedWhateverTheBackendSays() {
    TaskAuth auth = with(DIRECTORY);
    Opened session = signedIn(auth, "ada", "secret of ada");
    fixture
        .store
        .users()
        .change(
            session.user().id(), UserChange.nothing().deactivate(fixture.now.get(), null), ADMIN);

    assertThat(signIn(auth, "ada", "secret of ada")).isEqualTo(BAD);
    assertThat(isIn(auth, session)).isFalse();
  }

  @Test
  void emptyStoreWaitsForItsFirstAdministrator() {
    AtomicReference<BackendAnswer> answer =
        new AtomicReference<>(BackendAnswer.accepted("ada").role("operator"));
    TaskAuth auth = fixture.build(fixture.withStore().backend((n, p) -> answer.get()));

    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(BAD);
    assertThat(auth.isSetupRequired()).isTrue();

    answer.set(BackendAnswer.accepted("ada").role("admin"));
    assertThat(signedIn(auth, "ada", PASSWORD).user().role()).isEqualTo(ADMIN);
    assertThat(auth.isSetupRequired()).isFalse();
  }

  @Test
  void lastAdministratorStaysOneWhateverTheBackendSays() {
    AtomicReference<BackendAnswer> answer =
        new AtomicReference<>(BackendAnswer.accepted("ada").role("admin"));
    TaskAuth auth = fixture.build(fixture.withStore().backend((n, p) -> answer.get()));
    signedIn(auth, "ada", PASSWORD);

    answer.set(BackendAnswer.accepted("ada").role("viewer"));

    assertThat(stored(signedIn(auth, "ada", PASSWORD)).role()).isEqualTo(ADMIN);
  }

  @Test
  void backendIsNotAskedAboutAPasswordThatIsTooLong() {
    List<String> asked = new ArrayList<>();
    TaskAuth auth = with(asked(asked, "seen", BackendAnswer.refused()));

    assertThat(signIn(auth, "ada", "x".repeat(257))).isEqualTo(BAD);
    assertThat(asked).isEmpty();
  }
}
