package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.fresh;
import static io.taskauth.testkit.Samples.hashOf;
import static io.taskauth.testkit.Samples.secret;
import static io.taskauth.testkit.Samples.token;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.audit.AuditFilter;
import io.taskauth.page.PageRequest;
import io.taskauth.session.Session;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.ticket.OneTimeSecret;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore.Creation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is asked of a store that is out, it says so, and soon: never yes, no or nothing. */
interface OutageContract extends FaultyWay {
  Duration WINDOW = Duration.ofMinutes(15);

  /** Every kind of call, on rows that are there. */
  private Map<String, Supplier<?>> calls(Session session) {
    User ada = viewer("ada");
    create(ada);
    Session other = open(ada, NOW);
    AccessToken token = createToken(ada);
    OneTimeSecret secret = secret(null, null);
    store().secrets().put(secret);
    AuthStore node = node();
    Map<String, Supplier<?>> calls = new TreeMap<>();
    calls.put("a session", () -> isFound(session));
    calls.put("whether anybody is there", () -> node.users().anyUser());
    calls.put("an account", () -> node.users().find(ada.id()));
    calls.put("an account by its name", () -> node.users().findByLogin(ada.username().key()));
    calls.put("a name that nobody has", () -> node.users().findByLogin(LoginKey.of("nobody")));
    calls.put("a list of accounts", () -> node.users().newest(PageRequest.first(5)));
    calls.put("a list of sessions", () -> node.sessions().ofUser(ada.id(), NOW));
    calls.put("a token", () -> node.accessTokens().find(ada.id(), token.id()));
    calls.put("a list of tokens", () -> node.accessTokens().ofUser(ada.id()));
    calls.put("a service account", () -> node.services().find(ada.id()));
    calls.put("a list of service accounts", () -> node.services().all());
    calls.put("how many sessions there are", () -> node.sessions().running(NOW));
    calls.put("delete a service account", () -> node.services().delete(ada.id()));
    calls.put("a setting", () -> node.settings().get("none"));
    calls.put(
        "a list of events", () -> node.audit().newest(AuditFilter.NONE, PageRequest.first(5)));
    calls.put("sign in", () -> node.sessions().open(Samples.session(ada, NOW), 0, 100));
    calls.put("count an attempt", () -> node.attempts().count(List.of("ada"), WINDOW, NOW));
    calls.put("create an account", () -> node.users().create(fresh(viewer("eve"))));
    calls.put(
        "change an account",
        () -> node.users().change(ada.id(), UserChange.nothing().displayName("Ada"), ADMIN));
    calls.put("end a session", () -> node.sessions().end(ada.id(), other.id()));
    calls.put(
        "make a token",
        () -> {
          AccessToken next = token(ada);
          return node.accessTokens().create(next, hashOf(next), session.id(), 100);
        });
    calls.put("revoke a token", () -> node.accessTokens().revoke(token.id(), null, NOW));
    calls.put("take a secret", () -> node.secrets().take(secret.hash(), secret.purpose(), NOW));
    calls.put("write a setting", () -> node.settings().put("webhooks", "{}", 0));
    return calls;
  }

  /** All at once, because each may take as long as the store is patient. */
  private static Map<String, Reply> replies(Map<String, Supplier<?>> calls) {
    List<String> names = List.copyOf(calls.keySet());
    List<Reply> replies =
        Race.of(names.size(), i -> Reply.to(calls.getOrDefault(names.get(i), () -> "")));
    return IntStream.range(0, names.size())
        .boxed()
        .collect(Collectors.toMap(names::get, replies::get));
  }

  private void assertEveryCallSaysThatTheStoreIsOut(Runnable fault) {
    Session session = open(create(admin("root")), NOW);
    Map<String, Supplier<?>> calls = calls(session);
    // So that there are connections to be disturbed.
    Race.of(4, i -> isFound(session));
    fault.run();

    assertOut(replies(calls));

    way().restore();
    assertWorksAgain(session);
  }

  private static void assertOut(Map<String, Reply> replies) {
    assertThat(replies)
        .allSatisfy(
            (name, reply) -> {
              assertThat(reply.isOutage()).as("%s: %s", name, reply).isTrue();
              assertThat(reply.took()).as(name).isLessThan(PATIENCE);
            });
  }

