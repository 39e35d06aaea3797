package io.taskauth.store.duckdb;

import io.taskauth.store.AuthStoreException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of one store: where it is, who may read it, who has it. */
final class DatabaseFile {
  private static final Logger log = LoggerFactory.getLogger(DatabaseFile.class);
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  /** DuckDB keeps other processes out; within one it would quietly share the file. */
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path path;

  private DatabaseFile(Path path) {
    this.path = path;
  }

  /** Creates the directory where there is none, and keeps other stores of this process out. */
  static DatabaseFile claim(Path path) {
    if (path.toString().contains(";")) {
      // The driver would take what follows for settings.
      throw new AuthStoreException("the path of a DuckDB file cannot contain ';': " + path, null);
    }
    DatabaseFile file = new DatabaseFile(locate(path.toAbsolutePath()));
    if (!CLAIMED.add(file.path)) {
      throw file.isTaken("another store of this process", null);
    }
    return file;
  }

  private static Path locate(Path path) {
    Path directory = path.getParent();
    Path name = path.getFileName();
    if (directory == null || name == null) {
      throw new AuthStoreException(path + " is not the path of a file", null);
    }
    try {
      createOwnersDirectory(directory);
      return Files.exists(path) ? path.toRealPath() : directory.toRealPath().resolve(name);
    } catch (IOException e) {
      throw new AuthStoreException("the directory of " + path + " cannot be used", e);
    }
  }

  private static void createOwnersDirectory(Path directory) throws IOException {
    if (!POSIX) {
      Files.createDirectories(directory);
      return;
    }
    var owner = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(owner));
    if (Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE)) {
      log.warn(
          "every user of this machine can look into {}; DuckDB keeps a log there that has password"
              + " hashes in it: chmod it to 700, or name a directory that does not exist yet",
          directory);
    }
  }

  Path path() {
    return path;
  }

  void release() {
    CLAIMED.remove(path);
  }

  /** DuckDB creates files for all to read; its log comes and goes, and the directory guards it. */
  void restrict() {
    if (!POSIX) {
      return;
    }
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      log.warn("{} may be readable by others: its permissions cannot be set", path, e);
    }
  }

  AuthStoreException explain(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Could not set lock on file")) {
      return isTaken("another process", e);
    }
    if (message.contains("not a valid DuckDB database file")) {
      return new AuthStoreException(
          path + " is there but is no DuckDB database; it is left alone: name another file", e);
    }
    return new AuthStoreException("DuckDB cannot open " + path, e);
  }

  private AuthStoreException isTaken(String byWhom, @Nullable Throwable e) {
    return new AuthStoreException(
        path
            + " is in use by "
            + byWhom
            + ", and a DuckDB file can have only one at a time: stop the other one, or use"
            + " PostgreSQL or Redis for several nodes",
        e);
  }
}
