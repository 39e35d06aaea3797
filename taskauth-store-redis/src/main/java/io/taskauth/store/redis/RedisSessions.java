package io.taskauth.store.redis;

import io.taskauth.password.PasswordHash;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.redis.ProviderIndex.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol;

/** The sessions, in the slots of their users. */
final class RedisSessions implements SessionStore {
  private static final Logger log = LoggerFactory.getLogger(RedisSessions.class);

  private final Redis redis;
  private final Keys keys;
  private final Changes changes;
  private final Accounts accounts;
  private final Endings endings;
  private final ProviderIndex index;
  private final WaitingAdministrators waiting;

  RedisSessions(
      Redis redis,
      Keys keys,
      Changes changes,
      Accounts accounts,
      Endings endings,
      ProviderIndex index) {
    this.redis = redis;
    this.keys = keys;
    this.changes = changes;
    this.accounts = accounts;
    this.endings = endings;
    this.index = index;
    this.waiting = new WaitingAdministrators(redis, keys);
  }

  @Override
  public boolean open(Session session, long credentialEpoch, int atMost) {
    UUID user = session.userId();
    String id = session.id().value();
    endings.note(id, session.expiresAt(), user.toString());
    index.note(session);
    String origin = changes.origin();
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments,
        keys.channel(),
        origin,
        user.toString(),
        id,
        String.valueOf(credentialEpoch),
        String.valueOf(atMost),
        Fields.millis(session.createdAt()),
        Fields.millis(session.expiresAt()));
    arguments.addAll(SessionRow.fields(session));
    Object ended =
        redis.run("open a session", Step.of(Script.OPEN_SESSION, keys.account(user), arguments));
    if (ended == null) {
      endings.forget(id);
      return false;
    }
    changes.made(
        origin,
        Replies.texts(ended).stream()
            .map(other -> new Change.OfSession(user, new SessionId(other)))
            .toList());
    return true;
  }

  @Override
  public Optional<SessionOfUser> find(UUID userId, SessionId id) {
    List<@Nullable Object> both =
        Replies.list(
            redis.run("find a session", Script.FIND_SESSION, keys.account(userId), id.value()));
    if (both.isEmpty()) {
      return Optional.empty();
    }
    Session session = SessionRow.session(userId, id, Replies.fields(both.get(0)));
    return UserRow.of(userId, Replies.fields(both.get(1)))
        .map(row -> new SessionOfUser(session, row.user()));
  }

  @Override
  public List<Session> ofUser(UUID userId, Instant now) {
    return Replies.list(redis.run("list sessions", Script.LIST_SESSIONS, keys.account(userId)))
        .stream()
        .map(Replies::list)
        .map(
            row ->
                SessionRow.session(
                    userId, new SessionId(Replies.text(row.get(0))), Replies.fields(row.get(1))))
        .filter(session -> session.expiresAt().isAfter(now))
        .toList();
  }

  @Override
  public boolean end(UUID userId, SessionId id) {
    String origin = changes.origin();
    Object ended =
        redis.run(
            "end a session",
            Script.END_SESSION,
            keys.account(userId),
            keys.channel(),
            origin,
            userId.toString(),
            id.value());
    if (Replies.number(ended) == 0) {
      return false;
    }
    changes.made(origin, new Change.OfSession(userId, id));
    return true;
  }

  @Override
  public int endAll(UUID userId, @Nullable SessionId except) {
    String origin = changes.origin();
    Object ended =
        redis.run(
            "end sessions",
            Script.END_ALL_SESSIONS,
            keys.account(userId),
            keys.channel(),
            origin,
            userId.toString(),
            except == null ? "" : except.value());
    changes.made(origin, new Change.OfUser(userId));
    return (int) Replies.number(ended);
  }

  @Override
  public int endThrough(ProviderLogout logout) {
    int ended = 0;
    List<Entry> page = index.page(logout, null);
    while (!page.isEmpty()) {
      ended += end(page, logout);
      page = index.page(logout, page.get(page.size() - 1));
    }
    return ended;
  }

  private int end(List<Entry> found, ProviderLogout logout) {
    String origin = changes.origin();
    List<Step> steps = found.stream().map(entry -> endStep(entry, logout, origin)).toList();
    List<@Nullable Object> answers = redis.runAll("end the sessions of a provider", steps);
    List<Change> ended = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (Replies.number(answers.get(i)) == 1) {
        ended.add(new Change.OfSession(found.get(i).owner(), found.get(i).session()));
      }
    }
    changes.made(origin, ended);
    return ended.size();
  }

  private Step endStep(Entry entry, ProviderLogout logout, String origin) {
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments, keys.channel(), origin, entry.owner().toString(), entry.session().value());
    arguments.addAll(SessionRow.through(logout).set());
    return Step.of(Script.END_SESSION_THROUGH, keys.account(entry.owner()), arguments);
  }

  @Override
  public void seen(Collection<Session> sessions) {
    List<Step> steps =
        sessions.stream()
            .map(
                session ->
                    Step.of(
                        Script.NOTE_SESSION,
                        keys.account(session.userId()),
                        session.id().value(),
                        Fields.millis(session.lastSeenAt())))
            .toList();
    List<@Nullable Object> unused = redis.runAll("note when sessions were seen", steps);
  }

  @Override
  public Optional<Integer> changePassword(
      UUID userId, OptionalLong expectedEpoch, PasswordHash next, @Nullable SessionId keep) {
    String origin = changes.origin();
    List<@Nullable Object> answer =
        Replies.list(
            redis.run(
                "change a password",
                Script.CHANGE_PASSWORD,
                keys.account(userId),
                keys.channel(),
                origin,
                userId.toString(),
                expectedEpoch.isPresent() ? String.valueOf(expectedEpoch.getAsLong()) : "",
                next.encoded(),
                keep == null ? "" : keep.value()));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    changes.made(origin, new Change.OfUser(userId));
    if (Replies.number(answer.get(1)) == 1) {
      noteFirstPassword(userId);
    }
    return Optional.of((int) Replies.number(answer.get(0)));
  }

  /** The password is changed, whatever becomes of this. */
  private void noteFirstPassword(UUID userId) {
    try {
      waiting.noLonger(userId);
    } catch (AuthStoreException e) {
      log.debug("a first password is noted when it matters", e);
    }
  }

  @Override
  public long running(Instant now) {
    return endings.count(
        now,
        noted ->
            Step.of(
                Protocol.Command.EXISTS, keys.account(noted.owner()) + ":session:" + noted.id()));
  }

  @Override
  public int sweep(Instant now, int limit) {
    accounts.completeAll();
    int removed =
        endings.sweep(
            now,
            limit,
            (ended, when) ->
                Step.of(
                    Script.SWEEP_SESSION,
                    keys.account(ended.owner()),
                    ended.id(),
                    Fields.millis(when)));
    index.sweep(now);
    return removed;
  }
}
