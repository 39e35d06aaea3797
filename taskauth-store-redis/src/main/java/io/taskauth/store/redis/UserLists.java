package io.taskauth.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/** The lists of accounts. */
final class UserLists {
  /** How often one page of a search may go on looking; after that it is a short page. */
  private static final int MAX_ROUNDS = 10;

  /** Names read beyond a page, because some accounts are there twice. */
  private static final int LOOK_AHEAD = 20;

  private final Redis redis;
  private final Keys keys;
  private final Accounts accounts;

  UserLists(Redis redis, Keys keys, Accounts accounts) {
    this.redis = redis;
    this.keys = keys;
    this.accounts = accounts;
  }

  private record Numbered(UUID id, String number) {}

  /** A name or an e-mail address, and whose it is. */
  private record Login(String key, UUID id) {}

  /** An account and what it was found by. */
  private record Found(String key, User user) {}

  Page<User> newest(PageRequest page) {
    long before = page.before();
    Step step =
        Step.of(
            Protocol.Command.ZREVRANGEBYSCORE,
            keys.accounts() + ":order",
            before == Long.MAX_VALUE ? "+inf" : "(" + before,
            "-inf",
            "WITHSCORES",
            "LIMIT",
            "0",
            String.valueOf(page.limit() + 1));
    List<String> flat = Replies.texts(redis.run("list accounts", step));
    List<Numbered> entries = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      entries.add(new Numbered(UUID.fromString(flat.get(i)), flat.get(i + 1)));
    }
    return Pages.of(entries, page.limit(), this::read, Numbered::number);
  }

  private List<User> read(List<Numbered> entries) {
    return accounts.findAll(entries.stream().map(Numbered::id).toList()).stream()
        .map(UserRow::user)
        .toList();
  }

  Page<User> startingWith(LoginKey prefix, PageRequest page) {
    String from = begin(prefix, page.cursor());
    int batch = page.limit() + LOOK_AHEAD;
    List<Found> found = new ArrayList<>();
    for (int round = 1; ; round++) {
      List<Login> logins = logins(prefix, from, batch);
      found.addAll(whatListsThem(logins, prefix));
      if (found.size() > page.limit() || logins.size() < batch) {
        return Pages.of(found, page.limit(), UserLists::users, Found::key);
      }
      String last = logins.get(logins.size() - 1).key();
      if (round == MAX_ROUNDS) {
        return new Page<>(users(found), last);
      }
      from = after(last);
    }
  }

  private static String begin(LoginKey prefix, @Nullable String cursor) {
    byte[] first = prefix.value().getBytes(UTF_8);
    return cursor == null || Arrays.compareUnsigned(cursor.getBytes(UTF_8), first) < 0
        ? "[" + prefix.value()
        : after(cursor);
  }

  /** Behind the zero byte that ends a name in the index. */
  private static String after(String key) {
    return "[" + key + "\u0001";
  }

  private List<Login> logins(LoginKey prefix, String from, int limit) {
    List<String> flat =
        Replies.texts(
            redis.run(
                "search accounts",
                Script.SEARCH_LOGINS,
                keys.accounts(),
                from,
                prefix.value(),
                String.valueOf(limit)));
    List<Login> logins = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      logins.add(new Login(flat.get(i), UUID.fromString(flat.get(i + 1))));
    }
    return logins;
  }

  /** Whoever is found by both name and e-mail is listed by the name. */
  private List<Found> whatListsThem(List<Login> logins, LoginKey prefix) {
    Map<UUID, User> users =
        accounts.findAll(logins.stream().map(Login::id).distinct().toList()).stream()
            .map(UserRow::user)
            .collect(Collectors.toMap(User::id, user -> user));
    List<Found> found = new ArrayList<>();
    for (Login login : logins) {
      User user = users.get(login.id());
      if (user != null && isListedBy(login.key(), user, prefix)) {
        found.add(new Found(login.key(), user));
      }
    }
    return found;
  }

  private static boolean isListedBy(String key, User user, LoginKey prefix) {
    String name = user.username().key().value();
    return name.equals(key) || !name.startsWith(prefix.value());
  }

  private static List<User> users(List<Found> found) {
    return found.stream().map(Found::user).toList();
  }
}
