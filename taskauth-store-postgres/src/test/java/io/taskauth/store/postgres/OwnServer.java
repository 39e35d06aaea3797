package io.taskauth.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A real PostgreSQL that a test may stop, start and set up as it likes; its data stays. */
final class OwnServer implements AutoCloseable {
  private final Path directory;
  private final int port;
  private EmbeddedPostgres server;

  private OwnServer(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  static OwnServer start(Path directory) throws IOException {
    OwnServer own = new OwnServer(directory, freePort());
    own.start();
    return own;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("fsync", "off")
            .start();
  }

  void stop() throws IOException {
    server.close();
  }

  /** From now on connections of that user need a password. */
  void askForThePasswordOf(String user) throws IOException {
    Path rules = directory.resolve("pg_hba.conf");
    String rule = "host all " + user + " all scram-sha-256\n";
    Files.writeString(rules, rule + Files.readString(rules));
    stop();
    start();
  }

  int port() {
    return port;
  }

  String jdbcUrl(String user) {
    return server.getJdbcUrl(user, "postgres");
  }

  void execute(String... statements) {
    Jdbi.create(jdbcUrl("postgres"))
        .useHandle(handle -> List.of(statements).forEach(handle::execute));
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
