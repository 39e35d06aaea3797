package io.taskauth.store.jdbi;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.accesstoken.TokenUse;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.service.ServiceSecret;
import io.taskauth.store.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

final class SqlServices implements ServiceAccountStore {
  private final Database database;

  SqlServices(Database database) {
    this.database = database;
  }

  @Override
  public Creation create(ServiceAccount account, int atMost) {
    return database.write(
        step -> {
          Handle handle = step.handle();
          database.lockServices(handle);
          if (isNameTaken(handle, account)) {
            return Creation.NAME_TAKEN;
          }
          if (count(handle) >= atMost) {
            return Creation.TOO_MANY;
          }
          ServiceRows.insert(handle, account);
          return Creation.CREATED;
        });
  }

  private static boolean isNameTaken(Handle handle, ServiceAccount account) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM taskauth_service_account WHERE name = :name)")
        .bind("name", account.name().value())
        .mapTo(Boolean.class)
        .one();
  }

  private static long count(Handle handle) {
    return handle
        .createQuery("SELECT count(*) FROM taskauth_service_account")
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Optional<ServiceAccount> find(UUID id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + ServiceRows.ACCOUNT
                        + " FROM taskauth_service_account WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> ServiceRows.account(row))
                .findOne());
  }

  @Override
  public List<ServiceAccount> all() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + ServiceRows.ACCOUNT
                        // Not in the order of a language, which a server may be set to.
                        + " FROM taskauth_service_account ORDER BY name COLLATE \"C\"")
                .map((row, context) -> ServiceRows.account(row))
                .list());
  }

  @Override
  public Rotation rotate(UUID id, TokenId current, ServiceSecret next, Instant overlapEnd) {
    return database.write(
        step -> {
          if (replaceToken(step.handle(), id, current, next, overlapEnd)) {
            step.changed(new Change.OfService(id));
            return Rotation.ROTATED;
          }
          return isThere(step.handle(), id) ? Rotation.ANOTHER_TOKEN : Rotation.NOT_FOUND;
        });
  }

  /** One statement about one row, so that of many who replace the same token one does. */
  private static boolean replaceToken(
      Handle handle, UUID id, TokenId current, ServiceSecret next, Instant overlapEnd) {
    return handle
            .createUpdate(
                "UPDATE taskauth_service_account SET previous_id = token_id,"
                    + " previous_hash = token_hash, previous_created_at = token_created_at,"
                    + " previous_until = :until, token_id = :nextId, token_hash = :nextHash,"
                    + " token_created_at = :nextCreatedAt"
                    + ByKey.where("id = :id", "token_id = :current"))
            .bind("id", id)
            .bind("current", current.value())
            .bind("until", overlapEnd.toEpochMilli())
            .bind("nextId", next.id().value())
            .bind("nextHash", next.hash())
            .bind("nextCreatedAt", next.createdAt().toEpochMilli())
            .execute()
        == 1;
  }

  private static boolean isThere(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM taskauth_service_account WHERE id = :id)")
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public boolean delete(UUID id) {
    return database.write(
        step -> {
          int deleted =
              step.handle()
                  .createUpdate("DELETE FROM taskauth_service_account WHERE id = :id")
                  .bind("id", id)
                  .execute();
          if (deleted == 0) {
            return false;
          }
          step.changed(new Change.OfService(id));
          return true;
        });
  }

  @Override
  public void used(Map<UUID, TokenUse> uses) {
    if (uses.isEmpty()) {
      return;
    }
    // Always in the same order: two nodes that write the same rows must not wait for each other.
    Map<UUID, TokenUse> sorted = new TreeMap<>(uses);
    int unused =
        database.write(
            step -> {
              PreparedBatch updates =
                  step.handle()
                      .prepareBatch(
                          "UPDATE taskauth_service_account"
                              + " SET last_used_at = :at, last_used_ip = :ip"
                              + ByKey.where(
                                  "id = :id", "(last_used_at IS NULL OR last_used_at < :at)"));
              sorted.forEach(
                  (id, use) ->
                      updates
                          .bind("id", id)
                          .bind("at", use.at().toEpochMilli())
                          .bind("ip", use.ip())
                          .add());
              return updates.execute().length;
            });
  }
}
