package io.taskauth.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Until when a step has to be over, whatever its statements take one by one: a request that waits
 * for the store must be answered, and a server that has gone silent sends nothing that would end
 * the waiting. Each statement waits for the network as long as is left. For one thread.
 */
@SuppressWarnings("exports") // Public for Jdbi only.
public final class Deadline implements JdbiConfig<Deadline> {
  private @Nullable Connection connection;
  private long end;

  /** Jdbi makes these; it bounds nothing until it is set. */
  public Deadline() {}

  /** What asks for it before each statement. */
  static final SqlLogger BEFORE_EACH_STATEMENT =
      new SqlLogger() {
        @Override
        public void logBeforeExecution(StatementContext context) {
          context.getConfig(Deadline.class).bound();
        }
      };

  /** When the patience is over, in the time of {@link System#nanoTime}. */
  static long in(Duration patience) {
    return System.nanoTime() + patience.toNanos();
  }

  /** The next statements of this handle have to be over by then. */
  static void set(Handle handle, long end) {
    Deadline deadline = handle.getConfig(Deadline.class);
    deadline.connection = handle.getConnection();
    deadline.end = end;
  }

  /**
   * Lets the connection wait for its next answer as long as is left.
   *
   * @throws TimedOutException where nothing is left
   */
  void bound() {
    if (connection == null) {
      return;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    try {
      if (millis <= 0) {
        throw new SQLTimeoutException("no time is left for this step");
      }
      connection.setNetworkTimeout(Runnable::run, (int) Math.min(millis, Integer.MAX_VALUE));
    } catch (SQLException e) {
      throw new TimedOutException(e);
    }
  }

  @Override
  public Deadline createCopy() {
    Deadline copy = new Deadline();
    copy.connection = connection;
    copy.end = end;
    return copy;
  }

  /** Jdbi lets no checked exception through here. */
  static final class TimedOutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TimedOutException(SQLException cause) {
      super(cause);
    }
  }
}
