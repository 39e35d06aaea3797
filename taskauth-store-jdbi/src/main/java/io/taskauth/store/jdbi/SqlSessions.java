package io.taskauth.store.jdbi;

import io.taskauth.password.PasswordHash;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.session.SessionStore;
import io.taskauth.store.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

final class SqlSessions implements SessionStore {
  private final Database database;

  SqlSessions(Database database) {
    this.database = database;
  }

  @Override
  public boolean open(Session session, long credentialEpoch, int atMost) {
    return database.write(
        step -> {
          if (!noteSignIn(step.handle(), session, credentialEpoch)) {
            return false;
          }
          endOldest(step, session.userId(), atMost - 1);
          SessionRows.insert(step.handle(), session);
          return true;
        });
  }

  /** Also what keeps the account as it is until the session is there: it holds the row. */
  private static boolean noteSignIn(Handle handle, Session session, long credentialEpoch) {
    return handle
            .createUpdate(
                "UPDATE taskauth_user SET last_login_at = :now"
                    + ByKey.where("id = :user", "active AND credential_epoch = :epoch"))
            .bind("now", session.createdAt().toEpochMilli())
            .bind("user", session.userId())
            .bind("epoch", credentialEpoch)
            .execute()
        == 1;
  }

  private static void endOldest(Transaction step, UUID userId, int keep) {
    List<String> oldest =
        step.handle()
            .createQuery(
                """
                SELECT id FROM taskauth_session WHERE user_id = :user
                ORDER BY created_at DESC, id DESC OFFSET :keep
                """)
            .bind("user", userId)
            .bind("keep", keep)
            .mapTo(String.class)
            .list();
    // Mostly there are none, and looking costs half of what deleting nothing does.
    if (!oldest.isEmpty()) {
      EndedRows.sessions(step.handle(), oldest);
      oldest.forEach(id -> step.changed(new Change.OfSession(userId, new SessionId(id))));
    }
  }

  @Override
  public Optional<SessionOfUser> find(UUID userId, SessionId id) {
    return database
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT "
                            + SessionRows.SESSION
                            + ", "
                            + UserRows.USER
                            + " FROM taskauth_session s JOIN taskauth_user u ON u.id = s.user_id"
                            + " WHERE s.id = :id")
                    .bind("id", id.value())
                    .map(
                        (row, context) ->
                            new SessionOfUser(SessionRows.session(row), UserRows.user(row)))
                    .findOne())
        .filter(found -> found.user().id().equals(userId));
  }

  @Override
  public List<Session> ofUser(UUID userId, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + SessionRows.SESSION
                        + " FROM taskauth_session s"
                        + ByKey.where("s.user_id = :user", "s.expires_at > :now")
                        + " ORDER BY s.created_at DESC, s.id DESC")
                .bind("user", userId)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> SessionRows.session(row))
                .list());
  }

  @Override
  public boolean end(UUID userId, SessionId id) {
    return database.write(
        step -> {
          database.lockUser(step.handle(), userId);
          int ended =
              step.handle()
                  .createUpdate(
                      "DELETE FROM taskauth_session" + ByKey.where("id = :id", "user_id = :user"))
                  .bind("id", id.value())
                  .bind("user", userId)
                  .execute();
          if (ended == 0) {
            return false;
          }
          EndedRows.secretsOfSessions(step.handle(), List.of(id.value()));
          step.changed(new Change.OfSession(userId, id));
          return true;
        });
  }

  @Override
  public int endAll(UUID userId, @Nullable SessionId except) {
    return database.write(
        step -> {
          database.lockUser(step.handle(), userId);
          step.changed(new Change.OfUser(userId));
          return EndedRows.sessionsOf(step.handle(), userId, except);
        });
  }

  @Override
  public int endThrough(ProviderLogout logout) {
    return database.write(
        step -> {
          // Always in the same order: two who lock the same accounts must not wait for each other.
          ProviderSessions.find(step.handle(), logout).stream()
              .map(ProviderSessions.Owned::userId)
              .distinct()
              .sorted()
              .forEach(userId -> database.lockUser(step.handle(), userId));
          List<ProviderSessions.Owned> ended = ProviderSessions.end(step.handle(), logout);
          ended.forEach(each -> step.changed(new Change.OfSession(each.userId(), each.id())));
          return ended.size();
        });
  }

  @Override
  public void seen(Collection<Session> sessions) {
    if (sessions.isEmpty()) {
      return;
    }
    // Always in the same order: two nodes that write the same rows must not wait for each other.
    Map<String, Instant> sorted = new TreeMap<>();
    sessions.forEach(session -> sorted.put(session.id().value(), session.lastSeenAt()));
    int unused =
        database.write(
            step -> {
              PreparedBatch updates =
                  step.handle()
                      .prepareBatch(
                          "UPDATE taskauth_session SET last_seen_at = :when"
                              + ByKey.where("id = :id", "last_seen_at < :when"));
              sorted.forEach(
                  (id, when) -> updates.bind("id", id).bind("when", when.toEpochMilli()).add());
              return updates.execute().length;
            });
  }

  @Override
  public Optional<Integer> changePassword(
      UUID userId, OptionalLong expectedEpoch, PasswordHash next, @Nullable SessionId keep) {
    return database.write(
        step -> {
          if (!setPassword(step.handle(), userId, expectedEpoch, next)) {
            return Optional.empty();
          }
          EndedRows.secretsOf(step.handle(), userId);
          step.changed(new Change.OfUser(userId));
          return Optional.of(EndedRows.sessionsOf(step.handle(), userId, keep));
        });
  }

  private static boolean setPassword(
      Handle handle, UUID userId, OptionalLong expectedEpoch, PasswordHash next) {
    String sql =
        "UPDATE taskauth_user"
            + " SET password_hash = :next, credential_epoch = credential_epoch + 1";
    String always = " WHERE id = :user";
    String ifExpected = ByKey.where("id = :user", "credential_epoch = :expected");
    Update update =
        handle
            .createUpdate(sql + (expectedEpoch.isPresent() ? ifExpected : always))
            .bind("next", next.encoded())
            .bind("user", userId);
    expectedEpoch.ifPresent(expected -> update.bind("expected", expected));
    return update.execute() == 1;
  }

  @Override
  public long running(Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT count(*) FROM taskauth_session WHERE expires_at > :now")
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public int sweep(Instant now, int limit) {
    return database.write(
        step -> {
          List<String> removed =
              step.handle()
                  .createQuery(
                      """
                      DELETE FROM taskauth_session WHERE id IN
                        (SELECT id FROM taskauth_session WHERE expires_at <= :now LIMIT :limit)
                      RETURNING id
                      """)
                  .bind("now", now.toEpochMilli())
                  .bind("limit", limit)
                  .mapTo(String.class)
                  .list();
          EndedRows.secretsOfSessions(step.handle(), removed);
          return removed.size();
        });
  }
}
