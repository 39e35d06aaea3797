package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
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
import io.taskauth.provider.ProviderSignIns.Arrival;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Identity;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The account that somebody gets who comes from a provider for the first time. */
class ProviderNewcomersTest {
  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub", "operator", "admin");
  private final TaskAuth auth =
      fixture.build(
          fixture
              .withStore()
              .identityProvider(provider)
              .administratorEmails("Boss@Example.org", "second@example.org"));
  private final Browser browser = new Browser(auth, provider);

  @BeforeEach
  void createAccounts() {
    fixture.account("root", ADMIN);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private User signIn(Vouched vouched) {
    return Fixture.user(auth, browser.signedIn(vouched));
  }

  @Test
  void newcomerGetsTheLowestRoleAndTheNameOfTheIdentity() {
    User ada = signIn(new Vouched("Ada-1", "ada@example.org", true, " Ada\u0000L. ", null, null));

    assertThat(ada.username()).isEqualTo(Username.of(new Identity("stub", "Ada-1")));
    assertThat(ada.role()).isEqualTo(VIEWER);
    assertThat(ada.origin()).isEqualTo(Origin.oauth("stub"));
    assertThat(ada.email()).isEqualTo(new EmailAddress("ada@example.org"));
    assertThat(ada.displayName()).isEqualTo("Ada L.");
    AuditEvent made = fixture.events(auth, AuditType.USER_CREATED).get(0);
    assertThat(made.userId()).isEqualTo(ada.id());
    assertThat(made.details()).isEqualTo(Map.of("by", "oauth:stub", "role", "viewer"));
  }

  @Test
  void sameIdentityIsTheSameAccount() {
    User ada = signIn(vouched("ada"));

    assertThat(signIn(vouched("ada")).id()).isEqualTo(ada.id());
    assertThat(signIn(vouched("bob")).id()).isNotEqualTo(ada.id());
    assertThat(fixture.events(auth, AuditType.USER_CREATED)).hasSize(2);
  }

  @Test
  void loserOfTwoFirstSignInsAtOnceGetsTheWinnersAccount() {
    Browser twin = new Browser(auth, provider);
    List<User> winner = new ArrayList<>();
    fixture.store.beforeNext(
        "UserStore.create", () -> winner.add(twin.signedIn(vouched("ada")).user()));

    User loser = signIn(vouched("ada"));

    assertThat(loser.id()).isEqualTo(winner.get(0).id());
    assertThat(fixture.events(auth, AuditType.USER_CREATED)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"operator,true", "operator,false", "admin,true", "admin,false"})
  void roleThatTheProviderGrantsIsGiven(String role, boolean atEachLogin) {
    assertThat(signIn(granted("ada", role, atEachLogin)).role()).isEqualTo(new Role(role));
  }

  @Test
  void grantOfNoRoleIsTheLowest() {
    assertThat(signIn(granted("ada", null, true)).role()).isEqualTo(VIEWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"boss@example.org", "BOSS@EXAMPLE.ORG", "Second@Example.org"})
  void namedAdministratorIsOneWhateverTheCaseAndTheGrant(String email) {
    Vouched vouched =
        new Vouched("boss", email, true, null, new GrantedRole("operator", true), null);

    assertThat(signIn(vouched).role()).isEqualTo(ADMIN);
  }

  @Test
  void addressThatIsNotVerifiedCountsForNothing() {
    User user = signIn(new Vouched("eve", "boss@example.org", false, null, null, null));

    assertThat(user.role()).isEqualTo(VIEWER);
    assertThat(user.email()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not an address", "boss@example.org,eve@example.org", "a\u0000@b", ""})
  void whatIsNoAddressIsLeftOut(String email) {
    User user = signIn(verified("eve", email));

    assertThat(user.role()).isEqualTo(VIEWER);
    assertThat(user.email()).isNull();
  }

  @Test
  void addressOfAnotherAccountIsLeftOutAndJoinsNothing() {
    User ada = fixture.account("ada", VIEWER, "ada@example.org", hash(PASSWORD));

    User newcomer = signIn(verified("ada", "ADA@example.org"));

    assertThat(newcomer.id()).isNotEqualTo(ada.id());
    assertThat(newcomer.email()).isNull();
    assertThat(fixture.store.identities().ofUser(ada.id())).isEmpty();
    assertThat(Fixture.signedIn(auth, "ada@example.org").user().id()).isEqualTo(ada.id());
  }

  @Test
  void sameAddressWithAnotherSubjectIsAnotherAccount() {
    User first = signIn(verified("ada", "ada@example.org"));
    User second = signIn(verified("heir", "ada@example.org"));

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.email()).isNull();
    assertThat(signIn(vouched("ada")).email()).isEqualTo(new EmailAddress("ada@example.org"));
  }

  @Test
  void subjectThatDiffersInCaseOnlyIsRefusedAndNotJoined() {
    User ada = signIn(vouched("ada"));

    assertThat(browser.signIn(vouched("Ada"))).isEqualTo(new Arrival.Denied(""));

    AuditEvent denied = fixture.events(auth, AuditType.OAUTH_DENIED).get(0);
    assertThat(denied.details()).isEqualTo(Map.of("slot", "stub", "reason", "name_taken"));
    assertThat(denied.username()).isEqualTo("stub:Ada");
    assertThat(fixture.store.identities().ofUser(ada.id())).hasSize(1);
  }
}
