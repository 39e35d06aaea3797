package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open DuckDB: the first connection, which makes the others and is the last to be closed. */
final class DuckDbInstance implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DuckDbInstance.class);

  private final DuckDBConnection root;
  private final Runnable release;

  private DuckDbInstance(DuckDBConnection root, Runnable release) {
    this.root = root;
    this.release = release;
  }

  static DuckDbInstance inMemory() {
    try {
      return new DuckDbInstance(connect(""), () -> {});
    } catch (SQLException e) {
      throw new AuthStoreException("DuckDB could not be started", e);
    }
  }

  static DuckDbInstance open(Path path) {
    DatabaseFile file = DatabaseFile.claim(path);
    try {
      DuckDBConnection root = connect(file.path().toString());
      file.restrict();
      return new DuckDbInstance(root, file::release);
    } catch (SQLException e) {
      file.release();
      throw file.explain(e);
    } catch (RuntimeException e) {
      file.release();
      throw e;
    }
  }

  private static DuckDBConnection connect(String path) throws SQLException {
    Properties settings = new Properties();
    // Look-ups of single rows: more threads or memory would only be taken from the host.
    settings.setProperty("threads", "1");
    settings.setProperty("memory_limit", "256MB");
    // Rows are read one by one, from wherever they are: to look for fifty of 100 000 accounts in
    // compressed columns takes four times as long, for half of the space.
    settings.setProperty("force_compression", "uncompressed");
    // This database has no business with other files, the network or code from elsewhere.
    settings.setProperty("enable_external_access", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return DriverManager.getConnection("jdbc:duckdb:" + path, settings)
        .unwrap(DuckDBConnection.class);
  }

  Connection connection() throws SQLException {
    return root.duplicate();
  }

  @Override
  public void close() {
    try (root;
        Statement statement = root.createStatement()) {
      statement.execute("CHECKPOINT");
    } catch (SQLException e) {
      log.warn("DuckDB's last checkpoint failed; opening it again replays its log instead", e);
    } finally {
      release.run();
    }
  }
}
