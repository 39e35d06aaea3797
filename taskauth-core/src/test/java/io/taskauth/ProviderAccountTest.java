package io.taskauth;

import static io.taskauth.Browser.CODE;
import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.StubProvider.granted;
import static io.taskauth.StubProvider.verified;
import static io.taskauth.StubProvider.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.provider.ProviderAnswer.GrantedRole;
import io.taskauth.provider.ProviderAnswer.Vouched;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a later sign-in through a provider does to the account. */
class ProviderAccountTest {
  private static final EmailAddress ADDRESS = new EmailAddress("ada@example.org");

  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub", "operator", "admin");
  private final TaskAuth auth =
      fixture.build(
          fixture.withStore().identityProvider(provider).administratorEmails("boss@example.org"));
  private final Browser browser = new Browser(auth, provider);
  private User root;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private User signIn(Vouched vouched) {
    return Fixture.user(auth, browser.signedIn(vouched));
  }

  private User ada() {
    return signIn(new Vouched("ada", ADDRESS.value(), true, "Ada", null, null));
  }

  @Test
  void addressAndNameAreRefreshed() {
    User ada = ada();

    User now = signIn(new Vouched("ada", "lovelace@example.org", true, "Countess", null, null));

    assertThat(now.id()).isEqualTo(ada.id());
    assertThat(now.email()).isEqualTo(new EmailAddress("lovelace@example.org"));
    assertThat(now.displayName()).isEqualTo("Countess");
    AuditEvent updated = fixture.events(auth, AuditType.USER_UPDATED).get(0);
    assertThat(updated.userId()).isEqualTo(ada.id());
    assertThat(updated.details()).containsEntry("by", "oauth:stub");
  }

  @Test
  void addressAndNameStayWhereNoneIsSaid() {
    ada();

    for (Vouched vouched :
        new Vouched[] {
          vouched("ada"),
          new Vouched("ada", "eve@example.org", false, " ", null, null),
          verified("ada", "no address")
        }) {
      User now = signIn(vouched);
      assertThat(now.email()).isEqualTo(ADDRESS);
      assertThat(now.displayName()).isEqualTo("Ada");
    }
    assertThat(fixture.events(auth, AuditType.USER_UPDATED)).isEmpty();
  }

  @Test
  void newAddressOfAnotherAccountIsLeftOutAndTheNameIsRefreshed() {
    ada();
    fixture.account("eve", VIEWER, "eve@example.org", hash(PASSWORD));

    User now = signIn(new Vouched("ada", "EVE@example.org", true, "Countess", null, null));

    assertThat(now.email()).isEqualTo(ADDRESS);
    assertThat(now.displayName()).isEqualTo("Countess");
  }

  @Test
  void roleStaysUnlessTheProviderGrantsItAtEachLogin() {
    ada();

    assertThat(signIn(granted("ada", "admin", false)).role()).isEqualTo(VIEWER);
    assertThat(signIn(granted("ada", "operator", true)).role()).isEqualTo(new Role("operator"));
    assertThat(signIn(granted("ada", null, false)).role()).isEqualTo(new Role("operator"));
    assertThat(signIn(vouched("ada")).role()).isEqualTo(new Role("operator"));
    assertThat(signIn(granted("ada", null, true)).role()).isEqualTo(VIEWER);
  }

  @Test
  void addressThatWasNamedLaterMakesNoAdministrator() {
    ada();

    assertThat(signIn(verified("ada", "boss@example.org")).role()).isEqualTo(VIEWER);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "operator")
  void namedAdministratorStaysOneWhateverIsGranted(String role) {
    signIn(verified("boss", "boss@example.org"));

    Vouched less =
        new Vouched("boss", "Boss@Example.org", true, null, new GrantedRole(role, true), null);
    assertThat(signIn(less).role()).isEqualTo(ADMIN);
  }

  @Test
  void lastAdministratorStaysOneAndComesIn() {
    signIn(granted("ada", "admin", true));
    fixture.store.users().change(root.id(), UserChange.nothing().role(VIEWER), ADMIN);

    assertThat(signIn(granted("ada", "operator", true)).role()).isEqualTo(ADMIN);

    fixture.store.users().change(root.id(), UserChange.nothing().role(ADMIN), ADMIN);
    assertThat(signIn(granted("ada", "operator", true)).role()).isEqualTo(new Role("operator"));
  }

  @Test
  void accountThatAnIdentityWasLinkedToKeepsNameAddressAndRole() {
    User owner = fixture.account("owner", VIEWER, "owner@example.org", hash(PASSWORD));
    ProviderLinks.link(auth, root, owner, "stub", "theirs");

    User now =
        signIn(
            new Vouched(
                "theirs",
                "boss@example.org",
                true,
                "Somebody",
                new GrantedRole("admin", true),
                null));

    assertThat(now.withLastLoginAt(null)).isEqualTo(owner);
    assertThat(Fixture.signedIn(auth, "owner").user().id()).isEqualTo(owner.id());
  }

  @Test
  void identityThatIsLinkedDuringItsFirstSignInGetsNoAccountOfItsOwn() {
    User owner = fixture.account("owner", VIEWER);
    fixture.store.beforeNext(
        "UserStore.create", () -> ProviderLinks.link(auth, root, owner, "stub", "theirs"));

    User now = signIn(verified("theirs", "boss@example.org"));

    assertThat(now.withLastLoginAt(null)).isEqualTo(owner);
    assertThat(fixture.events(auth, AuditType.USER_CREATED)).isEmpty();
  }

  @Test
  void secondIdentityOfAnAccountDoesNotRefreshItEither() {
    User ada = ada();
    ProviderLinks.link(auth, root, ada, "stub", "second");

    User now = signIn(new Vouched("second", "second@example.org", true, "Second", null, null));

    assertThat(now.id()).isEqualTo(ada.id());
    assertThat(now.email()).isEqualTo(ADDRESS);
    assertThat(now.displayName()).isEqualTo("Ada");
  }

  @Test
  void deletedAccountIsMadeAnewWithoutWhatItHad() {
    User ada = signIn(granted("ada", "operator", false));
    auth.userAdministration().orElseThrow().delete(root, ada.id(), HERE);

    User now = signIn(vouched("ada"));

    assertThat(now.id()).isNotEqualTo(ada.id());
    assertThat(now.role()).isEqualTo(VIEWER);
  }

  @Test
  void whatChangesNothingIsNeitherWrittenNorRecorded() {
    ada();
    fixture.store.calls.clear();

    ada();

    assertThat(fixture.store.calls).doesNotContain("UserStore.change");
    assertThat(fixture.events(auth, AuditType.USER_UPDATED)).isEmpty();
    assertThat(provider.asked).hasSize(2).allMatch(r -> CODE.equals(r.parameters().get("code")));
  }
}
