package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signIn;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.admin.AccountOutcome;
import io.taskauth.admin.NewAccount;
import io.taskauth.admin.UserAdministration;
import io.taskauth.login.BackendAnswer;
import io.taskauth.login.LoginOutcome;
import io.taskauth.login.PasswordReset;
import io.taskauth.login.PasswordReset.Start;
import io.taskauth.page.PageRequest;
import io.taskauth.password.Password;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.Username;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator can do to accounts, and what nobody can. */
class UserAdministrationTest {
  private static final String NEXT = "another good passphrase";
  private static final AccountOutcome NOT_FOUND = new AccountOutcome.NotFound();
  private static final AccountOutcome OWN = new AccountOutcome.OwnAccount();

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private User root;
  private User ada;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
    ada = fixture.account("ada", VIEWER, "ada@example.org", hash(PASSWORD));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private UserAdministration users() {
    return auth.userAdministration().orElseThrow();
  }

  private AccountOutcome create(String name, String email, String password) {
    return users()
        .create(
            root,
            new NewAccount(
                new Username(name),
                EmailAddress.parse(email).orElse(null),
                null,
                VIEWER,
                Optional.ofNullable(password).map(Password::of)),
            HERE);
  }

  private AccountOutcome change(UUID id, UserChange change) {
    return users().change(root, id, change, HERE);
  }

  private User stored(User user) {
    return fixture.store.users().find(user.id()).orElseThrow();
  }

  @Test
  void nobodyClosesOrDeletesTheirOwnAccount() {
    fixture.account("second", ADMIN);

    assertThat(users().deactivate(root, root.id(), HERE)).isEqualTo(OWN);
    assertThat(change(root.id(), UserChange.nothing().deactivate(fixture.now.get(), null)))
        .isEqualTo(OWN);
    assertThat(users().delete(root, root.id(), HERE)).isEqualTo(OWN);

    assertThat(stored(root)).isEqualTo(root);
  }

