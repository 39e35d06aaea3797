package io.taskauth.store.redis;

import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/**
 * Changes of accounts, which concern two slots: that of all accounts decides, and the account's own
 * carries out. A process may die in between, so the decision is an intent that anybody completes.
 */
final class Accounts {
  /** How often somebody else may be faster before the caller is told to try again. */
  private static final int MAX_ATTEMPTS = 200;

  /** Begins the answer to a decision about a row that is no longer, or not yet, as it was read. */
  private static final String STALE = "STALE ";

  private final Redis redis;
  private final Keys keys;
  private final Changes changes;
  private final TokenList tokenList;

  Accounts(Redis redis, Keys keys, Changes changes, TokenList tokenList) {
    this.redis = redis;
    this.keys = keys;
    this.changes = changes;
    this.tokenList = tokenList;
  }

  /** The account as it is, with what was decided about it carried out if it seems to be missing. */
  Optional<UserRow> find(UUID id) {
    Optional<UserRow> row = read(id);
    return row.isPresent() || !complete(id) ? row : read(id);
  }

  private Optional<UserRow> read(UUID id) {
    return row(id, redis.run("read an account", Step.of(Protocol.Command.HGETALL, keys.user(id))));
  }

  private static Optional<UserRow> row(UUID id, @Nullable Object reply) {
    return UserRow.of(id, Replies.fields(reply));
  }

  /** The accounts of these ids in their order, one that was deleted meanwhile left out. */
  List<UserRow> findAll(List<UUID> ids) {
    List<Step> steps =
        ids.stream().map(id -> Step.of(Protocol.Command.HGETALL, keys.user(id))).toList();
    List<@Nullable Object> replies = redis.runAll("read accounts", steps);
    List<UserRow> rows = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      UUID id = ids.get(i);
      row(id, replies.get(i)).or(() -> find(id)).ifPresent(rows::add);
    }
    return rows;
  }

  /**
   * What came of a decision.
   *
   * @param answer of the script, or {@code NOT_FOUND}
   * @param before the account that it was decided upon; null where there was none
   */
  record Outcome(String answer, @Nullable UserRow before) {}

  /** Creates an account, or says why not. */
  String create(Decision decision) {
    return decide(decision);
  }

  /** Changes an account as it is read; reads it anew while others are faster. */
  Outcome change(UUID id, Function<UserRow, Decision> decision) {
    long decided = 0;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<UserRow> found = find(id);
      if (found.isEmpty()) {
        return new Outcome("NOT_FOUND", null);
      }
      UserRow before = found.get();
      // What was decided and is not pending was carried out before. A row that still does not have
      // it has lost it in a failover, and goes on from there.
      String answer =
          decide(decision.apply(before.version() < decided ? before.at(decided) : before));
      if (answer.equals("PENDING")) {
        boolean unused = complete(id);
      } else if (answer.startsWith(STALE)) {
        decided = Long.parseLong(answer.substring(STALE.length()));
      } else {
        return new Outcome(answer, before);
      }
    }
    throw new AuthStoreException(
        "Redis could not change an account: others change it all the time; try again", null);
  }

  private String decide(Decision decision) {
    Step step = Step.of(decision.script(), keys.accounts(), decision.arguments());
    String answer = Replies.text(redis.run("decide upon an account", step));
    if (answer.equals("DONE")) {
      complete(decision.intent());
    }
    return answer;
  }

  /** Carries out what was decided about an account and not seen to its end. */
  boolean complete(UUID id) {
    List<String> words =
        Replies.texts(
            redis.run("read an intent", Script.READ_INTENT, keys.accounts(), id.toString()));
    if (words.isEmpty()) {
      return false;
    }
    complete(new Intent(id, words));
    return true;
  }

  /** Carries out whatever processes that died have left. */
  void completeAll() {
    Step step = Step.of(Protocol.Command.HKEYS, keys.accounts() + ":intents");
    for (String id : Replies.texts(redis.run("read intents", step))) {
      boolean unused = complete(UUID.fromString(id));
    }
  }

  private void complete(Intent intent) {
    UUID id = intent.user();
    String origin = changes.origin();
    List<String> arguments = new ArrayList<>();
    Collections.addAll(arguments, keys.channel(), origin, id.toString());
    arguments.addAll(intent.words());
    List<String> tokens =
        Replies.texts(
            redis.run("change an account", Step.of(Script.APPLY, keys.account(id), arguments)));
    if (intent.deletes()) {
      tokenList.forget(tokens);
    } else {
      intent.closes().ifPresent(when -> tokenList.unlist(tokens, when));
    }
    Object unused =
        redis.run(
            "note that an account was changed",
            Script.SETTLE,
            keys.accounts(),
            id.toString(),
            intent.version());
    if (!intent.creates()) {
      changes.made(origin, new Change.OfUser(id));
    }
  }
}
