package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.ELSEWHERE;
import static io.taskauth.Fixture.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Credential;
import io.taskauth.principal.ServicePrincipal;
import io.taskauth.service.ServiceAccounts;
import io.taskauth.service.ServiceAccounts.Outcome;
import io.taskauth.service.ServiceName;
import io.taskauth.user.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tokens of service accounts: one trip to the store, then none, and dead at once. */
class ServiceTokenTest {
  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private final ServiceAccounts services = auth.serviceAccounts().orElseThrow();
  private User root;
  private Outcome.Made made;

  @BeforeEach
  void makeOne() {
    root = fixture.account("root", ADMIN);
    made = make("scraper", Expiry.never());
    fixture.store.calls.clear();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Outcome.Made make(String name, Expiry expiry) {
    Outcome outcome =
        services.create(root, new ServiceName(name), Scopes.of(List.of("metrics")), expiry, HERE);
    assertThat(outcome).isInstanceOf(Outcome.Made.class);
    return (Outcome.Made) outcome;
  }

  private Authentication come(String token) {
    return auth.authenticateService(new Credential.Bearer(token), HERE);
  }

  private boolean isIn(String token) {
    return come(token) instanceof Authenticated;
  }

  private String text() {
    return made.token().reveal();
  }

  @Test
  void itSaysWhichMachineItIs() {
    ServicePrincipal service = (ServicePrincipal) ((Authenticated) come(text())).principal();
    assertThat(service.name()).isEqualTo("service:scraper");
    assertThat(service.service().provider()).isEqualTo(ServiceAccounts.PROVIDER);
    assertThat(service.scopes().has("metrics")).isTrue();
    assertThat(service.scopes().has("drain")).isFalse();
    assertThat(service.has(Fixture.VIEWER, auth.roles())).isFalse();
    assertThat(service.user()).isEmpty();
    assertThat(service.toString()).doesNotContain(text());
  }

  @Test
  void theFirstUseCostsOneCallOfTheStoreAndTheNextNone() {
    assertThat(isIn(text())).isTrue();
    assertThat(fixture.store.calls).containsExactly("ServiceAccountStore.find");
    assertThat(isIn(text())).isTrue();
    assertThat(fixture.store.calls).hasSize(1);
  }

  @Test
  void aForgedOneCostsNoCallOfTheStore() {
    String token = text();
    String forged = token.substring(0, token.length() - 3) + "AAA";
    assertThat(isIn(forged)).isFalse();
    assertThat(isIn("taskauth_svc_")).isFalse();
    assertThat(isIn("taskauth_svc_x.y.z")).isFalse();
    assertThat(fixture.store.calls).isEmpty();
  }

  @Test
  void itIsDeadTheMomentItsAccountIsRemoved() {
    assertThat(isIn(text())).isTrue();
    assertThat(services.delete(root, made.account().id(), HERE)).isTrue();
    assertThat(isIn(text())).isFalse();
    assertThat(services.delete(root, made.account().id(), HERE)).isFalse();
  }

  @Test
  void aReplacedOneIsGoodForTheOverlapAndNoLonger() {
    Outcome.Made next =
        (Outcome.Made) services.rotate(root, made.account().id(), Duration.ofHours(1), HERE);
    fixture.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(isIn(text())).isTrue();
    assertThat(isIn(next.token().reveal())).isTrue();
    fixture.advance(Duration.ofMillis(1));
    // Remembered as good a moment ago.
    assertThat(isIn(text())).isFalse();
    assertThat(isIn(next.token().reveal())).isTrue();
  }

  @Test
  void withoutOverlapAReplacedOneIsDeadAtOnce() {
    assertThat(isIn(text())).isTrue();
    services.rotate(root, made.account().id(), Duration.ZERO, HERE);
    assertThat(isIn(text())).isFalse();
  }

  @Test
  void theSecondReplacementEndsTheFirstToken() {
    Duration day = Duration.ofDays(1);
    Outcome.Made second = (Outcome.Made) services.rotate(root, made.account().id(), day, HERE);
    Outcome.Made third = (Outcome.Made) services.rotate(root, made.account().id(), day, HERE);
    assertThat(isIn(text())).isFalse();
    assertThat(isIn(second.token().reveal())).isTrue();
    assertThat(isIn(third.token().reveal())).isTrue();
  }

  @Test
  void ofTwoReplacementsAtOnceOneIsToldToLookAgain() {
    fixture.store.beforeNext(
        "ServiceAccountStore.rotate",
        () -> services.rotate(root, made.account().id(), Duration.ZERO, HERE));
    assertThat(services.rotate(root, made.account().id(), Duration.ZERO, HERE))
        .isInstanceOf(Outcome.JustRotated.class);
  }

  @Test
  void itEndsWithItsAccount() {
    Outcome.Made soon = make("soon", Expiry.at(fixture.now.get().plus(Duration.ofMinutes(1))));
    assertThat(isIn(soon.token().reveal())).isTrue();
    fixture.advance(Duration.ofMinutes(1));
    assertThat(isIn(soon.token().reveal())).isFalse();
  }

  @Test
  void itOutlivesWhoeverMadeIt() {
    User spare = fixture.account("spare", ADMIN);
    auth.userAdministration().orElseThrow().delete(spare, root.id(), HERE);
    fixture.advance(Duration.ofDays(400));
    assertThat(isIn(text())).isTrue();
    assertThat(services.all().get(0).createdBy()).isEqualTo("root");
  }

  @Test
  void anAccountAtItsEndGetsNoNewToken() {
    Outcome.Made soon = make("soon", Expiry.at(fixture.now.get().plus(Duration.ofMinutes(1))));
    fixture.advance(Duration.ofMinutes(1));
    assertThat(services.rotate(root, soon.account().id(), Duration.ZERO, HERE))
        .isInstanceOf(Outcome.Ended.class);
  }

  @Test
  void whatWeMadeOurselvesIsShownToNobodyElse() {
    List<String> shown = new CopyOnWriteArrayList<>();
    TaskAuth other =
        fixture.build(
            fixture
                .withStore()
                .tokenProvider(
                    token -> {
                      shown.add(token);
                      return Optional.empty();
                    }));
    shown.clear();
    fixture.account("ada", Fixture.VIEWER);
    var session = Fixture.signedIn(other, "ada");
    String personal = Fixture.token(other, session).secret().reveal();
    Map<String, String> environment = new HashMap<>();
    other.internalCredential().giveTo(environment);
    List<String> ours =
        List.of(
            session.token().reveal(),
            personal,
            personal.substring("taskauth_pat_".length()),
            personal.replace("taskauth_pat_", "TASKAUTH_PAT_"),
            text(),
            text().substring("taskauth_svc_".length()),
            environment.get("TASKAUTH_INTERNAL_CREDENTIAL"));
    for (String token : ours) {
      other.authenticateService(new Credential.Bearer(token), HERE);
    }
    assertThat(shown).isEmpty();
    other.authenticateService(new Credential.Bearer("somebody's"), HERE);
    assertThat(shown).containsExactly("somebody's");
  }

  @Test
  void itIsNoTokenOfAUserAndNoUsersIsOne() {
    assertThat(Fixture.authenticate(auth, text())).isInstanceOf(Authentication.Rejected.class);
    fixture.account("ada", Fixture.VIEWER);
    var session = Fixture.signedIn(auth, "ada");
    assertThat(isIn(session.token().reveal())).isFalse();
    assertThat(isIn(Fixture.token(auth, session).secret().reveal())).isFalse();
  }

  @Test
  void theStoreNeverHearsIt() {
    isIn(text());
    assertThat(fixture.store.heard).noneMatch(heard -> heard.contains(text()));
  }

  @Test
  void itsUseIsOnRecordOncePerMinuteAndPlace() {
    for (int i = 0; i < 5; i++) {
      isIn(text());
    }
    auth.authenticateService(new Credential.Bearer(text()), ELSEWHERE);
    fixture.advance(Duration.ofMinutes(1));
    isIn(text());
    List<AuditEvent> events = fixture.events(auth, AuditType.TOKEN_AUTH_SUCCESS);
    assertThat(events).hasSize(3);
    assertThat(events.get(0).username()).isEqualTo("service:scraper");
    assertThat(events.get(0).details()).containsEntry("provider", ServiceAccounts.PROVIDER);
  }

  @Test
  void itsLastUseIsWrittenDownBehindTheRequest() {
    isIn(text());
    assertThat(fixture.store.services().all().get(0).lastUse()).isNull();
    services.flush();
    assertThat(fixture.store.services().all().get(0).lastUse())
        .isEqualTo(new TokenUse(fixture.now.get(), HERE.ip()));
    assertThat(services.all().get(0).lastUse()).isNotNull();
  }

  @Test
  void anOverlapThatMakesNoSenseIsRefused() {
    for (Duration overlap : List.of(Duration.ofSeconds(-1), Duration.ofDays(31))) {
      assertThatThrownBy(() -> services.rotate(root, made.account().id(), overlap, HERE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anAccountWithoutLimitsCannotBeMade() {
    assertThatThrownBy(
            () ->
                services.create(
                    root, new ServiceName("all"), Scopes.unlimited(), Expiry.never(), HERE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
