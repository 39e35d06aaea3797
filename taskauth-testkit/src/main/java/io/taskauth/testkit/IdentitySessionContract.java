package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.AWKWARD;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.secret;
import static io.taskauth.testkit.Samples.session;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.store.Change;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that an identity provider vouched for, and how they end. */
interface IdentitySessionContract extends IdentitySteps {
  private int endThrough(String slot, @Nullable String subject, @Nullable String sid) {
    return store().sessions().endThrough(new ProviderLogout(slot, subject, sid));
  }

  private OneTimeSecret ticketOf(Session session) {
    OneTimeSecret ticket = secret(null, session);
    store().secrets().put(ticket);
    return ticket;
  }

  private boolean isGood(OneTimeSecret ticket) {
    return store().secrets().take(ticket.hash(), ticket.purpose(), NOW).isPresent();
  }

  private void assertKept(Session session) {
    assertThat(store().sessions().find(session.userId(), session.id()))
        .hasValueSatisfying(found -> assertThat(found.session()).isEqualTo(session));
    assertThat(store().sessions().ofUser(session.userId(), NOW)).contains(session);
  }

  @Test
  default void whatASessionWasOpenedThroughIsKept() {
    User ada = create(viewer("ada"));
    Identity odd = new Identity("corp_2-x", "A%b:'" + "~".repeat(250));
    Session byPassword = open(ada, NOW);
    Session withoutSid = openThrough(ada, odd, null);
    Session withSid = openThrough(ada, google("1"), AWKWARD.repeat(4));
    Session seen = withSid.withLastSeenAt(NOW.plusSeconds(60));

    assertKept(byPassword);
    assertKept(withoutSid);
    assertKept(withSid);

    store().sessions().seen(List.of(seen));
    assertKept(seen);
  }

  @Test
  default void whatAnIdentityOpenedEndsWhenItIsTakenOffAndNothingElse() {
    User ada = link(link(create(viewer("ada")), google("1")), google("2"));
    Identity elsewhere = new Identity("corp", "1");
    User eve = link(create(viewer("eve")), elsewhere);
    List<Session> ended =
        List.of(openThrough(ada, google("1"), "s"), openThrough(ada, google("1"), null));
    List<Session> kept =
        List.of(
            open(ada, NOW),
            openThrough(ada, google("2"), "s"),
            openThrough(eve, elsewhere, "s"),
            open(eve, NOW));
    List<OneTimeSecret> lost = ended.stream().map(this::ticketOf).toList();
    List<OneTimeSecret> good = kept.stream().map(this::ticketOf).toList();

    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.UNLINKED);

