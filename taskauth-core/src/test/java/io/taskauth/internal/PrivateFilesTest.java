package io.taskauth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories for their owner's eyes only. */
class PrivateFilesTest {
  @TempDir private Path home;

  @BeforeEach
  void needOwners() {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
  }

  private static String permissions(Path of) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
  }

  private static void append(Path file, String text) throws IOException {
    try (SeekableByteChannel channel = PrivateFiles.append(file)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void linkToAFileIsNotFollowedEvenWhereItLeadsNowhere() throws IOException {
    Path file = home.resolve("file");
    Path nowhere = home.resolve("nowhere");
    Files.createSymbolicLink(file, nowhere);

    assertThatThrownBy(() -> PrivateFiles.append(file)).isInstanceOf(IOException.class);

    assertThat(nowhere).doesNotExist();
  }

  @Test
  void fileIsAddedToAndReadableByItsOwnerAlone() throws IOException {
    Path file = home.resolve("file");
    append(file, "one");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    append(file, "two");

    assertThat(file).hasContent("onetwo");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void madeDirectoriesAreTheirOwnersAloneAndOthersStayAsTheyAre() throws IOException {
    Path there = Files.createDirectory(home.resolve("there"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));

    PrivateFiles.createDirectories(there.resolve("made/too"));
    PrivateFiles.createDirectories(there);

    assertThat(permissions(there)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(there.resolve("made"))).isEqualTo("rwx------");
    assertThat(permissions(there.resolve("made/too"))).isEqualTo("rwx------");
  }

  @Test
  void fileInThePlaceOfADirectoryIsAnError() throws IOException {
    Path file = Files.createFile(home.resolve("file"));

    assertThatThrownBy(() -> PrivateFiles.createDirectories(file)).isInstanceOf(IOException.class);
  }
}
