package io.taskauth.benchmarks;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.Creation;
import io.taskauth.accesstoken.AccessTokenStore.Revocation;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.audit.AuditEvent;
import io.taskauth.session.Session;
import io.taskauth.user.NewUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What changes the store: each step is on disk when it is over. */
final class Writing {
  private static final int MANY = 1000;
  private static final int FEW = 60;

  private Writing() {}

  static void measure(Comparison compare) {
    users(compare);
    tokens(compare);
    events(compare);
  }

  private static void users(Comparison compare) {
    compare.ofPrepared(
        "create a user",
        s -> {
          NewUser user = Rows.newUser();
          return () -> s.store().users().create(user);
        });
    compare.ofPrepared(
        "sign a user in",
        s -> {
          Session session = Rows.newSession(Rows.user(s, s.anyActive()));
          return () -> signIn(s, session);
        });
    compare.ofPrepared(
        "sign a user out",
        s -> {
          Session session = Rows.newSession(Rows.user(s, s.anyActive()));
          signIn(s, session);
          return () -> s.store().sessions().end(session.userId(), session.id());
        });
    compare.ofPrepared(
        "note when 100 sessions were last used",
        FEW,
        s -> {
          List<Session> uses =
              IntStream.range(0, 100).mapToObj(i -> Rows.used(s, s.any(), s.later())).toList();
          return () -> s.store().sessions().seen(uses);
        });
    compare.ofPrepared(
        "deactivate a user",
        s -> {
          User user = created(s);
          UserChange close = UserChange.nothing().deactivate(Rows.NOW, null);
          return () -> s.store().users().change(user.id(), close, Rows.ADMIN);
        });
    compare.ofPrepared(
        "delete a user",
        s -> {
          User user = created(s);
          return () -> s.store().users().delete(user.id(), Rows.ADMIN);
        });
  }

  private static void signIn(FilledStore store, Session session) {
    if (!store.store().sessions().open(session, 0, MANY)) {
      throw new AssertionError("not signed in");
    }
  }

  private static User created(FilledStore store) {
    NewUser user = Rows.newUser();
    store.store().users().create(user);
    return user.user();
  }

  private static void tokens(Comparison compare) {
    compare.ofPrepared(
        "revoke a token",
        FEW,
        s -> {
          TokenId token = Rows.token(s.nextOfTheTokensThatAreLive());
          return () -> revoke(s, token);
        });
    compare.ofPrepared(
        "create a token",
        s -> {
          int owner = s.anyActive();
          AccessToken token = Rows.newToken(Rows.user(s, owner));
          return () -> create(s, token, owner);
        });
    compare.ofPrepared(
        "revoke a token just created",
        s -> {
          int owner = s.anyActive();
          AccessToken token = Rows.newToken(Rows.user(s, owner));
          create(s, token, owner);
          return () -> revoke(s, token.id());
        });
  }

  private static void create(FilledStore store, AccessToken token, int owner) {
    Creation made =
        store.store().accessTokens().create(token, "0".repeat(64), Rows.session(owner), MANY);
    if (made != Creation.CREATED) {
      throw new AssertionError(made);
    }
  }

  private static void revoke(FilledStore store, TokenId token) {
    Revocation done = store.store().accessTokens().revoke(token, null, Rows.NOW);
    if (done != Revocation.REVOKED) {
      throw new AssertionError(done);
    }
  }

  private static void events(Comparison compare) {
    compare.ofPrepared("add an event", s -> add(s, 1));
    compare.ofPrepared("add 100 events", FEW, s -> add(s, 100));
    compare.of("trim the events", s -> s.store().audit().trim(s.size()));
  }

  private static Runnable add(FilledStore store, int count) {
    List<AuditEvent> events = Stream.generate(Rows::newEvent).limit(count).toList();
    return () -> store.store().audit().append(events);
  }
}
