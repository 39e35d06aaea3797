package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.Fixture.token;
import static io.taskauth.live.EndReason.CREDENTIAL_ENDED;
import static io.taskauth.live.EndReason.GOING_AWAY;
import static io.taskauth.live.EndReason.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.live.LiveRegistry.Registration;
import io.taskauth.password.Password;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.service.ServiceAccounts.Outcome;
import io.taskauth.service.ServiceName;
import io.taskauth.service.TokenPrincipal;
import io.taskauth.service.TokenProvider;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.Change;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams and sockets end with the session, token or account that opened them. */
class LiveConnectionsTest {
  private final Fixture fixture = new Fixture();
  private final AtomicReference<Object> foreign = new AtomicReference<>(Set.of("watch"));
  private final AtomicBoolean slow = new AtomicBoolean();
  private final TaskAuth auth = fixture.build(fixture.withStore().tokenProvider(elsewhere()));
  private final Ended stream = new Ended();
  private User root;
  private User ada;
  private Opened session;

  /** Another system, which knows one token for as long as it says so. */
  private TokenProvider elsewhere() {
    return token -> {
      if (foreign.get() instanceof RuntimeException outage) {
        throw outage;
      }
      if (slow.get()) {
        awaitQuietly(new CountDownLatch(1));
      }
      if (token.equals("short")) {
        return Optional.of(
            new TokenPrincipal(
                "robot", "elsewhere", Set.of("watch"), fixture.now.get().plusSeconds(30)));
      }
      return token.equals("theirs") && foreign.get() instanceof Set<?>
          ? Optional.of(new TokenPrincipal("robot", "elsewhere", Set.of("watch")))
          : Optional.empty();
    };
  }

