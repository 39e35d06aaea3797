package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Ids;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A secret key that was made at the first start, so that a restart signs nobody out. Only the owner
 * may read the file.
 */
final class KeyFile {
  private KeyFile() {}

  /** To be called while this process has the database beside it: two would make two keys. */
  static String readOrMake(Path file, Ids ids) {
    try {
      String known = Files.exists(file) ? Files.readString(file).strip() : "";
      if (!known.isEmpty()) {
        return known;
      }
      String made = ids.secret256();
      make(file, made);
      return made;
    } catch (IOException e) {
      throw new ConfigException(
          "TASKAUTH_SECRET_KEY",
          "is not set, and the file '" + file + "' cannot be used instead: " + e.getMessage());
    }
  }

  private static void make(Path file, String secret) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    // An empty one is what a start that was interrupted left behind.
    boolean unused = Files.deleteIfExists(file);
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        posix
            ? FileChannel.open(file, fresh, PosixFilePermissions.asFileAttribute(owner))
            : FileChannel.open(file, fresh)) {
      int ignored = channel.write(UTF_8.encode(secret + "\n"));
      channel.force(true);
    }
  }
}
