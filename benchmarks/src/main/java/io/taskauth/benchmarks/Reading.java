package io.taskauth.benchmarks;

import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditFilter.About;
import io.taskauth.audit.AuditType;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.store.AuthStore;
import io.taskauth.user.LoginKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Look-ups, lists and searches. */
final class Reading {
  private static final int PAGE = 50;

  private Reading() {}

  static void measure(Comparison compare) {
    lookUps(compare);
    list(compare, "users", (store, page) -> store.users().newest(page));
    list(compare, "tokens", (store, page) -> store.accessTokens().newest(page));
    list(compare, "events", (store, page) -> store.audit().newest(AuditFilter.NONE, page));
    searches(compare);
  }

  private static void lookUps(Comparison compare) {
    compare.of(
        "find a user by login", s -> check(s.store().users().findByLogin(Rows.login(s.any()))));
    compare.ofPrepared(
        "find a session with its user",
        s -> {
          int any = s.any();
          var user = Rows.user(s, any).id();
          return () -> check(s.store().sessions().find(user, Rows.session(any)));
        });
    compare.of(
        "find a token with its owner",
        s -> check(s.store().accessTokens().find(Rows.token(s.any()))));
    compare.ofPrepared(
        "list a user's tokens",
        s -> {
          var user = Rows.user(s, s.any()).id();
          return () -> s.store().accessTokens().ofUser(user);
        });
  }

  private static void list(
      Comparison compare, String what, BiFunction<AuthStore, PageRequest, Page<?>> list) {
    compare.of("first page of " + what, s -> check(list.apply(s.store(), PageRequest.first(PAGE))));
    compare.of(
        "page of " + what + " from the middle",
        s -> check(list.apply(s.store(), new PageRequest(PAGE, "" + (s.size() / 2 + 15)))));
  }

  private static void searches(Comparison compare) {
    search(compare, "search users, all match", s -> "user");
    search(compare, "search users, one matches", s -> "user" + (s.size() - 1));
    search(compare, "search users, nobody matches", s -> "nobody");
    compare.of(
        "search events, a rare kind",
        s -> s.store().audit().newest(ofKind(AuditType.USER_DELETED), PageRequest.first(PAGE)));
    compare.of(
        "search events, by a name",
        s -> s.store().audit().newest(about(s.any()), PageRequest.first(PAGE)));
  }

  private static void search(
      Comparison compare, String what, Function<FilledStore, String> prefix) {
    compare.of(
        what,
        s -> s.store().users().startingWith(LoginKey.of(prefix.apply(s)), PageRequest.first(PAGE)));
  }

  private static AuditFilter ofKind(AuditType type) {
    return new AuditFilter(type, null);
  }

  private static AuditFilter about(int user) {
    return new AuditFilter(null, new About(null, Set.of(Rows.login(user))));
  }

  private static void check(Optional<?> found) {
    if (found.isEmpty()) {
      throw new AssertionError("nothing was found");
    }
  }

  private static void check(Page<?> page) {
    if (page.items().size() != PAGE) {
      throw new AssertionError("the page has " + page.items().size());
    }
  }
}