  @BeforeEach
  void signIn() {
    root = fixture.account("root", ADMIN);
    fixture.account("spare", ADMIN);
    ada = fixture.account("ada", VIEWER);
    session = signedIn(auth, "ada");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Principal principal(Authentication answer) {
    assertThat(answer).isInstanceOf(Authenticated.class);
    return ((Authenticated) answer).principal();
  }

  private Principal bySession(Opened opened) {
    return principal(Fixture.authenticate(auth, opened));
  }

  private Principal byService(String token) {
    return principal(auth.authenticateService(new Credential.Bearer(token), HERE));
  }

  private Registration open(Principal by) {
    return auth.live().register(by, stream);
  }

  private void change(User user, UserChange change) {
    auth.userAdministration().orElseThrow().change(root, user.id(), change, HERE);
  }

  @Test
  void itGoesOnWhileNothingHappens() throws Exception {
    open(bySession(session));
    stream.assertGoesOn();
    assertThat(auth.live().count()).isEqualTo(1);
  }

  @Test
  void logoutEndsIt() throws Exception {
    open(bySession(session));
    auth.sessions().end(ada.id(), session.session().id());
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
    assertThat(auth.live().count()).isZero();
  }

  @Test
  void theEndOfAllSessionsEndsIt() throws Exception {
    open(bySession(session));
    auth.sessions().endAll(ada.id(), null);
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void theEndOfAnotherSessionDoesNot() throws Exception {
    Opened other = signedIn(auth, "ada");
    open(bySession(session));
    auth.sessions().end(ada.id(), other.session().id());
    signedIn(auth, "root");
    stream.assertGoesOn();
  }

  @Test
  void aSessionThatEndedBeforeItWasKnownEndsIt() throws Exception {
    Principal found = bySession(session);
    auth.sessions().end(ada.id(), session.session().id());
    open(found);
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void expiryEndsIt() throws Exception {
    open(bySession(session));
    fixture.advance(Duration.ofHours(24));
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void deactivationEndsIt() throws Exception {
    open(bySession(session));
    auth.userAdministration().orElseThrow().deactivate(root, ada.id(), HERE);
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void anotherRoleEndsItWhetherLowerOrHigher() throws Exception {
    open(bySession(session));
    change(ada, UserChange.nothing().role(new Role("operator")));
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void anotherNameDoesNot() throws Exception {
    open(bySession(session));
    change(ada, UserChange.nothing().displayName("Ada L."));
    stream.assertGoesOn();
  }

  @Test
  void aNewPasswordEndsIt() throws Exception {
    Opened other = signedIn(auth, "ada");
    open(bySession(session));
    auth.passwordChange()
        .orElseThrow()
        .change(
            ada,
            other.session().id(),
            Password.of(PASSWORD),
            Password.of("another good passphrase"),
            HERE);
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void aRevokedPersonalTokenEndsItsOwnAndNoOther() throws Exception {
    AccessTokens.Outcome.Created token = token(auth, session);
    AccessTokens.Outcome.Created other = token(auth, session);
    Ended others = new Ended();
    open(principal(Fixture.authenticate(auth, token)));
    auth.live().register(principal(Fixture.authenticate(auth, other)), others);
    auth.accessTokens().orElseThrow().revoke(ada, token.token().id(), HERE);
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
    others.assertGoesOn();
  }

  @Test
  void thePersonalTokensEndEndsIt() throws Exception {
    Expiry soon = Expiry.at(fixture.now.get().plus(Duration.ofHours(1)));
    open(principal(Fixture.authenticate(auth, token(auth, session, soon))));
    fixture.advance(Duration.ofHours(1));
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  private Outcome.Made service() {
    return (Outcome.Made)
        auth.serviceAccounts()
            .orElseThrow()
            .create(
                root,
                new ServiceName("scraper"),
                Scopes.of(List.of("metrics")),
                Expiry.never(),
                HERE);
  }

  @Test
  void aRemovedServiceAccountEndsIt() throws Exception {
    Outcome.Made made = service();
    open(byService(made.token().reveal()));
    auth.serviceAccounts().orElseThrow().delete(root, made.account().id(), HERE);
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void aReplacedServiceTokenEndsItWhenTheOverlapIsOver() throws Exception {
    Outcome.Made made = service();
    open(byService(made.token().reveal()));
    auth.serviceAccounts()
        .orElseThrow()
        .rotate(root, made.account().id(), Duration.ofMinutes(10), HERE);
    stream.assertGoesOn();
    fixture.advance(Duration.ofMinutes(10));
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void aMachineOfAnotherSystemIsAskedAboutEveryMinute() throws Exception {
    open(byService("theirs"));
    stream.assertGoesOn();
    foreign.set("gone");
    fixture.advance(Duration.ofMinutes(1));
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void anOutageOfTheOtherSystemSaysNothingAgainstIt() throws Exception {
    open(byService("theirs"));
    foreign.set(new ProviderUnavailableException("out"));
    fixture.advance(Duration.ofMinutes(1));
    stream.assertGoesOn();
  }

  @Test
  void whereNobodyIsToldOfAChangeItIsAskedAbout() throws Exception {
    open(bySession(session));
    fixture.store.deaf = true;
    fixture.store.feedIsCurrent = false;
    auth.sessions().end(ada.id(), session.session().id());
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void anInterruptedFeedAloneEndsNothing() throws Exception {
    open(bySession(session));
    fixture.store.feedIsCurrent = false;
    stream.assertGoesOn();
    fixture.store.feedIsCurrent = true;
    assertThat(stream.isDone()).isFalse();
  }

  @Test
  void whereNobodyCanSayItIsEnded() throws Exception {
    open(bySession(session));
    stream.assertGoesOn();
    fixture.store.feedIsCurrent = false;
    fixture.store.cutOff("SessionStore.find");
    assertThat(stream.await()).isEqualTo(UNVERIFIED);
  }

  @Test
  void aChangeThatCannotBeLookedAtEndsIt() throws Exception {
    open(bySession(session));
    stream.assertGoesOn();
    fixture.store.cutOff("SessionStore.find");
    fixture.store.tell(new Change.OfUser(ada.id()));
    assertThat(stream.await()).isEqualTo(UNVERIFIED);
  }

  @Test
  void manyThatComeOneAfterTheOtherAreNoDoubtAboutEachOther() throws Exception {
    Principal found = bySession(session);
    List<Ended> streams = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Ended one = new Ended();
      streams.add(one);
      auth.live().register(found, one);
      Thread.sleep(10);
    }
    assertThat(streams).noneMatch(Ended::isDone);
    auth.sessions().end(ada.id(), session.session().id());
    for (Ended one : streams) {
      assertThat(one.await()).isEqualTo(CREDENTIAL_ENDED);
    }
  }

  @Test
  void nothingIsAskedWhileNothingHappens() throws Exception {
    open(bySession(session));
    stream.assertGoesOn();
    fixture.store.calls.clear();
    stream.assertGoesOn();
    assertThat(fixture.store.calls).doesNotContain("SessionStore.find");
  }

  @Test
  void whatHasEndedByItselfIsForgotten() throws Exception {
    Registration known = open(bySession(session));
    known.close();
    known.close();
    assertThat(auth.live().count()).isZero();
    auth.sessions().end(ada.id(), session.session().id());
    stream.assertGoesOn();
  }

  @Test
  void oneThatThrowsKeepsNoOtherFromBeingEnded() throws Exception {
    Principal found = bySession(session);
    for (int i = 0; i < 10; i++) {
      auth.live()
          .register(
              found,
              reason -> {
                throw new IllegalStateException("cannot end");
              });
    }
    open(found);
    auth.sessions().end(ada.id(), session.session().id());
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void onesThatAreSlowToEndKeepNoOtherOpen() throws Exception {
    Principal found = bySession(session);
    CountDownLatch released = new CountDownLatch(1);
    try {
      for (int i = 0; i < 40; i++) {
        auth.live().register(found, reason -> awaitQuietly(released));
      }
      auth.sessions().end(ada.id(), session.session().id());
      Opened other = signedIn(auth, "ada");
      open(bySession(other));
      auth.sessions().end(ada.id(), other.session().id());
      assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
    } finally {
      released.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void itIsEndedOnceHoweverManyEndIt() throws Exception {
    Principal found = bySession(session);
    AtomicInteger ends = new AtomicInteger();
    for (int i = 0; i < 200; i++) {
      auth.live().register(found, reason -> ends.incrementAndGet());
    }
    Race.of(
        List.of(
            () -> auth.sessions().end(ada.id(), session.session().id()),
            () -> {
              auth.live().endAll(GOING_AWAY);
              return true;
            }));
    open(found);
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
    auth.close();
    assertThat(ends).hasValue(200);
  }

  @Test
  void aSystemThatTakesItsTimeEndsNothing() throws Exception {
    open(byService("theirs"));
    slow.set(true);
    fixture.advance(Duration.ofMinutes(1));
    stream.assertGoesOn();
  }

  @Test
  void theEndThatAnotherSystemGaveIsKeptWhileItIsOut() throws Exception {
    open(byService("short"));
    foreign.set(new ProviderUnavailableException("out"));
    fixture.advance(Duration.ofSeconds(30));
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
  }

  @Test
  void closingEndsAllAndWhatComesLater() throws Exception {
    Principal found = bySession(session);
    open(found);
    auth.close();
    assertThat(stream.await()).isEqualTo(GOING_AWAY);
    Ended late = new Ended();
    auth.live().register(found, late);
    assertThat(late.await()).isEqualTo(GOING_AWAY);
  }

  @Test
  void withoutAStoreALogoutEndsItToo() throws Exception {
    TaskAuth alone = fixture.build(fixture.settings().user("eve", PASSWORD));
    Opened opened = signedIn(alone, "eve");
    Opened other = signedIn(alone, "eve");
    Ended others = new Ended();
    alone.live().register(principal(Fixture.authenticate(alone, opened)), stream);
    alone.live().register(principal(Fixture.authenticate(alone, other)), others);
    alone.sessions().end(opened.user().id(), opened.session().id());
    assertThat(stream.await()).isEqualTo(CREDENTIAL_ENDED);
    others.assertGoesOn();
    alone.sessions().endAll(opened.user().id(), null);
    assertThat(others.await()).isEqualTo(CREDENTIAL_ENDED);
  }
}
