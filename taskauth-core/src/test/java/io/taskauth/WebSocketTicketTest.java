package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.internal.Hashes;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.Principal.TokenUser;
import io.taskauth.principal.Principal.UserPrincipal;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ticket opens one socket, soon, and only while whoever asked for it is still somebody. */
class WebSocketTicketTest {
  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private User root;
  private User ada;
  private Opened session;

  @BeforeEach
  void signIn() {
    root = fixture.account("root", ADMIN);
    ada = fixture.account("ada", VIEWER);
    session = signedIn(auth, "ada");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static UserPrincipal user(Authentication answer) {
    assertThat(answer).isInstanceOf(Authenticated.class);
    return (UserPrincipal) ((Authenticated) answer).principal();
  }

  private UserPrincipal bySession() {
    return user(Fixture.authenticate(auth, session));
  }

  private String ticket() {
    return ticket(bySession());
  }

  private String ticket(UserPrincipal owner) {
    return auth.webSocketTickets().issue(owner, HERE).reveal();
  }

  private Optional<Principal> take(String ticket) {
    return auth.webSocketTickets().take(ticket, HERE);
  }

  @Test
  void itSaysWhoseItIs() {
    Principal owner = take(ticket()).orElseThrow();
    assertThat(owner).isInstanceOf(SessionUser.class);
    assertThat(((SessionUser) owner).session().id()).isEqualTo(session.session().id());
    assertThat(owner.name()).isEqualTo("ada");
  }

  @Test
  void itIsTakenOnce() {
    String ticket = ticket();
    assertThat(take(ticket)).isPresent();
    assertThat(take(ticket)).isEmpty();
  }

  @Test
  void ofManyWhoTakeItOneGetsIt() throws Exception {
    String ticket = ticket();
    List<Optional<Principal>> answers = Race.of(20, () -> take(ticket));
    assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  void itEndsAfterThirtySeconds() {
    String early = ticket();
    String late = ticket();
    fixture.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(take(early)).isPresent();
    fixture.advance(Duration.ofMillis(1));
    assertThat(take(late)).isEmpty();
  }

  @Test
  void itEndsWithTheSession() {
    String ticket = ticket();
    auth.sessions().end(ada.id(), session.session().id());
    assertThat(take(ticket)).isEmpty();
  }

  @Test
  void itEndsWithTheSessionsTime() {
    fixture.advance(Duration.ofHours(24).minusSeconds(10));
    String ticket = ticket();
    fixture.advance(Duration.ofSeconds(10));
    assertThat(take(ticket)).isEmpty();
  }

  @Test
  void itEndsWithTheAccount() {
    String ticket = ticket();
    auth.userAdministration().orElseThrow().deactivate(root, ada.id(), HERE);
    assertThat(take(ticket)).isEmpty();
  }

  @Test
  void itIsWorthWhatItsOwnerMayDoNow() {
    String ticket = ticket();
    auth.userAdministration()
        .orElseThrow()
        .change(root, ada.id(), UserChange.nothing().role(new Role("operator")), HERE);
    assertThat(take(ticket).orElseThrow().user().orElseThrow().role().name()).isEqualTo("operator");
  }

  @Test
  void oneOfAPersonalTokenIsWorthThatToken() {
    AccessTokens.Outcome.Created token = token(auth, session);
    Principal owner = take(ticket(user(Fixture.authenticate(auth, token)))).orElseThrow();
    assertThat(owner).isInstanceOf(TokenUser.class);
    assertThat(((TokenUser) owner).token().id()).isEqualTo(token.token().id());
  }

  @Test
  void oneOfAPersonalTokenEndsWithIt() {
    AccessTokens.Outcome.Created token = token(auth, session);
    String ticket = ticket(user(Fixture.authenticate(auth, token)));
    auth.accessTokens().orElseThrow().revoke(ada, token.token().id(), HERE);
    assertThat(take(ticket)).isEmpty();
  }

  @Test
  void oneOfAPersonalTokenEndsWithItsTime() {
    Expiry soon = Expiry.at(fixture.now.get().plusSeconds(20));
    String ticket = ticket(user(Fixture.authenticate(auth, token(auth, session, soon))));
    fixture.advance(Duration.ofSeconds(20));
    assertThat(take(ticket)).isEmpty();
  }

  @Test
  void oneOfAPersonalTokenEndsWithTheAccount() {
    String ticket = ticket(user(Fixture.authenticate(auth, token(auth, session))));
    auth.userAdministration().orElseThrow().deactivate(root, ada.id(), HERE);
    assertThat(take(ticket)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ"
      })
  void whatIsNoTicketIsNobodys(String presented) {
    ticket();
    assertThat(take(presented)).isEmpty();
  }

  @Test
  void whatIsNoTicketIsNotLookedFor() {
    fixture.store.calls.clear();
    assertThat(take("x".repeat(100_000))).isEmpty();
    assertThat(fixture.store.calls).isEmpty();
  }

  @Test
  void aTicketForSomethingElseOpensNothing() {
    String text = auth.ids().secret256();
    fixture
        .store
        .secrets()
        .put(
            new OneTimeSecret(
                Hashes.sha256Hex(text),
                "password-reset",
                ada.id(),
                session.session().id().value(),
                "session",
                fixture.now.get().plusSeconds(30)));
    assertThat(take(text)).isEmpty();
  }

  @Test
  void itIsInNoRecordAndNoStore() {
    String ticket = ticket();
    assertThat(take("A".repeat(43))).isEmpty();
    assertThat(take(ticket)).isPresent();
    assertThat(fixture.store.heard).noneMatch(text -> text.contains(ticket));
    List<AuditEvent> events = fixture.events(auth.audit());
    assertThat(events).extracting(AuditEvent::type).contains(AuditType.WS_TICKET_ISSUED);
    assertThat(events).extracting(AuditEvent::type).contains(AuditType.WS_TICKET_REFUSED);
    assertThat(events.toString()).doesNotContain(ticket.substring(0, 8));
    assertThat(auth.webSocketTickets().issue(bySession(), HERE).toString()).isEqualTo("[redacted]");
  }

  @Test
  void withoutAStoreItWorksInThisProcess() throws Exception {
    TaskAuth alone = fixture.build(fixture.settings().user("eve", PASSWORD));
    Opened opened = signedIn(alone, "eve");
    UserPrincipal eve = user(Fixture.authenticate(alone, opened));
    String ticket = alone.webSocketTickets().issue(eve, HERE).reveal();
    assertThat(Race.of(20, () -> alone.webSocketTickets().take(ticket, HERE)))
        .filteredOn(Optional::isPresent)
        .hasSize(1);
    String late = alone.webSocketTickets().issue(eve, HERE).reveal();
    fixture.advance(Duration.ofSeconds(30));
    assertThat(alone.webSocketTickets().take(late, HERE)).isEmpty();
    String dead = alone.webSocketTickets().issue(eve, HERE).reveal();
    alone.sessions().end(eve.account().id(), opened.session().id());
    assertThat(alone.webSocketTickets().take(dead, HERE)).isEmpty();
  }
}