  @Test
  default void everyCallOfASilentServerSaysThatTheStoreIsOut() {
    assertEveryCallSaysThatTheStoreIsOut(way()::stall);
  }

  @Test
  default void everyCallOfAServerThatCannotBeReachedSaysThatTheStoreIsOut() {
    assertEveryCallSaysThatTheStoreIsOut(way()::cut);
  }

  @Test
  default void everyCallOfAServerThatIsFarTooSlowSaysThatTheStoreIsOut() {
    assertEveryCallSaysThatTheStoreIsOut(() -> way().delay(Duration.ofSeconds(3)));
  }

  @Test
  default void callsUnderWayWhenTheServerFallsSilentSayThatTheStoreIsOut() {
    Session session = open(create(admin("root")), NOW);
    Map<String, Supplier<?>> calls = calls(session);
    // No answer can be here before the server falls silent.
    way().delay(Duration.ofMillis(100));
    CompletableFuture<Void> fault =
        CompletableFuture.runAsync(
            () -> {
              LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
              way().stall();
            });

    assertOut(replies(calls));

    fault.join();
    way().restore();
    assertWorksAgain(session);
  }

  @Test
  default void connectionsThatAreResetAgainAndAgainNeverMakeAnAnswerWrong() {
    Session session = open(create(admin("root")), NOW);
    AtomicBoolean over = new AtomicBoolean();

    List<List<Reply>> replies =
        Race.of(
            4,
            i -> {
              List<Reply> all = new ArrayList<>();
              if (i == 0) {
                resetAgainAndAgain();
                over.set(true);
              }
              for (int n = 0; !over.get(); n++) {
                String name = "u" + i + "-" + n;
                all.add(Reply.to(() -> answersRightly(session, name)));
              }
              return all;
            });

    assertThat(replies)
        .allSatisfy(
            some ->
                assertThat(some)
                    .allSatisfy(
                        reply -> {
                          assertThat(reply.isAnswer() || reply.isOutage()).as("%s", reply).isTrue();
                          assertThat(reply.took()).isLessThan(PATIENCE);
                        }));
    assertWorksAgain(session);
  }

  private void resetAgainAndAgain() {
    for (int i = 0; i < 25; i++) {
      way().reset();
      LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
    }
  }

  /** What is answered at all, the other node sees so too. */
  private boolean answersRightly(Session session, String name) {
    assertThat(isFound(session)).isTrue();
    User user = viewer(name);
    assertThat(node().users().create(fresh(user))).isEqualTo(Creation.CREATED);
    assertThat(other().users().find(user.id())).contains(user);
    assertThat(node().attempts().count(List.of(name), WINDOW, NOW).values())
        .allMatch(attempts -> attempts.count() == 1);
    return true;
  }

  @Test
  default void nodeThatStartsDuringAnOutageSaysSoAndWorksAfterwards() {
    Session session = open(create(admin("root")), NOW);
    way().cut();
    Reply reply = Reply.to(this::started);
    assertThat(reply.isOutage()).as("%s", reply).isTrue();
    assertThat(reply.took()).isLessThan(PATIENCE);
    way().restore();

    try (AuthStore late = started()) {
      assertThat(late.sessions().find(session.userId(), session.id())).isPresent();
      Patience.await("the feed to be current", RECOVERY, late.changes()::isCurrent);
    }
  }

  /** As a host starts one: whether opening or migrating notices is the store's affair. */
  private AuthStore started() {
    AuthStore late = anotherNode();
    try {
      late.migrate();
      return late;
    } catch (AuthStoreException e) {
      late.close();
      throw e;
    }
  }

  @Test
  default void silentServerDoesNotKeepANodeFromClosing() {
    AuthStore late = anotherNode();
    late.migrate();
    way().stall();

    Reply reply =
        Reply.to(
            () -> {
              late.close();
              return late;
            });

    assertThat(reply.isAnswer()).as("%s", reply).isTrue();
    assertThat(reply.took()).isLessThan(PATIENCE);
  }
}
