package io.taskauth.store.jdbi;

import io.taskauth.store.Change;
import io.taskauth.store.SettingStore;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlSettings implements SettingStore {
  private final Database database;

  SqlSettings(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Setting> get(String name) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT version, document FROM taskauth_setting WHERE name = :name")
                .bind("name", name)
                .map(
                    (row, context) ->
                        new Setting(row.getLong("version"), row.getString("document")))
                .findOne());
  }

  @Override
  public Optional<Long> put(String name, String document, long expectedVersion) {
    return database.write(
        step -> {
          boolean written =
              expectedVersion == 0
                  ? insert(step.handle(), name, document)
                  : update(step.handle(), name, document, expectedVersion);
          if (!written) {
            return Optional.empty();
          }
          step.changed(new Change.OfSetting(name));
          return Optional.of(expectedVersion + 1);
        });
  }

  private static boolean insert(Handle handle, String name, String document) {
    return handle
            .createUpdate(
                """
                INSERT INTO taskauth_setting (name, version, document) VALUES (:name, 1, :document)
                ON CONFLICT (name) DO NOTHING
                """)
            .bind("name", name)
            .bind("document", document)
            .execute()
        == 1;
  }

  private static boolean update(Handle handle, String name, String document, long expected) {
    return handle
            .createUpdate(
                """
                UPDATE taskauth_setting SET version = version + 1, document = :document
                WHERE name = :name AND version = :expected
                """)
            .bind("name", name)
            .bind("document", document)
            .bind("expected", expected)
            .execute()
        == 1;
  }
}
