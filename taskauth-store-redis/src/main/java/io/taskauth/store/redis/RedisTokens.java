package io.taskauth.store.redis;

import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.session.SessionId;
import io.taskauth.store.Change;
import io.taskauth.store.redis.TokenList.Due;
import io.taskauth.store.redis.TokenList.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The personal access tokens, in the slots of their owners. */
final class RedisTokens implements AccessTokenStore {
  /** How often one page may go on looking; after that it is a short page. */
  private static final int MAX_ROUNDS = 10;

  private final Redis redis;
  private final Keys keys;
  private final Changes changes;
  private final TokenList list;

  RedisTokens(Redis redis, Keys keys, Changes changes, TokenList list) {
    this.redis = redis;
    this.keys = keys;
    this.changes = changes;
    this.list = list;
  }

  @Override
  public Creation create(AccessToken token, String hash, SessionId by, int atMost) {
    long number = list.add(token.id(), token.userId(), firstLook(token));
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments,
        token.id().value(),
        by.value(),
        Fields.millis(token.createdAt()),
        String.valueOf(atMost),
        String.valueOf(number));
    arguments.addAll(TokenRow.fields(token, hash));
    Object answer =
        redis.run(
            "make an access token",
            Step.of(Script.CREATE_TOKEN, keys.account(token.userId()), arguments));
    Creation creation = Creation.valueOf(Replies.text(answer));
    if (creation != Creation.CREATED) {
      list.forget(List.of(token.id().value()));
    }
    return creation;
  }

  /** Early, so that what a crash leaves on the list is found even if the token has no end. */
  private static Instant firstLook(AccessToken token) {
    Instant end = token.expiry().instantOrNull();
    return end != null && end.isBefore(token.createdAt()) ? end : token.createdAt();
  }

  @Override
  public Optional<StoredToken> find(TokenId id) {
    return list.owner(id).flatMap(owner -> find(owner, id));
  }

  @Override
  public Optional<StoredToken> find(UUID owner, TokenId id) {
    return stored(owner, id, redis.run("find an access token", findStep(owner, id)));
  }

  private Step findStep(UUID owner, TokenId id) {
    return Step.of(Script.FIND_TOKEN, keys.account(owner), id.value());
  }

  private static Optional<StoredToken> stored(UUID owner, TokenId id, @Nullable Object reply) {
    List<@Nullable Object> both = Replies.list(reply);
    if (both.isEmpty()) {
      return Optional.empty();
    }
    Fields token = Replies.fields(both.get(0));
    return UserRow.of(owner, Replies.fields(both.get(1)))
        .map(
            row ->
                new StoredToken(
                    TokenRow.token(owner, id, token), token.required("hash"), row.user()));
  }

  @Override
  public List<AccessToken> ofUser(UUID userId) {
    return Replies.list(redis.run("list access tokens", Script.LIST_TOKENS, keys.account(userId)))
        .stream()
        .map(Replies::list)
        .map(
            row ->
                TokenRow.token(
                    userId, new TokenId(Replies.text(row.get(0))), Replies.fields(row.get(1))))
        .toList();
  }

  private record Numbered(StoredToken token, long number) {}

  @Override
  public Page<StoredToken> newest(PageRequest page) {
    long before = page.before();
    int batch = page.limit() + 1;
    List<Numbered> found = new ArrayList<>();
    for (int round = 1; ; round++) {
      List<Entry> entries = list.page(before, batch);
      found.addAll(unrevoked(entries));
      if (found.size() > page.limit() || entries.size() < batch) {
        return Pages.of(
            found, page.limit(), RedisTokens::tokens, last -> String.valueOf(last.number()));
      }
      before = entries.get(entries.size() - 1).number();
      if (round == MAX_ROUNDS) {
        return new Page<>(tokens(found), String.valueOf(before));
      }
    }
  }

  private static List<StoredToken> tokens(List<Numbered> found) {
    return found.stream().map(Numbered::token).toList();
  }

  /** An entry may be there a moment before its token, and a moment after its revocation. */
  private List<Numbered> unrevoked(List<Entry> entries) {
    List<@Nullable Object> replies =
        redis.runAll(
            "list access tokens",
            entries.stream().map(entry -> findStep(entry.owner(), entry.token())).toList());
    List<Numbered> found = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      stored(entry.owner(), entry.token(), replies.get(i))
          .filter(stored -> stored.token().revokedAt() == null)
          .ifPresent(stored -> found.add(new Numbered(stored, entry.number())));
    }
    return found;
  }

  @Override
  public Revocation revoke(TokenId id, @Nullable UUID owner, Instant now) {
    Optional<UUID> known = owner == null ? list.owner(id) : Optional.of(owner);
    return known.map(user -> revokeOf(user, id, now)).orElse(Revocation.NOT_FOUND);
  }

  private Revocation revokeOf(UUID owner, TokenId id, Instant now) {
    list.look(id, now);
    String origin = changes.origin();
    Object answer =
        redis.run(
            "revoke an access token",
            Script.REVOKE_TOKEN,
            keys.account(owner),
            keys.channel(),
            origin,
            owner.toString(),
            id.value(),
            Fields.millis(now));
    Revocation revocation = Revocation.valueOf(Replies.text(answer));
    if (revocation == Revocation.REVOKED) {
      changes.made(origin, new Change.OfToken(owner, id));
    }
    if (revocation != Revocation.NOT_FOUND) {
      // Also where somebody else did, and died before this.
      list.unlist(List.of(id.value()), now);
    }
    return revocation;
  }

  @Override
  public void used(Collection<AccessToken> tokens) {
    List<Step> steps =
        tokens.stream()
            .flatMap(token -> token.lastUse().map(use -> noteStep(token, use)).stream())
            .toList();
    List<@Nullable Object> unused = redis.runAll("note when access tokens were used", steps);
  }

  private Step noteStep(AccessToken token, TokenUse use) {
    List<String> arguments =
        Stream.concat(
                Stream.of(token.id().value(), Fields.millis(use.at())), Stream.ofNullable(use.ip()))
            .toList();
    return Step.of(Script.NOTE_TOKEN, keys.account(token.userId()), arguments);
  }

  @Override
  public int sweep(Instant endedBefore, int limit) {
    int removed = 0;
    while (removed < limit) {
      List<Due> due = list.due(endedBefore, limit - removed);
      if (due.isEmpty()) {
        return removed;
      }
      removed += sweep(due, endedBefore);
    }
    return removed;
  }

  private int sweep(List<Due> due, Instant endedBefore) {
    List<Step> steps =
        due.stream()
            .map(
                each ->
                    Step.of(
                        Script.SWEEP_TOKEN,
                        keys.account(each.owner()),
                        each.token().value(),
                        Fields.millis(endedBefore)))
            .toList();
    List<@Nullable Object> answers = redis.runAll("sweep access tokens", steps);
    List<String> gone = new ArrayList<>();
    int removed = 0;
    for (int i = 0; i < due.size(); i++) {
      TokenId token = due.get(i).token();
      switch (Replies.text(answers.get(i))) {
        case "removed" -> {
          removed++;
          gone.add(token.value());
        }
        case "gone" -> gone.add(token.value());
        default -> list.reschedule(token, Replies.text(answers.get(i)));
      }
    }
    list.forget(gone);
    return removed;
  }
}