  @Test
  void ownPasswordIsNotSetWithoutTheOldOne() {
    assertThat(users().setPassword(root, root.id(), Password.of(NEXT), HERE)).isEqualTo(OWN);
    assertThat(signIn(auth, "root", PASSWORD)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void takenNamesAreRefusedInAnyCaseAndAsAnEmailToo() {
    assertThat(create("ADA", null, null)).isEqualTo(new AccountOutcome.NameTaken());
    assertThat(create("ada@EXAMPLE.org", null, null)).isEqualTo(new AccountOutcome.NameTaken());
    assertThat(create("eve", "ADA@example.org", null)).isEqualTo(new AccountOutcome.EmailTaken());
    assertThat(users().findByLogin("eve")).isEmpty();
  }

  @Test
  void emailOfAnotherAccountIsRefused() {
    User eve = fixture.account("eve", VIEWER, "eve@example.org", null);

    assertThat(
            change(
                eve.id(),
                UserChange.nothing().role(ADMIN).email(new EmailAddress("Ada@Example.org"))))
        .isEqualTo(new AccountOutcome.EmailTaken());

    assertThat(stored(eve)).as("not even the role").isEqualTo(eve);
  }

  @Test
  void ofManyWhoMakeTheSameAccountExactlyOneDoes() throws Exception {
    List<AccountOutcome> outcomes = Race.of(16, () -> create("eve", null, null));

    assertThat(outcomes).filteredOn(o -> o instanceof AccountOutcome.Done).hasSize(1);
    assertThat(outcomes).filteredOn(o -> o instanceof AccountOutcome.NameTaken).hasSize(15);
  }

  @Test
  void poorPasswordsAreRefused() {
    assertThat(create("eve", null, "password1")).isInstanceOf(AccountOutcome.BadPassword.class);
    assertThat(create("evangeline", null, "evangeline"))
        .isInstanceOf(AccountOutcome.BadPassword.class);
    assertThat(users().setPassword(root, ada.id(), Password.of("short"), HERE))
        .isInstanceOf(AccountOutcome.BadPassword.class);

    assertThat(users().findByLogin("eve")).isEmpty();
    assertThat(signIn(auth, "ada", PASSWORD)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void whoIsNotThereIsNotFound() {
    UUID nobody = UUID.randomUUID();

    assertThat(change(nobody, UserChange.nothing().role(ADMIN))).isEqualTo(NOT_FOUND);
    assertThat(users().deactivate(root, nobody, HERE)).isEqualTo(NOT_FOUND);
    assertThat(users().delete(root, nobody, HERE)).isEqualTo(NOT_FOUND);
    assertThat(users().setPassword(root, nobody, Password.of(NEXT), HERE)).isEqualTo(NOT_FOUND);
    assertThat(users().endSessions(root, nobody, HERE)).isEmpty();
    assertThat(users().find(nobody)).isEmpty();
    assertThat(fixture.events(auth.audit())).isEmpty();
  }

  @Test
  void whoIsDeletedMeanwhileIsNotFound() {
    fixture.store.beforeNext(
        "SessionStore.changePassword", () -> fixture.store.users().delete(ada.id(), ADMIN));

    assertThat(users().setPassword(root, ada.id(), Password.of(NEXT), HERE)).isEqualTo(NOT_FOUND);
    assertThat(fixture.events(auth.audit())).isEmpty();
  }

  @Test
  void passwordOfABackendIsKeptThere() {
    TaskAuth withBackend =
        fixture.build(fixture.withStore().backend((n, p) -> BackendAnswer.accepted("bob")));
    User bob = signedIn(withBackend, "bob").user();

    assertThat(users().setPassword(root, bob.id(), Password.of(NEXT), HERE))
        .isEqualTo(new AccountOutcome.KeptElsewhere());
  }

  @Test
  void closingEndsSessionsTokensAndLinksAtOnce() {
    Opened session = signedIn(auth, "ada");
    AccessTokens.Outcome.Created token = token(auth, session);
    PasswordReset reset = auth.passwordReset().orElseThrow();
    String link = ((Start.Started) reset.start(root, ada, HERE)).token().reveal();
    assertThat(isIn(auth, session) && isIn(auth, token)).isTrue();

    AccountOutcome outcome = users().deactivate(root, ada.id(), HERE);

    assertThat(outcome).isEqualTo(new AccountOutcome.Done(stored(ada)));
    assertThat(stored(ada).active()).isFalse();
    assertThat(stored(ada).deactivatedBy()).isEqualTo(root.id());
    assertThat(stored(ada).deactivatedAt()).isEqualTo(fixture.now.get());
    assertThat(isIn(auth, session)).isFalse();
    assertThat(isIn(auth, token)).isFalse();
    assertThat(reset.accountOf(link)).isEmpty();
    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
  }

  @Test
  void openingAnAccountBringsNoSessionTokenOrLinkBack() {
    Opened session = signedIn(auth, "ada");
    AccessTokens.Outcome.Created token = token(auth, session);
    PasswordReset reset = auth.passwordReset().orElseThrow();
    String link = ((Start.Started) reset.start(root, ada, HERE)).token().reveal();
    users().deactivate(root, ada.id(), HERE);

    change(ada.id(), UserChange.nothing().activate());

    assertThat(isIn(auth, session)).isFalse();
    assertThat(isIn(auth, token)).isFalse();
    assertThat(reset.accountOf(link)).isEmpty();
    assertThat(signIn(auth, "ada", PASSWORD)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void deletingLeavesNothingAndFreesTheName() {
    Opened session = signedIn(auth, "ada");
    AccessTokens.Outcome.Created token = token(auth, session);

    assertThat(users().delete(root, ada.id(), HERE)).isInstanceOf(AccountOutcome.Done.class);

    assertThat(isIn(auth, session)).isFalse();
    assertThat(isIn(auth, token)).isFalse();
    assertThat(auth.accessTokens().orElseThrow().find(token.token().id())).isEmpty();
    assertThat(create("ada", "ada@example.org", NEXT)).isInstanceOf(AccountOutcome.Done.class);
    assertThat(isIn(auth, session)).isFalse();
    assertThat(isIn(auth, token)).isFalse();
  }

  @Test
  void newPasswordEndsSessionsAndNotTokens() {
    Opened session = signedIn(auth, "ada");
    AccessTokens.Outcome.Created token = token(auth, session);
    assertThat(isIn(auth, session)).isTrue();

    assertThat(users().setPassword(root, ada.id(), Password.of(NEXT), HERE))
        .isInstanceOf(AccountOutcome.Done.class);

    assertThat(isIn(auth, session)).isFalse();
    assertThat(isIn(auth, token)).isTrue();
    assertThat(signIn(auth, "ada", PASSWORD)).isEqualTo(new LoginOutcome.BadCredentials());
    assertThat(signIn(auth, "ada", NEXT)).isInstanceOf(LoginOutcome.SignedIn.class);
  }

  @Test
  void sessionsCanBeEndedWithoutTheTokens() {
    Opened session = signedIn(auth, "ada");
    AccessTokens.Outcome.Created token = token(auth, session);
    signedIn(auth, "ada");

    assertThat(users().endSessions(root, ada.id(), HERE)).contains(2);

    assertThat(isIn(auth, session)).isFalse();
    assertThat(isIn(auth, token)).isTrue();
  }

  @Test
  void newRoleCountsOnTheVeryNextRequest() {
    Opened session = signedIn(auth, "ada");
    assertThat(Fixture.user(auth, session).role()).isEqualTo(VIEWER);

    change(ada.id(), UserChange.nothing().role(new Role("operator")));

    assertThat(Fixture.user(auth, session).role()).isEqualTo(new Role("operator"));
  }

  @Test
  void accountWithAPasswordSignsInAndOneWithoutNeedsALink() {
    assertThat(create("eve", "eve@example.org", NEXT)).isInstanceOf(AccountOutcome.Done.class);
    User bob = ((AccountOutcome.Done) create("bob", null, null)).user();

    assertThat(signIn(auth, "EVE@example.org", NEXT)).isInstanceOf(LoginOutcome.SignedIn.class);
    assertThat(signIn(auth, "bob", NEXT)).isEqualTo(new LoginOutcome.BadCredentials());
    assertThat(bob.origin()).isEqualTo(Origin.PASSWORD);
    assertThat(bob.id().version()).isEqualTo(7);
    assertThat(bob.createdAt()).isEqualTo(fixture.now.get());
  }

  @Test
  void accountsAreListedNewestFirstAndFoundByTheBeginningOfNameOrEmail() {
    fixture.account("adam", VIEWER);

    assertThat(users().newest(PageRequest.first(2)).items())
        .extracting(User::label)
        .containsExactly("adam", "ada");
    assertThat(users().startingWith("ADA", PageRequest.first(10)).items())
        .extracting(User::label)
        .containsExactly("ada", "adam");
    assertThat(users().startingWith("ada@", PageRequest.first(10)).items())
        .extracting(User::label)
        .containsExactly("ada");
    assertThat(users().findByLogin(" ADA@example.ORG ")).map(User::id).contains(ada.id());
  }

  @Test
  void emailAndNameCanBeTakenOff() {
    change(ada.id(), UserChange.nothing().displayName("Ada Lovelace"));
    change(ada.id(), UserChange.nothing().email(null).displayName(null));

    assertThat(stored(ada).email()).isNull();
    assertThat(stored(ada).displayName()).isNull();
    assertThat(create("eve", "ada@example.org", null)).isInstanceOf(AccountOutcome.Done.class);
  }
}