    assertThat(ended).noneMatch(this::isOpen);
    assertThat(lost).noneMatch(this::isGood);
    kept.forEach(this::assertKept);
    assertThat(good).allMatch(this::isGood);
  }

  @Test
  default void signInUnderWayOpensNothingOnceTheIdentityIsTakenOff() {
    User ada = link(create(viewer("ada")), google("1"));
    Session late = session(ada, NOW).through(new ProviderSession(google("1"), null));
    long epoch = identities().findUser(google("1")).orElseThrow().credentialEpoch();

    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.UNLINKED);

    assertThat(store().sessions().open(late, epoch, 100)).isFalse();
    assertThat(isOpen(late)).isFalse();
    open(ada, NOW);
  }

  @Test
  default void identityThatStaysKeepsItsSessions() {
    User ada = createWith(google("1"), vouchedFor("ada", google("1")));
    User eve = create(viewer("eve"));
    Session session = openThrough(ada, google("1"), "s");

    assertThat(identities().unlink(ada.id(), google("1"))).isEqualTo(Unlinking.ONLY_WAY_IN);
    assertThat(identities().unlink(eve.id(), google("1"))).isEqualTo(Unlinking.NOT_FOUND);

    assertKept(session);
    assertThat(isGood(ticketOf(session))).isTrue();
  }

  @Test
  default void sessionsOfASubjectEnd() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    List<Session> ended =
        List.of(openThrough(ada, google("Ab"), "s1"), openThrough(ada, google("Ab"), null));
    List<Session> kept =
        List.of(
            open(ada, NOW),
            openThrough(ada, google("ab"), "s1"),
            openThrough(ada, new Identity("corp", "Ab"), "s1"),
            openThrough(eve, google("other"), null),
            open(eve, NOW));
    List<OneTimeSecret> lost = ended.stream().map(this::ticketOf).toList();
    List<OneTimeSecret> good = kept.stream().map(this::ticketOf).toList();

    assertThat(endThrough("google", "nobody", null)).isZero();
    assertThat(endThrough("google", "Ab", null)).isEqualTo(2);
    assertThat(endThrough("google", "Ab", null)).isZero();

    assertThat(ended).noneMatch(this::isOpen);
    assertThat(lost).noneMatch(this::isGood);
    kept.forEach(this::assertKept);
    assertThat(good).allMatch(this::isGood);
    assertThat(store().sessions().running(NOW)).isEqualTo(kept.size());
  }

  @Test
  default void sessionsOfOneOfTheProvidersEndWhoseverTheyAre() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    List<Session> ended =
        List.of(
            openThrough(ada, google("1"), AWKWARD),
            openThrough(ada, google("1"), AWKWARD),
            openThrough(eve, google("2"), AWKWARD));
    List<Session> kept =
        List.of(
            open(ada, NOW),
            openThrough(ada, google("1"), AWKWARD.toUpperCase(Locale.ROOT)),
            openThrough(ada, google("1"), null),
            openThrough(ada, new Identity("corp", "1"), AWKWARD));
    List<OneTimeSecret> lost = ended.stream().map(this::ticketOf).toList();

    assertThat(endThrough("google", null, "unknown")).isZero();
    // A subject is no session of the provider's.
    assertThat(endThrough("google", null, "1")).isZero();
    assertThat(endThrough("google", null, AWKWARD)).isEqualTo(3);

    assertThat(ended).noneMatch(this::isOpen);
    assertThat(lost).noneMatch(this::isGood);
    kept.forEach(this::assertKept);
  }

  @Test
  default void whereSubjectAndSessionAreNamedBothCount() {
    User ada = create(viewer("ada"));
    Session both = openThrough(ada, google("1"), "s1");
    List<Session> kept =
        List.of(
            openThrough(ada, google("1"), "s2"),
            openThrough(ada, google("2"), "s1"),
            openThrough(ada, new Identity("corp", "1"), "s1"),
            open(ada, NOW));

    // Nobody knows what the provider calls it: it may be the one that is meant.
    Session nameless = openThrough(ada, google("1"), null);

    assertThat(endThrough("google", "2", "s2")).isZero();
    assertThat(endThrough("google", null, "s3")).isZero();
    assertThat(isOpen(nameless)).isTrue();
    assertThat(endThrough("google", "1", "s1")).isEqualTo(2);

    assertThat(isOpen(both)).isFalse();
    assertThat(isOpen(nameless)).isFalse();
    kept.forEach(this::assertKept);
  }

  @Test
  default void sessionThatHasEndedOtherwiseIsNotEndedByItsProvider() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    User bob = create(viewer("bob"));
    User eve = create(viewer("eve"));
    store().sessions().end(ada.id(), openThrough(ada, google("1"), "s").id());
    openThrough(ada, google("1"), "s");
    store().sessions().endAll(ada.id(), null);
    openThrough(ada, google("1"), "s");
    assertThat(store().sessions().open(session(ada, NOW.plusSeconds(1)), 0, 1)).isTrue();
    openThrough(bob, google("1"), "s");
    store().users().change(bob.id(), UserChange.nothing().deactivate(NOW, null), ADMIN);
    openThrough(eve, google("1"), "s");
    delete(eve);
    store().sessions().sweep(NOW.plus(Duration.ofDays(2)), 100);

    assertThat(endThrough("google", "1", null)).isZero();
    assertThat(endThrough("google", null, "s")).isZero();
  }

  @Test
  default void endsByAProviderAreTold() {
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    Session first = openThrough(ada, google("1"), "s");
    Session second = openThrough(eve, google("2"), "s");
    Session kept = openThrough(ada, google("1"), "t");

    assertThat(told(() -> endThrough("google", null, "unknown")))
        .noneMatch(change -> change instanceof Change.OfSession);
    assertThat(told(() -> endThrough("google", null, "s")))
        .contains(
            new Change.OfSession(ada.id(), first.id()), new Change.OfSession(eve.id(), second.id()))
        .doesNotContain(new Change.OfSession(ada.id(), kept.id()));
  }

  @Test
  default void identityThatWasTakenOffIsToldAndCanBeReadByThen() {
    User ada = link(create(viewer("ada")), google("1"));
    Session session = openThrough(ada, google("1"), null);
    List<Boolean> readable = Collections.synchronizedList(new ArrayList<>());
    Runnable unsubscribe =
        store()
            .changes()
            .subscribe(change -> readable.add(!isOpen(session) && leadsTo(google("1")).isEmpty()));

    assertThat(told(() -> identities().unlink(ada.id(), google("1"))))
        .contains(new Change.OfUser(ada.id()));

    unsubscribe.run();
    assertThat(readable).isNotEmpty().containsOnly(true);
  }

  @Test
  default void identityThatStaysIsNotTold() {
    User ada = createWith(google("1"), vouchedFor("ada", google("1")));

    assertThat(
            told(
                () -> {
                  identities().unlink(ada.id(), google("1"));
                  identities().unlink(ada.id(), google("2"));
                }))
        .doesNotContain(new Change.OfUser(ada.id()));
  }
}
