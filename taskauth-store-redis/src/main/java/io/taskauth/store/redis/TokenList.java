package io.taskauth.store.redis;

import io.taskauth.accesstoken.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.Protocol;

/** Everybody's access tokens: their order, whose they are, and when to look whether they ended. */
final class TokenList {
  private final Redis redis;
  private final String key;

  TokenList(Redis redis, Keys keys) {
    this.redis = redis;
    this.key = keys.tokens();
  }

  record Entry(long number, TokenId token, UUID owner) {}

  /** A token of that owner, past its end or still there. */
  record Due(TokenId token, UUID owner) {}

  /** Puts a token on the list before it is made; the answer is its number. */
  long add(TokenId token, UUID owner, Instant lookAt) {
    return Replies.number(
        redis.run(
            "list an access token",
            Script.LIST_TOKEN,
            key,
            token.value(),
            owner.toString(),
            Fields.millis(lookAt)));
  }

  Optional<UUID> owner(TokenId token) {
    Step step = Step.of(Protocol.Command.HGET, key + ":owners", token.value());
    return Optional.ofNullable(Replies.textOrNull(redis.run("find an access token", step)))
        .map(UUID::fromString);
  }

  /** Those with a number below {@code before}, newest first. */
  List<Entry> page(long before, int limit) {
    String below = before == Long.MAX_VALUE ? "+inf" : "(" + before;
    List<String> flat =
        Replies.texts(
            redis.run("list access tokens", Script.PAGE_TOKENS, key, below, String.valueOf(limit)));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 3) {
      entries.add(
          new Entry(
              Long.parseLong(flat.get(i)),
              new TokenId(flat.get(i + 1)),
              UUID.fromString(flat.get(i + 2))));
    }
    return entries;
  }

  /** Says that a token is about to end, in case nobody gets to say that it did. */
  void look(TokenId token, Instant at) {
    reschedule(token, Fields.millis(at), "LT");
  }

  /**
   * @param at when to look at it again, empty for never
   */
  void reschedule(TokenId token, String at) {
    reschedule(token, at, "");
  }

  private void reschedule(TokenId token, String at, String how) {
    Object unused =
        redis.run(
            "schedule the end of an access token",
            Script.RESCHEDULE_TOKEN,
            key,
            token.value(),
            at,
            how);
  }

  /** Takes off revoked tokens, which stay in the store for a while. */
  void unlist(List<String> tokens, Instant when) {
    if (!tokens.isEmpty()) {
      List<String> arguments = new ArrayList<>(List.of(Fields.millis(when)));
      arguments.addAll(tokens);
      Object unused =
          redis.run("unlist access tokens", Step.of(Script.UNLIST_TOKENS, key, arguments));
    }
  }

  /** Forgets tokens that are gone. */
  void forget(List<String> tokens) {
    if (!tokens.isEmpty()) {
      Object unused = redis.run("forget access tokens", Step.of(Script.FORGET_TOKENS, key, tokens));
    }
  }

  /** What may have ended before that. */
  List<Due> due(Instant before, int limit) {
    List<String> flat =
        Replies.texts(
            redis.run(
                "list ended access tokens",
                Script.LIST_ENDED,
                key,
                "(" + Fields.millis(before),
                String.valueOf(limit)));
    List<Due> due = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      due.add(new Due(new TokenId(flat.get(i)), UUID.fromString(flat.get(i + 1))));
    }
    return due;
  }
}
