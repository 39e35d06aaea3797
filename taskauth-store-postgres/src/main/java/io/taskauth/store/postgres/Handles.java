package io.taskauth.store.postgres;

import io.taskauth.store.jdbi.QuietJdbi;
import java.sql.Types;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles over the connections of a pool. */
final class Handles {
  private static final Logger log = LoggerFactory.getLogger(Handles.class);

  private final Jdbi jdbi;

  private Handles(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For statements that name our tables without their schema. */
  static Handles in(Schema schema, DataSource source) {
    Handles handles = plain(source);
    handles.jdbi.getConfig(SqlStatements.class).setTemplateEngine(new SchemaNames(schema));
    return handles;
  }

  /** For statements that are sent as they are. */
  static Handles plain(DataSource source) {
    Jdbi jdbi = QuietJdbi.over(new Lending(source));
    jdbi.getConfig(SqlStatements.class).setSqlLogger(Deadline.BEFORE_EACH_STATEMENT);
    jdbi.registerArgument(new Uuids());
    return new Handles(jdbi);
  }

  /**
   * @param end until when the borrower has to be done
   */
  Borrowed borrow(long end) {
    // Not withHandle, which would keep the handle in a thread-local.
    Handle handle = jdbi.open();
    Deadline.set(handle, end);
    return new Borrowed(handle);
  }

  /** Jdbi's own null for an identifier is a text, which PostgreSQL does not take for one. */
  private static final class Uuids extends AbstractArgumentFactory<UUID> {
    Uuids() {
      super(Types.OTHER);
    }

    @Override
    protected Argument build(UUID value, ConfigRegistry config) {
      return (position, statement, context) -> statement.setObject(position, value);
    }
  }

  /** A handle that leaves no transaction open. */
  record Borrowed(Handle handle) implements AutoCloseable {
    @Override
    public void close() {
      try (handle) {
        if (handle.isInTransaction()) {
          handle.rollback();
        }
      } catch (RuntimeException e) {
        // A broken connection, which its pool will notice; what matters was said already.
        log.debug("a connection could not be given back as it came", e);
      }
    }
  }
}
