package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Ids;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
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

  static String readOrMake(Path file, Ids ids) {
    try {
      if (!Files.exists(file)) {
        make(file, ids.secret256());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ConfigException(
          "TASKAUTH_SECRET_KEY",
          "is not set, and the file '" + file + "' cannot be used instead: " + e.getMessage());
    }
  }

  private static void makeDirectory(Path directory, boolean posix) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
    Path unused =
        posix
            ? Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(owner))
            : Files.createDirectories(directory);
  }

  private static void make(Path file, String secret) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      makeDirectory(directory, posix);
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        posix
            ? FileChannel.open(file, fresh, PosixFilePermissions.asFileAttribute(owner))
            : FileChannel.open(file, fresh)) {
      int unused = channel.write(UTF_8.encode(secret + "\n"));
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      // Another start was faster; its key is as good.
    }
  }
}
