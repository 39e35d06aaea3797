package io.taskauth.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes each event as a line of JSON to a file that only its owner can read, in a directory that
 * is made where there is none. A full file becomes {@code <name>.1}, and what was {@code .1} before
 * becomes {@code .2}; beyond {@code .3} they are removed, so that no flood of events fills a disk.
 * Lines are handed to the operating system at once and reach the disk when it pleases.
 */
public final class JsonLinesAuditSink implements AuditSink, AutoCloseable {
  /** How large a file gets, in bytes. */
  public static final long MAX_BYTES = 5_000_000;

  private static final int KEPT = 3;

  private final Path file;
  private final long maxBytes;
  private @Nullable SeekableByteChannel channel;
  private @Nullable Object identity;

  private JsonLinesAuditSink(Path file, long maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
  }

  /**
   * Goes on with the file, or begins it.
   *
   * @throws UncheckedIOException where it cannot be written
   */
  public static JsonLinesAuditSink open(Path file) {
    return open(file, MAX_BYTES);
  }

  static JsonLinesAuditSink open(Path file, long maxBytes) {
    JsonLinesAuditSink sink = new JsonLinesAuditSink(file.toAbsolutePath(), maxBytes);
    try {
      if (Files.isDirectory(sink.file)) {
        throw new IOException(file + " is a directory");
      }
      SeekableByteChannel unused = sink.opened();
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be written: " + e, e);
    }
    return sink;
  }

  @Override
  public void record(AuditEvent event) {
    recordAll(List.of(event));
  }

  @Override
  public synchronized void recordAll(List<AuditEvent> events) {
    try {
      if (!isStillThere()) {
        close();
      }
      for (AuditEvent event : events) {
        write((AuditJson.line(event) + "\n").getBytes(UTF_8));
      }
    } catch (IOException e) {
      // Perhaps half a line is there: opening the file again looks for that.
      close();
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] line) throws IOException {
    SeekableByteChannel out = opened();
    if (out.size() > 0 && out.size() + line.length > maxBytes) {
      turnOver();
      out = opened();
    }
    writeFully(out, line);
  }

  private SeekableByteChannel opened() throws IOException {
    SeekableByteChannel known = channel;
    if (known != null && known.isOpen()) {
      return known;
    }
    Path directory = file.getParent();
    if (directory != null) {
      PrivateFiles.createDirectories(directory);
    }
    boolean endsWithHalfALine = endsWithHalfALine();
    SeekableByteChannel fresh = PrivateFiles.append(file);
    channel = fresh;
    identity = identityOfFile();
    if (endsWithHalfALine) {
      writeFully(fresh, new byte[] {'\n'});
    }
    return fresh;
  }

  /** Somebody may have removed the file or moved it away: writing goes on by name. */
  private boolean isStillThere() {
    try {
      return Objects.equals(identity, identityOfFile());
    } catch (IOException e) {
      return false;
    }
  }

  private @Nullable Object identityOfFile() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  private boolean endsWithHalfALine() throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return false;
    }
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      int unused = in.position(in.size() - 1).read(last);
      return last.get(0) != '\n';
    }
  }

  private static void writeFully(SeekableByteChannel out, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      int unused = out.write(left);
    }
  }

  private void turnOver() throws IOException {
    close();
    for (int number = KEPT - 1; number >= 0; number--) {
      Path from = numbered(number);
      if (Files.exists(from)) {
        Files.move(from, numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path numbered(int number) {
    return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
  }

  @Override
  public synchronized void close() {
    SeekableByteChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
