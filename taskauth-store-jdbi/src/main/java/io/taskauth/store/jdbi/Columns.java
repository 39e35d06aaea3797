package io.taskauth.store.jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as columns have them. An instant is a BIGINT of milliseconds since 1970: no time zone of a
 * server or a driver can get it wrong, and it is the same in each dialect.
 */
final class Columns {
  private Columns() {}

  static @Nullable Long millis(@Nullable Instant when) {
    return when == null ? null : when.toEpochMilli();
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? null : uuid(row, column);
  }
}
