package io.taskauth.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The file that holds the sign-in. Only its owner can read it, at every moment of its life. */
final class LoginFile {
  private static final int LARGEST = 64 * 1024;
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path file;
  private final Consumer<String> warnings;

  LoginFile(Path directory, Consumer<String> warnings) {
    this.file = directory.resolve("login.json");
    this.warnings = warnings;
  }

  Optional<StoredLogin> read() {
    try {
      tighten();
      if (Files.size(file) > LARGEST) {
        throw broken();
      }
      return Optional.of(parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Failure("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private StoredLogin parse(String text) {
    JsonObject object = Json.parse(text).orElseThrow(this::broken);
    try {
      return new StoredLogin(
          ServerAddress.parse(object.text("server").orElseThrow(this::broken), "server"),
          Token.parse(object.text("token").orElseThrow(this::broken), "token"),
          object.flag("session").orElseThrow(this::broken),
          object.text("account").orElseThrow(this::broken),
          object.text("ca_file").map(Path::of).orElse(null));
    } catch (WrongUsage | Failure | InvalidPathException e) {
      throw broken();
    }
  }

  private Failure broken() {
    return new Failure(file + " is damaged; remove it and run: taskauth login");
  }

  private void tighten() throws IOException {
    if (!POSIX) {
      return;
    }
    refuseOpenDirectory(file.toAbsolutePath().getParent());
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!PosixFilePermissions.fromString("rw-------").containsAll(permissions)) {
      warnings.accept("others could read " + file + "; sign in anew if you do not trust them");
      try {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      } catch (FileSystemException e) {
        warnings.accept("and they still can: " + Reason.of(e));
      }
    }
  }

  /** Whoever can put another file in place of this one chooses where the next password goes. */
  private static void refuseOpenDirectory(@Nullable Path directory) throws IOException {
    if (POSIX && directory != null && Files.isDirectory(directory)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
      if (permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new Failure(
            "others can write to " + directory + "; take that away with: chmod 700 " + directory);
      }
    }
  }

  /** Replaces what was there, wholly or not at all. */
  void write(StoredLogin login) {
    JsonObject object =
        new JsonObject()
            .with("server", login.server().toString())
            .with("token", login.token().reveal())
            .with("session", login.session())
            .with("account", login.account());
    if (login.caFile() != null) {
      object.with("ca_file", login.caFile().toString());
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new Failure("cannot write " + file);
    }
    try {
      makeDirectory(directory);
      refuseOpenDirectory(directory);
      Path fresh = directory.resolve(".login-" + UUID.randomUUID() + ".tmp");
      try {
        writeFresh(fresh, Json.compact(object) + "\n");
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new Failure("cannot write " + file + ": " + Reason.of(e), e);
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (directory.getParent() != null) {
      Files.createDirectories(directory.getParent());
    }
    try {
      Files.createDirectory(directory, onlyOwner("rwx------"));
    } catch (FileAlreadyExistsException e) {
      // Another start of this program was quicker.
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  private static void writeFresh(Path fresh, String text) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(fresh, options, onlyOwner("rw-------"))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] onlyOwner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Whether there was one. */
  boolean delete() {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Failure("cannot remove " + file + ": " + Reason.of(e), e);
    }
  }
}
